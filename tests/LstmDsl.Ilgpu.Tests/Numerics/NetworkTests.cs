namespace LstmDsl.Tests;

/// <summary>
/// Predictions, losses and the gradients of all weights of the networks that Keras computed, on every device: within four times the error
/// that Keras's own float32 made.
/// </summary>
public sealed class NetworkTests
{
    /// <summary>Networks of layers that have no kernels for ILGPU's devices, which must say so.</summary>
    private static readonly HashSet<string> OnTheCpuAlone =
    [
        "encoder_decoder", "layer_normalized", "flatten_head", "masked_lstm", "masked_lstm_sequence", "masked_gru_stack",
        "masked_bidirectional", "masked_all_of_one", "conv_causal_lstm", "conv_valid_stride_gru", "conv_same_dilated",
        "conv_causal_dilated_stack", "max_pool_lstm", "average_pool_same", "global_average", "global_max", "embedding_lstm",
        "embedding_mask_zero",
    ];

    /// <summary>
    /// All but the one whose training step normalises by the batch and whose prediction by moving averages, which this test does not tell
    /// apart.
    /// </summary>
    public static IEnumerable<string> Cases => NetworkCases.All.Keys.Where(name => name != "batch_normalized");

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void Agrees_with_Keras(string device, string network)
    {
        var check = new OnDevice(TestDevices.Get(device));
        if (TestDevices.Get(device) is CpuDevice || !OnTheCpuAlone.Contains(network))
            NetworkCases.All[network](check, network);
        else
            Assert.Throws<NotSupportedException>(() => NetworkCases.All[network](check, network));
    }

    private sealed class OnDevice(Device device) : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            // Sums run in another order than TensorFlow's, hence four times its own error and a floor of some ulps.
            var parity = ParityIndex.Case("networks", name);
            var tolerance = Math.Max(4 * parity.GetProperty("float32_error").GetDouble(), 1e-6);
            var fixture = SafetensorsFixture.Load("networks", name);
            var model = TModel.Create(seed: 1);
            var paths = KerasPaths.Of(TModel.Plan);
            foreach (var (tensor, path) in paths)
                model.State.Write(tensor, 0, fixture.Floats("w." + path));

            var step = DeviceStep<TModel>.Run(device, model, new DeviceBatch
            {
                X = fixture.Floats("x"),
                Y = fixture.Floats("y"),
                Samples = fixture.Shape("x")[0],
                Loss = parity.TryGetProperty("loss", out var spec) ? KerasLosses.Of(spec) : Loss.MeanSquaredError,
                Weights = fixture.Has("sample_weight") ? fixture.Doubles("sample_weight") : null,
            });
            Close.Relative(fixture.Doubles("pred"), step.Prediction, tolerance, "prediction");
            Close.Relative(fixture.Doubles("loss"), [step.Loss], tolerance, "loss");
            Close.Relative(fixture.Doubles("loss"), [step.EvaluatedLoss], tolerance, "loss of the prediction");
            foreach (var (tensor, path) in paths.Where(entry => entry.Tensor.Momentum is null))
                Close.Relative(fixture.Doubles("g." + path), step.Gradient(tensor), tolerance, "g." + path);
        }
    }
}
