namespace LstmDsl.Tests;

/// <summary>
/// Predictions, losses and the gradients of all weights of the networks that Keras computed, on every device: within four times the error
/// that Keras's own float32 made.
/// </summary>
public sealed class NetworkTests
{
    public static IEnumerable<string> Cases => NetworkCases.All.Keys;

    /// <summary>What meets at so many barriers that it takes long in groups: over 200,000 weights times timesteps and samples.</summary>
    public static IEnumerable<string> LargeCases { get; } =
    [
        "lstm_units64_features16", "lstm_units128", "lstm40_sequence_dense1", "rnn40_sequence_dense1", "lstm_long", "lstm20_dense1",
        "gru_sequence_units20",
    ];

    public static IEnumerable<string> SmallCases => Cases.Except(LargeCases);

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnIlgpuCpuInGroupsAtLength]
    [OnCuda]
    [OnOpenCl]
    public void Agrees_with_Keras(string device, string network) =>
        NetworkCases.All[network](new OnDevice(device), network);

    private sealed class OnDevice(string deviceName) : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            // ILGPU's CPU accelerator has one name, whatever its layout.
            var device = TestDevices.Get(deviceName);
            var parity = ParityCase.On(device, "networks", name) with { Backend = deviceName };
            var hasLoss = ParityIndex.Case("networks", name).TryGetProperty("loss", out var spec);
            var fixture = SafetensorsFixture.Load("networks", name);
            var model = TModel.Create(seed: 1);
            var paths = KerasPaths.Of(TModel.Plan);
            foreach (var (tensor, path) in paths)
                model.State.Write(tensor, 0, fixture.Floats("w." + path));

            var function = hasLoss ? KerasLosses.Of(spec) : Loss.MeanSquaredError;
            var weights = fixture.Has("sample_weight") ? fixture.Doubles("sample_weight") : null;
            var step = DeviceStep<TModel>.Run(device, model, new DeviceBatch
            {
                X = fixture.Floats("x"),
                Y = fixture.Floats("y"),
                Samples = fixture.Shape("x")[0],
                Loss = function,
                Weights = weights,
            });
            parity.AssertClose(fixture.Doubles("pred"), step.Prediction, "prediction");
            double[] loss = [fixture.Single("loss") + KerasLosses.Rounding(function, weights is null ? 1 : weights.Average())];
            parity.AssertClose(loss, [step.EvaluatedLoss], "loss of the prediction");

            // A step of training normalises by its batch, and Keras took the moving averages here; training runs compare the former.
            if (paths.Any(entry => entry.Tensor.Momentum is not null))
                return;
            parity.AssertClose(loss, [step.Loss], "loss");
            foreach (var (tensor, path) in paths)
                parity.AssertClose(fixture.Doubles("g." + path), step.Gradient(tensor), "g." + path);
        }
    }
}
