namespace LstmDsl.Tests;

// From 7 units on a device in groups launches every timestep.
[Input(4, 3, BatchSize = 5), Masking]
[Lstm(8, Stateful = true, ReturnSequences = true), Gru(7, ResetAfter = false, Stateful = true, ReturnSequences = true)]
[Gru(7, Stateful = true, GoBackwards = true, ReturnSequences = true), SimpleRnn(7, Stateful = true, ReturnSequences = true)]
[SimpleRnn(4, Stateful = true, ReturnSequences = true), Gru(3, Stateful = true, ReturnSequences = true), Lstm(5, Stateful = true), Dense(2)]
internal sealed partial class StatefulMix;

[Input(3, 2, BatchSize = 5), Gru(8, Stateful = true, ReturnSequences = true), Gru(7, ResetAfter = false, Stateful = true, ReturnSequences = true)]
[Lstm(7, Stateful = true, RecurrentDropout = 0.2), Dense(1)]
internal sealed partial class StatefulUnmasked;

[Input(1, 2, BatchSize = 3), Lstm(7, Stateful = true, ReturnSequences = true), Gru(7, Stateful = true, ReturnSequences = true)]
[Gru(4, ResetAfter = false, Stateful = true, ReturnSequences = true), SimpleRnn(4, Stateful = true), Dense(1)]
internal sealed partial class StatefulTimestep;

/// <summary>What stateful layers carry from batch to batch, on every device.</summary>
public sealed class StatefulDeviceTests
{
    // Three updates in float, and products in another order than the reference's.
    private const double Tolerance = 4e-6;

    private static readonly Dictionary<string, Action<Device>> All = new()
    {
        ["stateful_lstm"] = device => AgreesWithKeras<StatefulLstm>(device, "stateful_lstm"),
        ["stateful_gru_sequence"] = device => AgreesWithKeras<StatefulGruSequence>(device, "stateful_gru_sequence"),
        ["stateful_stack"] = device => AgreesWithKeras<StatefulStack>(device, "stateful_stack"),
        ["all cells under a mask"] = device => AgreesWithTheReference<StatefulMix>(device, padding: 2),
        ["without a mask"] = device => AgreesWithTheReference<StatefulUnmasked>(device, padding: 0),
        ["one timestep"] = device => AgreesWithTheReference<StatefulTimestep>(device, padding: 0),
        ["from one device to another"] = GoesOnFromOneDeviceToAnother,
    };

    public static IEnumerable<string> Cases => All.Keys;

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void Carry_on(string device, string what) => All[what](TestDevices.Get(device));

    private static void AgreesWithKeras<TModel>(Device device, string name) where TModel : class, IRecurrentModel<TModel>
    {
        var parity = ParityCase.On(device, "stateful", name);
        var fixture = SafetensorsFixture.Load("stateful", name);
        var model = TModel.Create(seed: 1);
        foreach (var (tensor, path) in KerasPaths.Of(TModel.Plan))
            model.State.Write(tensor, 0, fixture.Floats("w." + path));

        var predictor = new Predictor<TModel>(model, device);
        for (var batch = 0; batch < 3; batch++)
            Compare($"{batch}.x", $"{batch}.pred");
        model.State.ResetStates();
        Compare("0.x", "reset.pred");

        void Compare(string x, string prediction)
        {
            var expected = fixture.Doubles(prediction);
            var found = new float[expected.Length];
            predictor.Predict(fixture.Floats(x), found);
            parity.AssertClose(expected, found, prediction);
        }
    }

    private static void AgreesWithTheReference<TModel>(Device device, int padding) where TModel : class, IRecurrentModel<TModel>
    {
        var (expected, found) = (Run<TModel>(Device.ReferenceDouble, padding), Run<TModel>(device, padding));
        Close.Relative(expected.Losses, found.Losses, Tolerance, "losses");
        Close.Relative(expected.Outputs, found.Outputs, Tolerance, "outputs");
        Close.Relative(expected.States, found.States, Tolerance, "states");
        Close.Relative(expected.Weights, found.Weights, Tolerance, "weights");
    }

    // Three steps of training, two batches of predictions in one call, and a measured one, each going on from the one before.
    private static (double[] Losses, double[] Outputs, double[] States, double[] Weights) Run<TModel>(Device device, int padding)
        where TModel : class, IRecurrentModel<TModel>
    {
        var model = TModel.Create(seed: 5);
        var trainer = new Trainer<TModel>(model, device) { Optimizer = new Sgd(0.1), Loss = Loss.MeanSquaredError };
        var losses = new List<double>();
        for (var batch = 0; batch < 3; batch++)
        {
            var (x, y) = Batches<TModel>(batch, count: 1, padding);
            losses.Add(trainer.TrainOnBatch(x, y)["loss"]);
        }

        var windows = Batches<TModel>(3, count: 2, padding).X.Values.ToArray();
        var outputs = new float[2 * TModel.Plan.BatchSize * TModel.Shape.OutputLength];
        new Predictor<TModel>(model, device).Predict(windows, outputs);
        var (measuredX, measuredY) = Batches<TModel>(5, count: 1, padding);
        losses.Add(trainer.Evaluate(measuredX, measuredY, batchSize: TModel.Plan.BatchSize).Loss);
        return ([.. losses], Doubles(outputs), model.State.LayerStates!.Copy(), Doubles(model.State.Parameters.Span));
    }

    private static void GoesOnFromOneDeviceToAnother(Device device)
    {
        var (here, there) = (StatefulMix.Create(seed: 2), StatefulMix.Create(seed: 2));
        var (first, second) = (Batches<StatefulMix>(0, count: 1, padding: 2), Batches<StatefulMix>(1, count: 1, padding: 2));
        var (expected, found) = (new float[10], new float[10]);

        // The states are the model's: a batch here goes on from one on the device.
        here.Predict(first.X.Values, expected);
        here.Predict(second.X.Values, expected);
        new Predictor<StatefulMix>(there, device).Predict(first.X.Values, found);
        there.Predict(second.X.Values, found);
        Close.Relative(Doubles(expected), found, Tolerance, "outputs");
    }

    // Each sample's last timesteps are padding, of another number of them.
    private static (Samples X, Samples Y) Batches<TModel>(int first, int count, int padding) where TModel : class, IRecurrentModel<TModel>
    {
        var (shape, samples) = (TModel.Shape, count * TModel.Plan.BatchSize);
        var x = Waves(first, samples * shape.InputLength, 0.37);
        for (var sample = 0; sample < samples; sample++)
        {
            var length = sample % (padding + 1) * shape.Features;
            x.AsSpan(((sample + 1) * shape.InputLength) - length, length).Clear();
        }

        var y = Waves(first, samples * shape.OutputLength, 0.61);
        return (Samples.Of(x, samples, shape.Timesteps, shape.Features), Samples.Of(y, samples, shape.Outputs));
    }

    private static float[] Waves(int first, int count, double step) =>
        [.. Enumerable.Range(0, count).Select(index => (float)Math.Sin((step * index) + first))];

    private static double[] Doubles(ReadOnlySpan<float> values) => [.. values.ToArray().Select(value => (double)value)];
}
