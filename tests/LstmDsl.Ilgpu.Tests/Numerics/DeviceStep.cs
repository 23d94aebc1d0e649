using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>A batch and its loss.</summary>
internal sealed record DeviceBatch
{
    public required float[] X { get; init; }

    public required float[] Y { get; init; }

    public required int Samples { get; init; }

    public Loss Loss { get; init; } = Loss.MeanSquaredError;

    /// <summary>Weights of samples, or of their timesteps; null where all weigh 1.</summary>
    public double[]? Weights { get; init; }
}

/// <summary>One batch on a device: its prediction, its loss and the gradients of all weights.</summary>
internal sealed class DeviceStep<TModel> where TModel : class, IRecurrentModel<TModel>
{
    private readonly float[] negativeGradients = new float[TModel.Plan.ParameterFloats];

    public required float[] Prediction { get; init; }

    /// <summary>The loss that a training step reports.</summary>
    public double Loss { get; private set; }

    /// <summary>The loss that the same weights have when they are only measured.</summary>
    public double EvaluatedLoss { get; private set; }

    public static DeviceStep<TModel> Run(Device device, TModel model, DeviceBatch batch)
    {
        var samples = batch.Samples;
        var prediction = new float[samples * TModel.Shape.OutputLength];
        device.CreatePredictor<TModel>(model.State).Predict(batch.X, prediction);
        var step = new DeviceStep<TModel> { Prediction = prediction };

        // After one step of SGD with momentum and a rate of 1, the slot holds −1 times the gradient, to the bit.
        var setup = new TrainingSetup(new Sgd(1, momentum: 0.5), batch.Loss, samples);
        var session = device.CreateTrainingSession<TModel>(setup);
        var shape = TModel.Shape;
        var targetLength = batch.Y.Length / samples;
        var source = new BatchSource
        {
            Rows = batch.X,
            Features = shape.Features,
            Timesteps = shape.Timesteps,
            Starts = [.. Enumerable.Range(0, samples).Select(sample => sample * shape.Timesteps)],
            Targets = batch.Y,
            TargetStarts = [.. Enumerable.Range(0, samples).Select(sample => sample * targetLength)],
            TargetLength = targetLength,
            Weights = batch.Weights,
            WeightsPerWindow = batch.Weights is null ? 1 : batch.Weights.Length / samples,
        };
        int[] windows = [.. Enumerable.Range(0, samples)];
        session.UploadParameters(model.State.Parameters.Span);
        session.BeginMetrics([]);
        session.Evaluate(source, windows);
        step.EvaluatedLoss = session.LossResult;
        session.BeginMetrics([]);
        session.Train(source, windows, iteration: 1, learningRate: 1);
        step.Loss = session.LossResult;
        session.DownloadSlot(0, step.negativeGradients);
        return step;
    }

    public double[] Gradient(TensorSlot tensor) =>
        [.. negativeGradients.AsSpan(tensor.Offset, tensor.Length).ToArray().Select(value => -(double)value)];
}
