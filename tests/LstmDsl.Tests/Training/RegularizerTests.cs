using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

[Input(5, 2), Lstm(4, ReturnSequences = true), Lstm(3), Dense(2, Activation = Activation.Tanh)]
internal sealed partial class PlainStack;

// Large enough that its weights' gradients are summed by tiles of the result, and that its block is updated in several ranges.
[Input(6, 16)]
[Lstm(128, ActivityL1 = 1e-3), Kernel(L1 = 1e-4), RecurrentKernel(L2 = 1e-3)]
[Dense(1), Kernel(L2 = 1e-2), Bias(Init.Ones, L1 = 0.5)]
internal sealed partial class LargeRegularized;

[Input(6, 16), Lstm(128), Dense(1), Bias(Init.Ones)]
internal sealed partial class LargePlain;

// What the layers within those models give.
[Input(5, 2), Lstm(4, ReturnSequences = true)]
internal sealed partial class PlainFirstLayer;

[Input(5, 2), Lstm(4, ReturnSequences = true), Lstm(3)]
internal sealed partial class PlainTwoLayers;

[Input(6, 16), Lstm(128)]
internal sealed partial class LargeFirstLayer;

/// <summary>What a trainer makes of regularisers: losses as reported, and the update.</summary>
public sealed class RegularizerTests
{
    private static readonly Device[] Devices =
    [
        Device.ReferenceDouble, Device.Reference, Device.Cpu, new CpuDevice(threads: 2, vectorWidth: 128), new CpuDevice(threads: 3, vectorWidth: 256),
    ];

    [Fact]
    public void HistoryAndEvaluationIncludeThePenalties()
    {
        foreach (var device in Devices)
        {
            CheckLosses<RegularizedStack, PlainStack>(device, ActivityOfTheStack);
            CheckLosses<LargeRegularized, LargePlain>(device, ActivityOfTheLargeModel);
        }
    }

    [Fact]
    public void OneStepGoesAgainstTheGradientOfLossAndPenalties()
    {
        foreach (var device in Devices)
        {
            CheckStep<RegularizedStack>(device);
            CheckStep<LargeRegularized>(device);
        }
    }

    /// <summary>A step of plain SGD beside the gradient of one block of all samples, which central differences confirm.</summary>
    private static void CheckStep<TModel>(Device device) where TModel : class, IRecurrentModel<TModel>
    {
        const int Samples = 21;
        const double Rate = 0.5;
        var (x, y) = RandomSamples.For(TModel.Shape, Samples);
        var model = TModel.Create(seed: 4);
        var run = new ProgramRun<TModel, ReferenceBackend<double>, double>();
        foreach (var tensor in TModel.Plan.Tensors)
            run.SetWeight(tensor, model.State.Read(tensor));
        run.Train(x.Values, y.Values, Samples, Loss.MeanSquaredError);
        var expected = TModel.Plan.Tensors
            .Select(tensor => model.State.Read(tensor).ToArray().Zip(run.Gradient(tensor), (weight, gradient) => weight - (Rate * gradient)).ToArray())
            .ToArray();

        new Trainer<TModel>(model, device) { Loss = Loss.MeanSquaredError, Optimizer = new Sgd(Rate) }.Fit(x, y, batchSize: Samples, verbose: 0);
        // Weights come back as floats; where the device computes in them, so do its gradients.
        var tolerance = device == Device.ReferenceDouble ? 1e-7 : 2e-6;
        foreach (var (tensor, weights) in TModel.Plan.Tensors.Zip(expected))
            Close.Relative(weights, model.State.Read(tensor).ToArray(), tolerance, $"{device}, {tensor.Name}");
    }

    /// <summary>The first batch's loss, before any update, and the loss of unchanged weights, are the plain model's and the penalties.</summary>
    private static void CheckLosses<TRegularized, TPlain>(Device device, Func<TPlain, Samples, double> activity)
        where TRegularized : class, IRecurrentModel<TRegularized>
        where TPlain : class, IRecurrentModel<TPlain>
    {
        const int Samples = 21;
        var (x, y) = RandomSamples.For(TRegularized.Shape, Samples);
        var (regularized, plain) = (TRegularized.Create(seed: 4), TPlain.Create(seed: 4));
        plain.State.SetParameters(regularized.State.Parameters.Span);
        var penalty = WeightPenalty(regularized) + activity(plain, x);
        // The rounding of float in the network, where that is the device's; penalties are no larger than the losses themselves.
        var tolerance = device == Device.ReferenceDouble ? 1e-6 : 1e-5;

        var plainLoss = new Trainer<TPlain>(plain, device) { Loss = Loss.MeanSquaredError }.Evaluate(x, y)["loss"];
        var trainer = new Trainer<TRegularized>(regularized, device) { Loss = Loss.MeanSquaredError, Optimizer = new Sgd(0.01) };
        Assert.True(penalty > 0.01);
        Assert.Equal(plainLoss + penalty, trainer.Evaluate(x, y, batchSize: Samples)["loss"], tolerance * (plainLoss + penalty));
        // Weighted by samples, penalties do not depend on how samples are gathered into batches.
        Assert.Equal(plainLoss + penalty, trainer.Evaluate(x, y, batchSize: 4)["loss"], tolerance * (plainLoss + penalty));

        var history = trainer.Fit(x, y, batchSize: Samples, epochs: 2, validation: (x, y), verbose: 0);
        Assert.Equal(plainLoss + penalty, history["loss"][0], tolerance * (plainLoss + penalty));
        // What the first epoch ends with, the second begins with.
        Assert.Equal(history["val_loss"][0], history["loss"][1], tolerance * history["loss"][1]);
        Assert.NotEqual(history["loss"][0], history["loss"][1]);
        Assert.Equal(history["val_loss"][1], trainer.Evaluate(x, y)["loss"], tolerance * history["loss"][1]);
        Assert.NotEqual(WeightPenalty(regularized), penalty);
    }

    private static double WeightPenalty<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel>
    {
        var sum = 0.0;
        foreach (var tensor in TModel.Plan.Tensors)
        {
            foreach (var weight in model.State.Read(tensor))
                sum += (tensor.Regularizer.L1 * Math.Abs((double)weight)) + (tensor.Regularizer.L2 * (double)weight * weight);
        }

        return sum;
    }

    /// <summary>Outputs of inner layers are what models that end with them predict.</summary>
    private static double ActivityOfTheStack(PlainStack model, Samples x)
    {
        var first = Copy(model, new PlainFirstLayer(), 3).Predict(x).Cast<float>();
        var second = Copy(model, new PlainTwoLayers(), 6).Predict(x).Cast<float>();
        var last = model.Predict(x).Cast<float>();
        return (first.Sum(value => (0.05f * Math.Abs((double)value)) + (0.03f * (double)value * value))
            + second.Sum(value => 0.2f * (double)value * value)
            + last.Sum(value => 0.1f * Math.Abs((double)value))) / x.Count;
    }

    private static double ActivityOfTheLargeModel(LargePlain model, Samples x) =>
        Copy(model, new LargeFirstLayer(), 3).Predict(x).Cast<float>().Sum(value => 1e-3f * Math.Abs((double)value)) / x.Count;

    private static TTo Copy<TFrom, TTo>(TFrom from, TTo to, int tensors)
        where TFrom : class, IRecurrentModel<TFrom>
        where TTo : class, IRecurrentModel<TTo>
    {
        for (var tensor = 0; tensor < tensors; tensor++)
            to.State.Write(TTo.Plan.Tensors[tensor], 0, from.State.Read(TFrom.Plan.Tensors[tensor]));
        return to;
    }
}
