namespace LstmDsl.Tests;

/// <summary>
/// Predictions of the functional models that Keras computed (several inputs, branches, attention, masks, states), on every device: within four
/// times the error that Keras's own float32 made.
/// </summary>
public sealed class FunctionalTests
{
    public static IEnumerable<string> Cases => FunctionalCases.All.Keys;

    [Theory]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void Agrees_with_Keras(string device, string model) => FunctionalCases.All[model](new OnDevice(device), model);

    private sealed class OnDevice(string deviceName) : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            var device = TestDevices.Get(deviceName);
            var functional = new FunctionalCase(name);
            var samples = functional.Samples([.. TModel.Plan.Inputs.Select(input => input.FileName)]);
            var predictor = new Predictor<TModel>(TModel.Load(functional.Path), device);
            for (var call = 0; call < functional.Calls; call++)
            {
                var expected = functional.Prediction(call);
                var predictions = new float[expected.Length];
                predictor.Predict(samples, predictions);
                var parity = ParityCase.On(device, "functional", name) with { Backend = deviceName };
                parity.AssertClose(expected, predictions, "prediction");
            }
        }
    }
}
