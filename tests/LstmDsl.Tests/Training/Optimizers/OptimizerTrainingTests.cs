namespace LstmDsl.Tests;

/// <summary>Optimizers at work in whole fits: bits, memory, checkpoints, and what is refused.</summary>
public sealed class OptimizerTrainingTests
{
    private static readonly Dictionary<string, Optimizer> Optimizers = new()
    {
        ["amsgrad, per tensor"] = new Adam(0.01, amsGrad: true) { ClipNorm = 0.1 },
        ["lamb"] = new Lamb(0.01),
        ["adafactor"] = new Adafactor(0.01),
        ["all of it"] = new AdamW(Schedule.CosineDecay(0.02, decaySteps: 9))
        {
            GlobalClipNorm = 0.1,
            UseEma = true,
            EmaMomentum = 0.9,
            EmaOverwriteFrequency = 3,
            GradientAccumulationSteps = 2,
        },
        ["centred"] = new RmsProp(0.01, momentum: 0.5, centered: true) { ClipValue = 0.01, WeightDecay = 0.1 },
        ["adagrad"] = new Adagrad(0.1),
        ["ftrl"] = new Ftrl(0.1, learningRatePower: -0.7),
    };

    [Fact]
    public void A_growing_average_spans_the_last_part_of_the_updates_however_many_they_are()
    {
        var (x, y) = RandomSamples.For(SmallStack.Shape, samples: 48);
        var model = new SmallStack(seed: 1);
        var weights = new List<float[]>();
        var trainer = new SmallStack.Trainer(model)
        {
            Optimizer = new Sgd(0.1) { UseEma = true, EmaGrowth = 4 },
            Loss = Loss.MeanSquaredError,
            Callbacks = { new LambdaCallback(onBatchEnd: _ => weights.Add(ModelWeights.Of(model))) },
        };
        trainer.Fit(x, y, batchSize: 16, epochs: 5, verbose: 0);
        Assert.Equal(15, weights.Count);
        var average = weights[0].Select(weight => (double)weight).ToArray();
        for (var update = 2; update <= weights.Count; update++)
        {
            var kept = 1 - (5.0 / (update + 4));
            for (var i = 0; i < average.Length; i++)
                average[i] = (kept * average[i]) + ((1 - kept) * weights[update - 1][i]);
        }

        // Fifteen sums in floats.
        Close.Relative(average, ModelWeights.Of(model), 1e-6, "average");
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(0.1) { EmaGrowth = 0 });
    }

    public static TheoryData<string> Names => [.. Optimizers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheNumberOfThreadsDoesNotChangeTheBits(string name)
    {
        var one = Fit<SmallStack>(name, threads: 1);
        Assert.All(one, weight => Assert.True(float.IsFinite(weight)));
        Assert.Equal(one, Fit<SmallStack>(name, threads: 2));
        // Large enough for several ranges, and for gradients by tiles.
        Assert.Equal(Fit<LargeLstm>(name, threads: 1), Fit<LargeLstm>(name, threads: 3));
    }

    /// <summary>Sums over tensors are in double and in one order, so only what is computed per element differs: a few roundings.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void TheReferenceAgrees(string name)
    {
        var expected = Fit<SmallStack>(name, Device.ReferenceDouble).Select(value => (double)value).ToArray();
        Close.Relative(expected, Fit<SmallStack>(name, Device.Reference), 1e-4, "float");
        Close.Relative(expected, Fit<SmallStack>(name, threads: 2), 1e-4, "CPU");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AResumeGoesOnToTheSameBits(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("{epoch}.safetensors");
        var whole = Trainer<SmallStack>(name, Device.Cpu);
        whole.Callbacks.Add(new ModelCheckpoint(path));
        whole.Fit(Data<SmallStack>().X, Data<SmallStack>().Y, batchSize: 7, epochs: 4, verbose: 0);

        // From within the run: at its end averages take the weights' place.
        var resumed = Trainer<SmallStack>(name, Device.Cpu);
        resumed.Load(folder.File("2.safetensors"));
        resumed.Fit(Data<SmallStack>().X, Data<SmallStack>().Y, batchSize: 7, epochs: 4, initialEpoch: 2, verbose: 0);
        Assert.Equal(ModelWeights.Of(whole.Model), ModelWeights.Of(resumed.Model));
        Assert.Equal(whole.LearningRate, resumed.LearningRate);
    }

    [Fact]
    public void TheEndOfAFitTakesTheAverages()
    {
        var averaged = Trainer<SmallStack>(new Sgd(0.1) { UseEma = true, EmaMomentum = 0.5 }, Device.ReferenceDouble);
        var kept = new List<float[]>();
        averaged.Callbacks.Add(new LambdaCallback(
            onBatchEnd: run => kept.Add(run.CopyWeights()), onTrainEnd: run => kept.Add(run.CopyWeights())));
        averaged.Fit(Data<SmallStack>().X, Data<SmallStack>().Y, batchSize: 15, verbose: 0);
        var (first, second, last) = (kept[0], kept[1], kept[2]);
        // Weights come back as floats.
        Close.Relative([.. first.Zip(second, (a, b) => (0.5 * a) + (0.5 * b))], last, 1e-6, "average");
        Assert.Equal(last, ModelWeights.Of(averaged.Model));
    }

    /// <summary>Where Keras divides 0 by 0.</summary>
    [Fact]
    public void FtrlMakesAWeightWithoutGradientZero()
    {
        var trainer = Trainer<SmallStack>(new Ftrl(0.1, initialAccumulatorValue: 0), Device.Cpu);
        trainer.Fit(new float[4, 12, 2], new float[4, 3], verbose: 0);
        Assert.All(ModelWeights.Of(trainer.Model), weight => Assert.True(float.IsFinite(weight)));
        Assert.All(trainer.State.Read(trainer.State.Plan.Tensors[0]).ToArray(), weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void ASchedulesCheckpointHoldsItsNumbers()
    {
        var optimizer = Optimizers["all of it"];
        Assert.Equal(0.02, optimizer.HyperParameters["learning_rate.initial_learning_rate"]);
        Assert.Equal(2, optimizer.HyperParameters["gradient_accumulation_steps"]);
        Assert.Equal(["momentum", "velocity", "average", "gradient_accumulator"], optimizer.Slots);
        Assert.Equal(0.5, new Sgd(0.5).HyperParameters["learning_rate"]);
    }

    [Fact]
    public void GradientsAreClippedInOneWay()
    {
        var problem = Assert.Throws<ArgumentException>(() => new Adam { ClipNorm = 1, ClipValue = 1 });
        Assert.Contains("in one way at most", problem.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Adam { GlobalClipNorm = 1 } with { ClipNorm = 1 });
        Assert.Equal(2, (new Adam { GlobalClipNorm = 1 } with { GlobalClipNorm = null, ClipNorm = 2 }).ClipNorm);
    }

    [Fact]
    public void NumbersOutsideTheirRangesAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { LearningRate = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { ClipNorm = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { WeightDecay = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { GradientAccumulationSteps = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lion(beta1: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ftrl(learningRatePower: 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adafactor(beta2Decay: 0.8));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.CosineDecayRestarts(0.1, 10, tMul: 0.5));
        Assert.Throws<ArgumentException>(() => Schedule.PiecewiseConstantDecay([5, 5], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => Schedule.PiecewiseConstantDecay([5], [1]));
        Assert.Throws<ArgumentNullException>(() => new Adam { LearningRate = null! });
    }

    [Fact]
    public void SchedulesOfTheSameNumbersAreEqual()
    {
        Assert.Equal(Schedule.PiecewiseConstantDecay([5], [1, 2]), Schedule.PiecewiseConstantDecay([5], [1, 2]));
        Assert.Equal<Schedule>(new Adam(0.5).LearningRate, 0.5);
    }

    /// <summary>The logarithm of a whole power rounds below or above it for some factors; each restart begins at the top.</summary>
    [Theory]
    [InlineData(3, 10)]
    [InlineData(5, 7)]
    [InlineData(10, 2)]
    public void ARestartBeginsAtItsOwnStep(double tMul, int first)
    {
        var schedule = Schedule.CosineDecayRestarts(0.1, first, tMul);
        for (var (start, length) = (0L, (long)first); start < 1_000_000; start += length, length *= (long)tMul)
        {
            Assert.Equal(0.1, schedule.At(start), 1e-12);
            if (start > 0)
                Assert.InRange(schedule.At(start - 1), 0, 0.099);
        }
    }

    private static (Samples X, Samples Y) Data<TModel>() where TModel : class, IRecurrentModel<TModel> =>
        RandomSamples.For(TModel.Shape, samples: 30);

    private static float[] Fit<TModel>(string name, int threads) where TModel : class, IRecurrentModel<TModel> =>
        Fit<TModel>(name, new CpuDevice(threads));

    private static float[] Fit<TModel>(string name, Device device) where TModel : class, IRecurrentModel<TModel>
    {
        var trainer = Trainer<TModel>(name, device);
        var (x, y) = Data<TModel>();
        trainer.Fit(x, y, batchSize: 11, epochs: 3, verbose: 0);
        return ModelWeights.Of(trainer.Model);
    }

    private static Trainer<TModel> Trainer<TModel>(string name, Device device) where TModel : class, IRecurrentModel<TModel> =>
        Trainer<TModel>(Optimizers[name], device);

    private static Trainer<TModel> Trainer<TModel>(Optimizer optimizer, Device device) where TModel : class, IRecurrentModel<TModel> =>
        new(TModel.Create(seed: 4), device) { Optimizer = optimizer, Loss = Loss.MeanSquaredError };
}
