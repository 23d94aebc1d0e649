namespace LstmDsl.Tests;

/// <summary>Where NaN and infinities come from in models with branches.</summary>
public sealed class NonFiniteBranchTests
{
    private const int Samples = 4;

    [Fact]
    public void The_branch_that_it_arises_in_is_named()
    {
        // As in a model of one branch: the cell's candidate feels the state alone, and its activation has no bound.
        var model = new ExplodingBranch(seed: 1);
        model.Wild.Kernel.CopyFrom([0, 0, 1, 0]);
        model.Wild.RecurrentKernel.CopyFrom([0, 0, 1e20f, 0]);
        model.Wild.Bias.CopyFrom([9, 0, 0, 9]);
        var x = new float[Samples, 1, 10];
        // The second input's timestep 1, behind the first one's four numbers.
        x[2, 0, 5] = 1;
        var first = Find(model, x);
        Assert.Equal(("wild", "gate", "c"), (first.Layer, first.Quantity, first.Gate));
        Assert.Equal((2, 3, 0), (first.Sample, first.Timestep, first.Unit));
        Assert.Equal(double.PositiveInfinity, first.Value);
    }

    [Fact]
    public void A_product_that_is_too_large_is_that_of_its_layer()
    {
        var model = new TooLargeProduct(seed: 1);
        model.One.Kernel.CopyFrom([1]);
        model.One.Bias.CopyFrom([0]);
        var x = new float[Samples, 3, 1];
        x[1, 2, 0] = 1e25f;
        var first = Find(model, x);
        Assert.Equal(("product", "output", double.PositiveInfinity), (first.Layer, first.Quantity, first.Value));
        Assert.Equal((1, 2, 0), (first.Sample, first.Timestep, first.Unit));
    }

    [Fact]
    public void Weights_that_are_not_trained_are_named_too()
    {
        var model = new ExplodingBranch(seed: 1);
        model.Calm.Bias.CopyFrom([float.NaN, 0]);
        var first = Find(model, new float[Samples, 1, 10]);
        Assert.Equal(("calm", "weight calm.bias[0, 0]"), (first.Layer, first.Quantity));
    }

    private static NonFiniteValue Find<TModel>(TModel model, Samples x) where TModel : class, IRecurrentModel<TModel>
    {
        var callback = new TerminateOnNaN();
        var trainer = new Trainer<TModel>(model) { Optimizer = new Sgd(0.01), Loss = Loss.MeanSquaredError };
        trainer.Callbacks.Add(callback);
        trainer.Fit(x, new float[Samples, 1], batchSize: Samples, epochs: 1, shuffle: false, verbose: 0);
        return Assert.IsType<NonFiniteValue>(callback.First);
    }
}

[Input(4, 1, Name = "One"), Flatten, Dense(2, Name = "Calm", Trainable = false)]
[Input(6, 1, Name = "Two"), Lstm(1, Activation = Activation.Relu, Name = "Wild"), Concatenate("Calm"), Dense(1)]
internal sealed partial class ExplodingBranch;

[Input(3, 1), Dense(1, Name = "One"), Multiply("One", "One", Name = "Product"), Gru(1), Dense(1)]
internal sealed partial class TooLargeProduct;
