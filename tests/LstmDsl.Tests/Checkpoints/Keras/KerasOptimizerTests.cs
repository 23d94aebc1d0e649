namespace LstmDsl.Tests;

/// <summary>Every optimizer's state in Keras's files: what is written comes back, and training goes on to the same bits.</summary>
public sealed class KerasOptimizerTests
{
    private static readonly Dictionary<string, Optimizer> Optimizers = new()
    {
        ["sgd"] = new Sgd(),
        ["momentum"] = new Sgd(momentum: 0.9, nesterov: true),
        ["rmsprop"] = new RmsProp(),
        ["rmsprop centered"] = new RmsProp(momentum: 0.5, centered: true) { WeightDecay = 0.01 },
        ["adam"] = new Adam(),
        ["amsgrad"] = new Adam(amsGrad: true) { ClipNorm = 1 },
        ["adamw"] = new AdamW(),
        ["adamax"] = new Adamax(),
        ["nadam"] = new Nadam(),
        ["adagrad"] = new Adagrad(),
        ["adadelta"] = new Adadelta(),
        ["adafactor"] = new Adafactor(),
        ["ftrl"] = new Ftrl(),
        ["lion"] = new Lion(),
        ["lamb"] = new Lamb(),
        ["averaged"] = new Adam { UseEma = true, EmaOverwriteFrequency = 3 },
        ["accumulated"] = new RmsProp { GradientAccumulationSteps = 2 },
        ["scheduled"] = new Nadam { LearningRate = Schedule.CosineDecay(0.01, 100, warmupTarget: 0.02, warmupSteps: 3) },
    };

    /// <summary>Names of the cases.</summary>
    public static TheoryData<string> Cases => [.. Optimizers.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training_goes_on_from_a_file_to_the_same_bits(string name)
    {
        using var folder = new TemporaryFolder();
        var trainer = Trainer(name, seed: 1);
        Fit(trainer, from: 0, to: 2);
        trainer.Save(folder.File("model.keras"));
        Fit(trainer, from: 2, to: 4);

        var resumed = Trainer(name, seed: 2);
        resumed.Load(folder.File("model.keras"));
        Fit(resumed, from: 2, to: 4);
        Assert.Equal(trainer.State.Parameters.Span.ToArray(), resumed.State.Parameters.Span.ToArray());
        Assert.Equal(trainer.Iteration, resumed.Iteration);
    }

    /// <summary>The variables in the order in which Keras's own classes make them (keras/src/optimizers).</summary>
    [Theory]
    [InlineData("sgd", "() ()")]
    [InlineData("rmsprop centered", "() () (3, 4) (4) (4, 5) (5) (3, 4) (4) (4, 5) (5) (3, 4) (4) (4, 5) (5)", "velocity", "momentum", "average_gradient")]
    [InlineData("nadam", "() () (3, 4) (3, 4) (4) (4) (4, 5) (4, 5) (5) (5) ()")]
    [InlineData("adafactor", "() () (3) (4) (3, 4) () () (4) (4) (5) (4, 5) () () (5)")]
    [InlineData("scheduled", "() (3, 4) (3, 4) (4) (4) (4, 5) (4, 5) (5) (5) ()")]
    [InlineData("averaged", "() () (3, 4) (4) (4, 5) (5) (3, 4) (3, 4) (4) (4) (4, 5) (4, 5) (5) (5)", "average")]
    [InlineData("accumulated", "() () (3, 4) (4) (4, 5) (5) (3, 4) (4) (4, 5) (5)", "gradient_accumulator", "velocity")]
    public void Variables_are_in_Keras_s_order(string name, string shapes, params string[] slots)
    {
        using var folder = new TemporaryFolder();
        var trainer = new Trainer<TwoMatricesFile>(TwoMatricesFile.Create(1)) { Optimizer = Optimizers[name], Loss = Loss.MeanSquaredError };
        trainer.Fit(new float[8, 2, 3], Targets(), batchSize: 4, verbose: 0);
        var path = folder.File("model.keras");
        trainer.Save(path);
        var root = Hdf5File.Read(KerasArchive.Read(File.ReadAllBytes(path), path, ["model.weights.h5"])["model.weights.h5"], path).Root;
        var variables = Enumerable.Range(0, root.Find("optimizer/vars")!.Datasets.Count)
            .Select(i => root.Find("optimizer/vars")!.Datasets[$"{i}"].Read()).ToList();
        Assert.Equal(shapes, string.Join(" ", variables.Select(variable => $"({string.Join(", ", variable.Shape)})")));

        // What is made slot after slot has the weights of each in order.
        var checkpoint = trainer.ToCheckpoint();
        var index = variables.FindIndex(variable => variable.Shape.Length > 0);
        foreach (var slot in slots)
        {
            var block = checkpoint.Slots.Block(checkpoint.Slots.Names.ToList().IndexOf(slot)).ToArray();
            foreach (var tensor in trainer.State.Plan.Tensors)
                Assert.Equal(block.AsSpan(tensor.Offset, tensor.Length).ToArray(), (float[])variables[index++].Values);
        }
    }

    [Fact]
    public void The_moments_that_Adafactor_keeps_beside_their_means_are_written()
    {
        // r = (1, 3) and c = (2, 4): v = r / 2 · c.
        var slot = new CompilerServices.TensorSlot("x", CompilerServices.TensorRole.Kernel, 0, 2, 2, new(Init.Zeros));
        Assert.Equal([1, 2, 3, 6], KerasFactors.Moments(slot, [1, 3, 0, 0], [2, 4, 0, 0]));
        Assert.Equal([0, 0, 0, 0], KerasFactors.Moments(slot, new float[4], new float[4]));
    }

    [Fact]
    public void The_best_model_of_a_run_is_written_as_it_trains()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = new ModelCheckpoint(folder.File("best.keras"), monitor: Monitored.Loss, saveBestOnly: true);
        var trainer = new Trainer<JenaLstmFile>(JenaLstmFile.Create(1))
        {
            Loss = Loss.MeanSquaredError,
            Metrics = { Metric.MeanAbsoluteError },
            Callbacks = { checkpoint },
        };
        Fit(trainer, from: 0, to: 3);
        Assert.Equal(folder.File("best.keras"), checkpoint.BestPath);
        var best = JenaLstmFile.Load(folder.File("best.keras"));
        Assert.Equal(trainer.State.Parameters.Span.ToArray(), new Trainer<JenaLstmFile>(best).State.Parameters.Span.ToArray());
    }

    private static Trainer<JenaLstmFile> Trainer(string name, int seed) =>
        new(JenaLstmFile.Create(seed)) { Optimizer = Optimizers[name], Loss = Loss.MeanSquaredError };

    private static void Fit(Trainer<JenaLstmFile> trainer, int from, int to)
    {
        var x = new float[12, 20, 1];
        var y = new float[12, 1];
        for (var sample = 0; sample < 12; sample++)
        {
            for (var time = 0; time < 20; time++)
                x[sample, time, 0] = ((sample * 7) + (time * 3)) % 11 / 11f;
            y[sample, 0] = (sample % 5) - 2;
        }

        trainer.Fit(x, y, batchSize: 5, epochs: to, initialEpoch: from, seed: 3, verbose: 0);
    }

    private static float[,] Targets()
    {
        var y = new float[8, 5];
        for (var i = 0; i < y.Length; i++)
            y[i / 5, i % 5] = i % 3;
        return y;
    }
}
