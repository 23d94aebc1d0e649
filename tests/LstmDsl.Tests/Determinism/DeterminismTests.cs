namespace LstmDsl.Tests;

[Input(12, 2), Lstm(20, ReturnSequences = true), Lstm(13), Dense(3)]
internal sealed partial class SmallStack;

// Large enough that its weights' gradients are summed by tiles of the result rather than by block.
[Input(6, 16), Lstm(128), Dense(1)]
internal sealed partial class LargeLstm;

[Input(6, 16), SimpleRnn(256, GoBackwards = true), Dense(1)]
internal sealed partial class LargeBackwardsRnn;

/// <summary>Same seed, same bits: whatever the number of threads, and on every run.</summary>
public sealed class DeterminismTests
{
    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void TheNumberOfThreadsDoesNotChangeASmallModel(int width) => Check<SmallStack>(width);

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void TheNumberOfThreadsDoesNotChangeALargeModel(int width) => Check<LargeLstm>(width);

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void TheNumberOfThreadsDoesNotChangeRegularisedModels(int width)
    {
        Check<RegularizedStack>(width);
        Check<LargeRegularized>(width);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void TheNumberOfThreadsDoesNotChangeAConstrainedModel(int width) => Check<ConstrainedStack>(width);

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void TheNumberOfThreadsDoesNotChangeALargeModelThatGoesBackwards(int width) => Check<LargeBackwardsRnn>(width);

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void TheNumberOfThreadsDoesNotChangeModelsWithBranches(int width)
    {
        Check<BranchedStack>(width);
        Check<LargeBranches>(width);
        Check<WanderingBranches>(width);
    }

    [Fact]
    public void TheNumberOfThreadsDoesNotChangeALossOfTheWholeBatchNorWeightsNorCounts()
    {
        Assert.Equal(TrainOnOverlap(threads: 1), TrainOnOverlap(threads: 2));
        Assert.Equal(TrainOnOverlap(threads: 1), TrainOnOverlap(threads: 7));
    }

    [Fact]
    public void TheCutDependsOnTheSamplesAlone()
    {
        Assert.Equal(new BatchCut(2, 5, true), BatchCut.For(PlanOf<SmallStack>(), 10));
        Assert.Equal(new BatchCut(4, 8, true), BatchCut.For(PlanOf<SmallStack>(), 32));
        Assert.Equal(new BatchCut(5, 7, true), BatchCut.For(PlanOf<SmallStack>(), 33));
        Assert.Equal(new BatchCut(1, 3, false), BatchCut.For(PlanOf<LargeLstm>(), 3));
    }

    private static CompilerServices.ModelPlan PlanOf<TModel>() where TModel : class, IRecurrentModel<TModel> => TModel.Plan;

    private static void Check<TModel>(int width) where TModel : class, IRecurrentModel<TModel>
    {
        var one = Train<TModel>(threads: 1, width);
        Assert.Equal(one, Train<TModel>(threads: 1, width));
        Assert.Equal(one, Train<TModel>(threads: 2, width));
        Assert.Equal(one, Train<TModel>(threads: 7, width));
    }

    private static double[] TrainOnOverlap(int threads)
    {
        var (x, targets) = RandomSamples.For(SmallStack.Shape, samples: 45);
        var y = Samples.Of([.. targets.Values.ToArray().Select(value => value > 0 ? 1f : 0)], 45, 3);
        float[] weights = [.. Enumerable.Range(1, 45).Select(sample => 0.1f * sample)];
        var trainer = new SmallStack.Trainer(new(seed: 3), new CpuDevice(threads))
        {
            Optimizer = new Adam(0.01),
            Loss = Loss.Dice,
            Metrics = { Metric.Auc(), Metric.CosineSimilarity },
            WeightedMetrics = { Metric.R2Score, Metric.MeanSquaredError },
        };
        var history = trainer.Fit(x, y, batchSize: 19, epochs: 3, verbose: 0, sampleWeight: weights);
        var weightsAfter = trainer.State.Parameters.Span.ToArray().Select(value => (double)value);
        return [.. weightsAfter, .. history.Names.SelectMany(name => history[name])];
    }

    private static float[] Train<TModel>(int threads, int width) where TModel : class, IRecurrentModel<TModel>
    {
        var (x, y) = RandomSamples.For(TModel.Shape, samples: 45);
        var model = TModel.Create(seed: 3);
        var trainer = new Trainer<TModel>(model, new CpuDevice(threads, width))
        {
            Optimizer = new Adam(0.01),
            Loss = Loss.MeanSquaredError,
            Metrics = { Metric.MeanAbsoluteError },
        };
        // 45 samples in batches of 19 leave a last batch of 7.
        var history = trainer.Fit(x, y, batchSize: 19, epochs: 4, validationSplit: 0.2, verbose: 0);
        var losses = history["loss"].Concat(history["val_loss"]).Concat(history["val_mean_absolute_error"]).Select(loss => (float)loss);
        return [.. model.State.Parameters.Span, .. losses];
    }
}
