namespace LstmDsl.Tests;

/// <summary>
/// Predictions, losses and the gradients of all weights of the networks that Keras computed, on every device: within four times the error
/// that Keras's own float32 made.
/// </summary>
public sealed class NetworkTests
{
    private static readonly Dictionary<string, Action<string, string>> All = new()
    {
        ["lstm20_dense1"] = Check<Lstm20Dense1>,
        ["lstm40_sequence_dense1"] = Check<Lstm40SequenceDense1>,
        ["lstm_units1"] = Check<LstmUnits1>,
        ["lstm_units6_features3"] = Check<LstmUnits6Features3>,
        ["lstm_units17_features5"] = Check<LstmUnits17Features5>,
        ["lstm_units64_features16"] = Check<LstmUnits64Features16>,
        ["lstm_one_step"] = Check<LstmOneStep>,
        ["lstm_one_sample"] = Check<LstmOneSample>,
        ["lstm_long"] = Check<LstmLong>,
        ["lstm_units128"] = Check<LstmUnits128>,
        ["lstm_relu"] = Check<LstmRelu>,
        ["lstm_hard_sigmoid"] = Check<LstmHardSigmoid>,
        ["lstm_no_bias"] = Check<LstmNoBias>,
        ["stacked_lstm"] = Check<StackedLstm>,
        ["dense_first"] = Check<DenseFirst>,
        ["rnn40_sequence_dense1"] = Check<Rnn40SequenceDense1>,
        ["rnn_last"] = Check<RnnLast>,
        ["rnn_relu"] = Check<RnnRelu>,
        ["rnn_no_bias_backwards"] = Check<RnnNoBiasBackwards>,
        ["lstm_go_backwards"] = Check<LstmGoBackwards>,
        ["lstm_go_backwards_sequence"] = Check<LstmGoBackwardsSequence>,
        ["lstm_regularized"] = Check<LstmRegularized>,
        ["lstm_activity_regularized"] = Check<LstmActivityRegularized>,
    };

    public static IEnumerable<string> Cases => All.Keys;

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void Agrees_with_Keras(string device, string network) => All[network](device, network);

    private static void Check<TModel>(string device, string name) where TModel : class, IRecurrentModel<TModel>
    {
        // Sums run in another order than TensorFlow's, hence four times its own error and a floor of some ulps.
        var error = ParityIndex.Case("networks", name).GetProperty("float32_error").GetDouble();
        var tolerance = Math.Max(4 * error, 1e-6);
        var fixture = SafetensorsFixture.Load("networks", name);
        var model = TModel.Create(seed: 1);
        var paths = KerasPaths.Of(TModel.Plan);
        foreach (var (tensor, path) in paths)
            model.State.Write(tensor, 0, fixture.Floats("w." + path));

        var x = fixture.Floats("x");
        var samples = fixture.Shape("x")[0];
        var step = DeviceStep<TModel>.Run(TestDevices.Get(device), model, x, fixture.Floats("y"), samples);
        Close.Relative(fixture.Doubles("pred"), step.Prediction, tolerance, "prediction");
        Close.Relative(fixture.Doubles("loss"), [step.Loss], tolerance, "loss");
        Close.Relative(fixture.Doubles("loss"), [step.EvaluatedLoss], tolerance, "loss of the prediction");
        foreach (var (tensor, path) in paths)
            Close.Relative(fixture.Doubles("g." + path), step.Gradient(tensor), tolerance, "g." + path);
    }
}
