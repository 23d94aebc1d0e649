namespace LstmDsl.Tests;

/// <summary>Where NaN and infinities come from, and going back from them.</summary>
public sealed class NonFiniteTests
{
    private const int Samples = 4;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_first_gate_timestep_and_sample_are_found(bool onReference)
    {
        // Only the candidate feels the state, and its activation has no bound: h is about 1, 1e20 and then too large for a float.
        var model = new Exploding(seed: 1);
        model.Lstm.Kernel.CopyFrom([0, 0, 1, 0]);
        model.Lstm.RecurrentKernel.CopyFrom([0, 0, 1e20f, 0]);
        model.Lstm.Bias.CopyFrom([9, 0, 0, 9]);
        var x = new float[Samples, 6, 1];
        x[2, 1, 0] = 1;

        var callback = new TerminateOnNaN();
        var history = Fit(model, callback, x, onReference ? Device.Reference : Device.Cpu);
        var first = Assert.IsType<NonFiniteValue>(callback.First);
        Assert.Equal(("lstm", "gate", "c"), (first.Layer, first.Quantity, first.Gate));
        Assert.Equal((0, 0, 2, 2, 3, 0), (first.Epoch, first.Batch, first.Sample, first.Window, first.Timestep, first.Unit));
        Assert.Equal(double.PositiveInfinity, first.Value);
        var around = first.Around.ToDictionary();
        Assert.Equal(0, around["x[0]"]);
        Assert.InRange(around["h before"], 0.9e20, 1.1e20);
        Assert.Contains("gate of lstm is Infinity in epoch 1, batch 1, sample 2 (window 2), timestep 3, gate c", history.StoppedBy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_without_weights_is_found_by_its_name()
    {
        // The dense layer's activation runs as a kernel of its own, before the layer that is an activation.
        var model = new Growing(seed: 1);
        model.Dense.Kernel.CopyFrom([0]);
        model.Dense.Bias.CopyFrom([1000]);
        var callback = new TerminateOnNaN();
        var trainer = new Growing.Trainer(model) { Optimizer = new Sgd(0.01), Loss = Loss.MeanSquaredError };
        trainer.Callbacks.Add(callback);
        trainer.Fit(Ones(), Targets, batchSize: Samples, epochs: 1, shuffle: false, verbose: 0);
        var first = Assert.IsType<NonFiniteValue>(callback.First);
        Assert.Equal(("growth", "output", double.PositiveInfinity), (first.Layer, first.Quantity, first.Value));
    }

    [Fact]
    public void One_direction_of_a_layer_is_found_by_its_name()
    {
        var model = new BothExploding(seed: 1);
        model.Bidirectional.Backward.Kernel.CopyFrom([0, 0, 0, 0]);
        model.Bidirectional.Backward.RecurrentKernel.CopyFrom([0, 0, 0, 0]);
        model.Bidirectional.Backward.Bias.CopyFrom([float.MaxValue, 9, float.MaxValue, 9]);
        var callback = new TerminateOnNaN();
        var trainer = new BothExploding.Trainer(model) { Optimizer = new Sgd(0.01), Loss = Loss.MeanSquaredError };
        trainer.Callbacks.Add(callback);
        trainer.Fit(Ones(), Targets, batchSize: Samples, epochs: 1, shuffle: false, verbose: 0);
        Assert.Equal(("bidirectional.backward", 1), (callback.First!.Layer, callback.First.Timestep));
    }

    [Fact]
    public void A_weight_that_an_update_spoils_is_found_before_a_loss_is()
    {
        var callback = new TerminateOnNaN();
        var history = Fit(new Exploding(seed: 1), callback, Ones(), Device.Cpu, rate: 1e39);
        Assert.True(double.IsFinite(Assert.Single(history[Monitored.Loss])));
        Assert.StartsWith("weight lstm.kernel[", callback.First!.Quantity, StringComparison.Ordinal);
        Assert.Null(callback.First.Sample);
        Assert.Contains("a weight is not finite after batch 1 of epoch 1", history.StoppedBy, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_spoilt_from_the_start_are_named()
    {
        var model = new Exploding(seed: 1);
        model.Dense.Bias.CopyFrom([float.NaN]);
        var callback = new TerminateOnNaN();
        Fit(model, callback, Ones(), Device.Cpu);
        Assert.Equal(("dense", "weight dense.bias[0, 0]"), (callback.First!.Layer, callback.First.Quantity));
    }

    [Fact]
    public void Without_explanations_the_loss_alone_is_looked_at()
    {
        var callback = new TerminateOnNaN(explain: false);
        var history = Fit(new Exploding(seed: 1), callback, Ones(), Device.Cpu, rate: 1e39);
        Assert.Null(callback.First);
        Assert.Equal("TerminateOnNaN: the loss is NaN after batch 1 of epoch 2", history.StoppedBy);
    }

    [Fact]
    public void Going_back_ends_as_a_run_with_the_lower_rate_from_the_start()
    {
        var model = new Exploding(seed: 1);
        var trainer = Trainer(model, new Adam(1e39), Device.Cpu, new TerminateOnNaN(rollBackFactor: 1e-21));
        var history = trainer.Fit(Ones(), Targets, batchSize: 2, epochs: 3, verbose: 0, seed: 5);
        Assert.Null(history.StoppedBy);
        Assert.NotEmpty(history.Warnings);

        var calm = new Exploding(seed: 1);
        var expected = Trainer(calm, new Adam(trainer.LearningRate), Device.Cpu).Fit(Ones(), Targets, batchSize: 2, epochs: 3, verbose: 0, seed: 5);
        Assert.Equal(expected[Monitored.Loss], history[Monitored.Loss]);
        Assert.Equal(ModelWeights.Of(calm), ModelWeights.Of(model));
    }

    [Fact]
    public void A_run_goes_back_only_so_often()
    {
        var callback = new TerminateOnNaN(rollBackFactor: 0.5, attempts: 2);
        var history = Fit(new Exploding(seed: 1), callback, Ones(), Device.Cpu, rate: 1e39);
        Assert.Equal(2, history.Warnings.Count);
        Assert.StartsWith("TerminateOnNaN: ", history.StoppedBy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_that_diverges_says_so_once_and_names_the_first_batch(bool onReference)
    {
        using var folder = new TemporaryFolder();
        var trainer = Trainer(
            new Exploding(seed: 1), new Sgd(1e20), onReference ? Device.Reference : Device.Cpu, new ModelCheckpoint(folder.File("e{epoch}.safetensors")));
        var history = trainer.Fit(Ones(), Targets, batchSize: 2, epochs: 4, shuffle: false, verbose: 0);
        Assert.False(double.IsFinite(history[Monitored.Loss][^1]));
        var warning = Assert.Single(history.Warnings);
        Assert.Matches("^Training has diverged: the loss is (NaN|Infinity) after batch [12] of 2 in epoch [123], ", warning);
        Assert.Contains("the callback TerminateOnNaN stops such a run", warning, StringComparison.Ordinal);

        // Whoever goes on from a checkpoint of it is told the same, and no second thing.
        var resumed = Trainer(new Exploding(seed: 1), new Sgd(1e20), Device.Cpu, new ModelCheckpoint(folder.File("e{epoch}.safetensors")));
        resumed.Resume(folder.File("e3.safetensors"));
        Assert.Equal([warning], resumed.Fit(Ones(), Targets, batchSize: 2, epochs: 4, shuffle: false, verbose: 0).Warnings.Where(OfDivergence));

        var stopped = Fit(new Exploding(seed: 1), new TerminateOnNaN(), Ones(), Device.Cpu, rate: 1e20);
        Assert.NotNull(stopped.StoppedBy);
        Assert.Empty(stopped.Warnings);

        static bool OfDivergence(string text) => text.StartsWith("Training has diverged", StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_the_last_update_spoils_are_told_of()
    {
        var trainer = Trainer(new Exploding(seed: 1), new Sgd(1e39), Device.Cpu);
        var history = trainer.Fit(Ones(), Targets, batchSize: Samples, epochs: 1, verbose: 0);
        Assert.True(double.IsFinite(Assert.Single(history[Monitored.Loss])));
        Assert.StartsWith(
            "Training has diverged: a weight is not finite after the last update, step 1, ",
            Assert.Single(history.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_that_is_not_finite_is_told_of()
    {
        var trainer = Trainer(new Exploding(seed: 1), new Sgd(1e39), Device.Cpu);
        var history = trainer.Fit(Ones(), Targets, batchSize: Samples, epochs: 1, verbose: 0, validation: (Ones(), Targets));
        Assert.StartsWith(
            "Training has diverged: the validation loss is NaN in epoch 1, ", Assert.Single(history.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TerminateOnNaN(rollBackFactor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TerminateOnNaN(attempts: 0));
        var trainer = Trainer(new Exploding(seed: 1), new Sgd(Schedule.ExponentialDecay(0.1, 10, 0.5)), Device.Cpu, new TerminateOnNaN(rollBackFactor: 0.5));
        Assert.Throws<InvalidOperationException>(() => trainer.Fit(Ones(), Targets, verbose: 0));
    }

    private static Samples Targets { get; } = new float[Samples, 1];

    private static Samples Ones()
    {
        var x = new float[Samples, 6, 1];
        for (var sample = 0; sample < Samples; sample++)
        {
            for (var t = 0; t < 6; t++)
                x[sample, t, 0] = 1 + (0.1f * sample);
        }

        return x;
    }

    private static History Fit(Exploding model, Callback callback, Samples x, Device device, double rate = 0.01) =>
        Trainer(model, new Sgd(rate), device, callback).Fit(x, Targets, batchSize: Samples, epochs: 4, shuffle: false, verbose: 0);

    private static Exploding.Trainer Trainer(Exploding model, Optimizer optimizer, Device device, params Callback[] callbacks)
    {
        var trainer = new Exploding.Trainer(model, device) { Optimizer = optimizer, Loss = Loss.MeanSquaredError };
        foreach (var callback in callbacks)
            trainer.Callbacks.Add(callback);
        return trainer;
    }
}

/// <summary>One unit without a bound.</summary>
[Input(6, 1)]
[Lstm(1, Activation = Activation.Relu)]
[Dense(1)]
internal sealed partial class Exploding;

/// <summary>An activation that has a kernel of its own, and one that is a layer of its own.</summary>
[Input(6, 1)]
[Lstm(1)]
[Dense(1, Activation = Activation.Gelu)]
[Activation(Activation.Exponential, Name = "Growth")]
internal sealed partial class Growing;

/// <summary>One unit without a bound in each direction.</summary>
[Input(6, 1)]
[Bidirectional]
[Lstm(1, Activation = Activation.Relu)]
[Dense(1)]
internal sealed partial class BothExploding;
