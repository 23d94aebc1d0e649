namespace LstmDsl.Tests;

[Input(9, 3)]
[SimpleRnn(11, ReturnSequences = true, Activation = Activation.Relu), Kernel(L2 = 0.01)]
[Lstm(10, ReturnSequences = true, GoBackwards = true, ActivityL1 = 0.001)]
[SimpleRnn(5, GoBackwards = true, ReturnSequences = true)]
[Lstm(9, UseBias = false)]
[Dense(6, Activation = Activation.Sigmoid)]
[Dense(2, UseBias = false), Kernel(L1 = 0.01)]
internal sealed partial class DeepStack;

[Input(6, 2), Lstm(131, ReturnSequences = true), SimpleRnn(140), Dense(1)]
internal sealed partial class WideStack;

[Input(5, 3)]
[Dropout(0.2), Lstm(7, Dropout = 0.3, RecurrentDropout = 0.25, GoBackwards = true, ReturnSequences = true)]
[Bidirectional, Gru(4, Dropout = 0.1, RecurrentDropout = 0.2, ResetAfter = false, ReturnSequences = true)]
[Gru(5, RecurrentDropout = 0.1, ReturnSequences = true), SimpleRnn(4, Dropout = 0.2, RecurrentDropout = 0.3), Dropout(0.1), Dense(2)]
internal sealed partial class DroppedStack;

[Input(5, 3), Masking, BatchNormalization(Scale = false), Lstm(8, ReturnSequences = true), LayerNormalization(Center = false)]
[Gru(7, ResetAfter = false, ReturnSequences = true), Gru(7, ReturnSequences = true), SimpleRnn(5, ReturnSequences = true)]
[BatchNormalization, Dense(2)]
internal sealed partial class PaddedStack;

[Input(6, 2), Conv1D(4, 3), Kernel(Constraint = Constraint.UnitNorm, NormAxis = 2)]
[Lstm(7), Kernel(Constraint = Constraint.MaxNorm, MaxNorm = 0.5), RecurrentKernel(Constraint = Constraint.UnitNorm, NormAxis = 1)]
[Bias(Constraint = Constraint.NonNeg)]
[Dense(3), Kernel(Constraint = Constraint.MinMaxNorm, MinNorm = 0.3, MaxNorm = 0.8, NormRate = 0.25), Bias(Constraint = Constraint.MinMaxNorm)]
internal sealed partial class ConstrainedStack;

[Input(5, 3), Lstm(6, RecurrentActivation = Activation.HardSigmoidKeras2, ReturnSequences = true)]
[Gru(5, Activation = Activation.HardSigmoidKeras2, RecurrentActivation = Activation.HardSigmoidKeras2, ReturnSequences = true)]
[Dense(2, Activation = Activation.HardSigmoidKeras2)]
internal sealed partial class StackOfKeras2;

[Input(5, 3), Lstm(6, ReturnSequences = true), Activation(Activation.LeakyRelu, NegativeSlope = 0.3), Gru(5), Activation(Activation.LeakyRelu)]
[Dense(4), Activation(Activation.LeakyRelu, NegativeSlope = 1.5), Dense(2)]
internal sealed partial class LeakyStack;

[Input(5, 3), Normalization(Mean = [0.1, 0.2, 0.3], Variance = [0.5, 1, 2]), Gru(7, ReturnSequences = true), Normalization, Lstm(5)]
[Normalization(PerFeature = false, Invert = true), Dense(2), Normalization(Mean = [0.25], Variance = [0.5], Invert = true), Rescaling(1.5, -0.5)]
internal sealed partial class RawNumbersStack;

[Input(5, 3), Masking, Bidirectional, MinGru(7, Dropout = 0.2, ReturnSequences = true), MinGru(6, GoBackwards = true, ReturnSequences = true)]
[MinGru(9, Activation = Activation.Silu, UseBias = false), Dense(2)]
internal sealed partial class MinimalStack;

[Input(4, 2), MinGru(150, ReturnSequences = true), MinGru(140), Dense(1)]
internal sealed partial class WideMinimal;

/// <summary>What Keras's cases leave out: compared with the scalar reference in double.</summary>
public sealed class AgreementTests
{
    // Sums of some hundred terms in another order, through a few layers; the largest error seen is 2.7e-6 of the largest value.
    private const double Tolerance = 4e-6;

    private static readonly Dictionary<string, Action<Device>> All = new()
    {
        ["deep stack"] = device => SameStep<DeepStack>(device, samples: 13),
        ["one sample"] = device => SameStep<DeepStack>(device, samples: 1),
        ["many samples"] = device => SameStep<DeepStack>(device, samples: 130),
        ["wide stack"] = device => SameStep<WideStack>(device, samples: 5),
        ["dropped stack"] = device => SameStep<DroppedStack>(device, samples: 6),
        ["padded stack"] = device => SameStep<PaddedStack>(device, samples: 6, padding: 3),
        ["padded and weighted stack"] = device => SameStep<PaddedStack>(device, samples: 6, padding: 3, isWeighted: true),
        ["hard sigmoids of Keras 2"] = device => SameStep<StackOfKeras2>(device, samples: 6),
        ["slopes of leaky relus"] = device => SameStep<LeakyStack>(device, samples: 6),
        ["known moments"] = device => SameStep<RawNumbersStack>(device, samples: 7),
        ["windows of a declared forecast"] = ForecastTraining.SameRun,
        ["minimal stack"] = device => SameStep<MinimalStack>(device, samples: 6, padding: 3),
        ["wide minimal layers"] = device => SameStep<WideMinimal>(device, samples: 5),
        ["branches of two inputs"] = device => SameStep<TwoInputsOnDevices>(device, samples: 6),
        ["branches with masks"] = device => SameStep<MasksOnDevices>(device, samples: 6, padding: 3),
        ["padding left out of products"] = device => SameStep<PaddingLeftOutOnDevices>(device, samples: 6, padding: 3),
        ["branches in another order"] = device => SameStep<OrdersOnDevices>(device, samples: 6),
        ["branches that are not trained"] = device => SameStep<FrozenOnDevices>(device, samples: 6),
        ["attention"] = device => SameStep<AttentionOnDevices>(device, samples: 6, padding: 3),
        ["several heads"] = device => SameStep<HeadsOnDevices>(device, samples: 6, padding: 3),
        ["states of other layers"] = device => SameStep<StatesOnDevices>(device, samples: 6, padding: 3),
        ["wide states of other layers"] = device => SameStep<WideStatesOnDevices>(device, samples: 5),
        ["a run with states of other layers"] = device => SameRun<StatesOnDevices>(device, new Adam(), Loss.MeanSquaredError),
        ["a run with attention"] = device => SameRun<AttentionOnDevices>(device, new Adam(), Loss.MeanSquaredError),
        ["a run with branches"] = device => SameRun<TwoInputsOnDevices>(device, new Adam(), Loss.MeanSquaredError),
        ["a run with layers that are not trained"] = device => SameRun<FrozenOnDevices>(device, new Adam(), Loss.MeanSquaredError),
        ["constraints"] = device => SameRun<ConstrainedStack>(device, new Sgd(0.05), Loss.MeanSquaredError),
        ["SGD"] = device => SameRun(device, new Sgd(0.05), Loss.MeanSquaredError),
        ["RMSprop"] = device => SameRun(device, new RmsProp(), Loss.MeanSquaredError),
        ["AdamW, clipped, averaged and accumulated"] = device => SameRun(
            device, new AdamW { GlobalClipNorm = 0.1, UseEma = true, GradientAccumulationSteps = 2 }, Loss.MeanSquaredError),
    };

    public static IEnumerable<string> Cases => All.Keys;

    /// <summary>What meets at so many barriers that it takes long in groups.</summary>
    public static IEnumerable<string> LargeCases { get; } = ["many samples", "wide stack", "wide minimal layers", "wide states of other layers"];

    public static IEnumerable<string> SmallCases => Cases.Except(LargeCases);

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnIlgpuCpuInGroupsAtLength]
    [OnCuda]
    [OnOpenCl]
    public void Agrees_with_the_reference(string device, string what) => All[what](TestDevices.Get(device));

    // Of every so many samples one has no padding, the next a timestep of it, and so on.
    private static void SameStep<TModel>(Device device, int samples, int padding = 1, bool isWeighted = false)
        where TModel : class, IRecurrentModel<TModel>
    {
        var (x, y) = Numbers<TModel>(samples);
        for (var sample = 0; sample < samples; sample++)
        {
            var length = sample % padding * TModel.Shape.Features;
            x.AsSpan(((sample + 1) * TModel.Shape.InputLength) - length, length).Clear();
        }

        double[]? weights = isWeighted ? [.. Enumerable.Range(0, samples).Select(sample => 0.5 + (0.25 * sample))] : null;
        var batch = new DeviceBatch { X = x, Y = y, Samples = samples, Weights = weights };
        var model = TModel.Create(seed: 7);
        var expected = DeviceStep<TModel>.Run(Device.ReferenceDouble, model, batch);
        var found = DeviceStep<TModel>.Run(device, model, batch);
        Close.Relative(Doubles(expected.Prediction), found.Prediction, Tolerance, "prediction");
        Close.Relative([expected.Loss], [found.Loss], Tolerance, "loss");
        Close.Relative([expected.EvaluatedLoss], [found.EvaluatedLoss], Tolerance, "loss of the prediction");
        foreach (var tensor in TModel.Plan.Tensors)
            Close.Relative(expected.Gradient(tensor), found.Gradient(tensor), Tolerance, tensor.Name);
    }

    // Three epochs of unequal batches, with metrics, validation and shuffling.
    private static void SameRun(Device device, Optimizer optimizer, Loss loss) => SameRun<LstmUnits6Features3>(device, optimizer, loss);

    private static void SameRun<TModel>(Device device, Optimizer optimizer, Loss loss) where TModel : class, IRecurrentModel<TModel>
    {
        var (expected, expectedHistory) = Fit<TModel>(Device.ReferenceDouble, optimizer, loss);
        var (found, foundHistory) = Fit<TModel>(device, optimizer, loss);
        foreach (var name in new[] { "loss", "val_loss", "mean_absolute_error", "val_root_mean_squared_error" })
            Close.Relative([.. expectedHistory[name]], [.. foundHistory[name]], Tolerance, name);

        // Where a gradient is next to nothing, an optimizer that divides by its size makes much of its rounding.
        foreach (var tensor in TModel.Plan.Tensors)
            Close.Relative(Doubles(expected.State.Read(tensor)), found.State.Read(tensor).ToArray(), 100 * Tolerance, tensor.Name);
    }

    private static (TModel Model, History History) Fit<TModel>(Device device, Optimizer optimizer, Loss loss)
        where TModel : class, IRecurrentModel<TModel>
    {
        var model = TModel.Create(seed: 3);
        var trainer = new Trainer<TModel>(model, device)
        {
            Optimizer = optimizer,
            Loss = loss,
            Metrics = { Metric.MeanAbsoluteError, Metric.RootMeanSquaredError },
        };
        var shape = TModel.Shape;
        var (x, y) = Numbers<TModel>(samples: 21);
        var inputs = new float[21, shape.Timesteps, shape.Features];
        Buffer.BlockCopy(x, 0, inputs, 0, x.Length * sizeof(float));
        var targets = new float[21, shape.OutputLength];
        Buffer.BlockCopy(y, 0, targets, 0, y.Length * sizeof(float));
        return (model, trainer.Fit(inputs, targets, batchSize: 8, epochs: 3, validationSplit: 0.2, verbose: 0));
    }

    private static (float[] X, float[] Y) Numbers<TModel>(int samples) where TModel : class, IRecurrentModel<TModel>
    {
        var shape = TModel.Shape;
        return (Waves(samples * shape.InputLength, 0.37), Waves(samples * shape.OutputLength, 0.61));
    }

    private static float[] Waves(int count, double step) => [.. Enumerable.Range(0, count).Select(index => (float)Math.Sin(step * index))];

    private static double[] Doubles(ReadOnlySpan<float> values) => [.. values.ToArray().Select(value => (double)value)];
}
