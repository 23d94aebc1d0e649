namespace LstmDsl.Tests;

/// <summary>Neither a training step nor a prediction allocates once it has run.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    [Fact]
    public void ATrainingStepAllocatesNothing() => Assert.Equal(0, AllocatedInSteps<SmallStack>());

    [Fact]
    public void ATrainingStepWithRegularisersAllocatesNothing() => Assert.Equal(0, AllocatedInSteps<RegularizedStack>());

    [Fact]
    public void ATrainingStepWithWeightsAndCountsAllocatesNothing()
    {
        var (x, y) = RandomSamples.For(SmallStack.Shape, samples: 64);
        float[] weights = [.. Enumerable.Range(1, 64).Select(sample => 0.1f * sample)];
        foreach (var loss in new[] { Loss.CosineSimilarity, Loss.Tversky(), Loss.Of<CauchyLoss>(new() { Width = 1 }) })
        {
            var counter = new CountingCallback();
            var trainer = new SmallStack.Trainer(new(seed: 1), new CpuDevice(threads: 2))
            {
                Loss = loss,
                Metrics = { Metric.R2Score, Metric.Auc() },
                WeightedMetrics = { Metric.RootMeanSquaredError, Metric.F1Score(threshold: 0.5) },
                Callbacks = { counter },
            };
            trainer.Fit(x, y, batchSize: 16, epochs: 40, verbose: 0, sampleWeight: weights);
            Assert.Equal(0, counter.AllocatedInSteps);
        }
    }

    [Fact]
    public void AnUpdateOfWholeTensorsUnderAScheduleAllocatesNothing()
    {
        var schedule = Schedule.CosineDecayRestarts(0.01, firstDecaySteps: 10);
        foreach (var optimizer in new Optimizer[]
        {
            new Lamb(schedule) { GlobalClipNorm = 1, UseEma = true, GradientAccumulationSteps = 2 },
            new Adafactor(schedule) { ClipNorm = 1, WeightDecay = 0.1 },
            new Nadam(schedule) { ClipValue = 1 },
        })
        {
            Assert.Equal(0, AllocatedInSteps<SmallStack>(optimizer));
        }
    }

    [Fact]
    public void ATrainingStepOfADeclaredForecastAllocatesNothing()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var data = Path.Combine(folder, "load.csv");
            ForecastRun.Write(data);
            var counter = new CountingCallback();
            var trainer = new LoadModel.Trainer(new(seed: 1), new CpuDevice(threads: 2)) { Callbacks = { counter } };
            trainer.Fit(LoadModel.Windows(ForecastRun.Read(data).Split(0.7, 0.15), batchSize: 16).Training, epochs: 10, verbose: 0);
            Assert.Equal(0, counter.AllocatedInSteps);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void APredictionAllocatesNothing()
    {
        var model = new SmallStack(seed: 1);
        var windows = new float[100 * SmallStack.Shape.InputLength];
        var destination = new float[100 * SmallStack.Shape.OutputLength];
        Assert.Equal(0, Allocated(() => model.Predict(windows, destination)));

        var window = windows[..SmallStack.Shape.InputLength];
        var output = new float[SmallStack.Shape.OutputLength];
        Assert.Equal(0, Allocated(() => model.Predict(window, output)));
    }

    [Fact]
    public void AForecastIntoADestinationAllocatesNothing()
    {
        var model = new WeatherLstm20(seed: 1);
        var window = new float[20];
        var destination = new float[50];
        Assert.Equal(0, Allocated(() => model.Forecast(window, destination)));
    }

    [Fact]
    public void AForecastOfASequenceModelAllocatesNothing()
    {
        var model = new Rnn40SequenceDense1(seed: 1);
        var window = new float[20];
        var destination = new float[50];
        Assert.Equal(0, Allocated(() => model.Forecast(window, destination)));
    }

    [Fact]
    public void ATrainingStepOfLayersThatGoBackwardsAllocatesNothing() => Assert.Equal(0, AllocatedInSteps<RnnNoBiasBackwards>());

    [Fact]
    public void ATrainingStepOfDroppedAndMaskedAndNormalisedLayersAllocatesNothing()
    {
        Assert.Equal(0, AllocatedInSteps<DroppedModel>());
        Assert.Equal(0, AllocatedInSteps<PaddedSequences>());
        Assert.Equal(0, AllocatedInSteps<NormalizedFeatures>());
        Assert.Equal(0, AllocatedInSteps<ManyShapes>());
    }

    [Fact]
    public void ATrainingStepWithConstraintsAllocatesNothing() => Assert.Equal(0, AllocatedInSteps<ConstrainedStack>());

    [Fact]
    public void ATrainingStepOfModelsWithBranchesAllocatesNothing()
    {
        Assert.Equal(0, AllocatedInSteps<BranchedStack>());
        Assert.Equal(0, AllocatedInSteps<WanderingBranches>());
    }

    [Fact]
    public void APredictionOfAModelWithBranchesAllocatesNothing()
    {
        var predictor = new Predictor<BranchedStack>(new(seed: 1), new CpuDevice(threads: 2));
        var windows = new float[100 * BranchedStack.Shape.InputLength];
        var destination = new float[100 * BranchedStack.Shape.OutputLength];
        Assert.Equal(0, Allocated(() => predictor.Predict(windows, destination)));
    }

    [Fact]
    public void StatefulLayersAllocateNothing()
    {
        var counter = new CountingCallback();
        var (x, y) = RandomSamples.For(StatefulBatch.Shape, samples: 120);
        var trainer = new StatefulBatch.Trainer(new(seed: 1), new CpuDevice(threads: 2)) { Loss = Loss.MeanSquaredError, Callbacks = { counter } };
        trainer.Fit(x, y, batchSize: 40, epochs: 40, shuffle: false, verbose: 0);
        Assert.Equal(0, counter.AllocatedInSteps);

        var windows = x.Values.ToArray();
        var destination = new float[120];
        Assert.Equal(0, Allocated(() => trainer.Model.Predict(windows, destination)));
    }

    private static long AllocatedInSteps<TModel>(Optimizer? optimizer = null) where TModel : class, IRecurrentModel<TModel>
    {
        var counter = new CountingCallback();
        var (x, y) = RandomSamples.For(TModel.Shape, samples: 64);
        var trainer = new Trainer<TModel>(TModel.Create(seed: 1), new CpuDevice(threads: 2))
        {
            Optimizer = optimizer ?? new Adam(),
            Loss = Loss.MeanSquaredError,
            Metrics = { Metric.MeanAbsoluteError },
            Callbacks = { counter },
        };
        trainer.Fit(x, y, batchSize: 16, epochs: 40, verbose: 0);
        return counter.AllocatedInSteps;
    }

    private static long Allocated(Action action)
    {
        // Tiering compiles in the background, which allocates; a few hundred calls and a pause let it finish.
        for (var call = 0; call < 300; call++)
            action();
        Thread.Sleep(200);
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var call = 0; call < 20; call++)
                action();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }

    /// <summary>Reads the allocation counter from batch to batch; the least over the later epochs is what steps need.</summary>
    private sealed class CountingCallback : Callback
    {
        private long before;

        public long AllocatedInSteps { get; private set; } = long.MaxValue;

        public override void OnBatchEnd(TrainingContext context)
        {
            var now = GC.GetTotalAllocatedBytes(precise: true);
            if (context.Epoch > 5 && context.Batch > 0)
                AllocatedInSteps = Math.Min(AllocatedInSteps, now - before);
            before = GC.GetTotalAllocatedBytes(precise: true);
        }
    }
}
