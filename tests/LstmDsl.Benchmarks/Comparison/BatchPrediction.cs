namespace LstmDsl.Benchmarks;

/// <summary>Predictions of one batch of windows.</summary>
internal sealed class BatchPrediction<TModel>(int samples, Device device) : OwnWork where TModel : class, IRecurrentModel<TModel>
{
    // What a model's own Predict calls after it has checked the lengths, but on this device.
    private readonly Predictor predictor = device.CreatePredictor<TModel>(TModel.Create(seed: 1).State);
    private readonly float[] windows = Spread.Numbers(samples * TModel.Shape.InputLength);
    private readonly float[] destination = new float[samples * TModel.Shape.OutputLength];

    public override void Run(int count)
    {
        for (var prediction = 0; prediction < count; prediction++)
            predictor.Predict(windows, destination);
    }
}
