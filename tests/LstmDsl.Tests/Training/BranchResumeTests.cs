namespace LstmDsl.Tests;

/// <summary>Runs of models with several inputs and layers that are not trained go on from each moment's checkpoint with the same bits.</summary>
public sealed class BranchResumeTests
{
    private static readonly (Samples X, Samples Y) Data = RandomSamples.For(WanderingBranches.Shape, samples: 44);

    [Fact]
    public void Every_moment_of_a_run_leads_to_the_same_end()
    {
        using var folder = new TemporaryFolder();
        var saver = new SaveAtEachMoment(folder, ".safetensors");
        var whole = Trainer(saver);
        var expected = Fit(whole);
        Assert.True(saver.Paths.Count > 15, "The run was to have more moments.");
        foreach (var path in saver.Paths)
        {
            var again = Trainer(new SaveAtEachMoment(folder, ".safetensors", isSilent: true));
            again.Resume(path);
            var history = Fit(again);
            Assert.Equal(expected[Monitored.Loss], history[Monitored.Loss]);
            Assert.Equal(expected[Monitored.ValLoss], history[Monitored.ValLoss]);
            Assert.Equal(ModelWeights.Of(whole.Model), ModelWeights.Of(again.Model));
        }
    }

    [Fact]
    public void What_is_not_trained_stays_and_the_rest_moves()
    {
        var trainer = Trainer(new LambdaCallback());
        var before = ModelWeights.Of(trainer.Model);
        Fit(trainer);
        var after = ModelWeights.Of(trainer.Model);
        foreach (var tensor in PlanOf(trainer.Model).Tensors)
        {
            var (then, now) = (before.AsSpan(tensor.Offset, tensor.Length).ToArray(), after.AsSpan(tensor.Offset, tensor.Length).ToArray());
            if (tensor.IsFrozen)
                Assert.Equal(then, now);
            else
                Assert.NotEqual(then, now);
        }
    }

    private static CompilerServices.ModelPlan PlanOf<TModel>(TModel _) where TModel : class, IRecurrentModel<TModel> => TModel.Plan;

    private static Trainer<WanderingBranches> Trainer(Callback callback) => new(WanderingBranches.Create(3))
    {
        Optimizer = new Adam(0.05) { UseEma = true, GradientAccumulationSteps = 3 },
        Loss = Loss.MeanSquaredError,
        Callbacks = { callback },
    };

    private static History Fit(Trainer<WanderingBranches> trainer) =>
        trainer.Fit(Data.X, Data.Y, batchSize: 8, epochs: 4, validationSplit: 0.1, verbose: 0, seed: 11);
}
