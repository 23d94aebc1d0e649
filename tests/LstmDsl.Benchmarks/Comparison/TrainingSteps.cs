namespace LstmDsl.Benchmarks;

/// <summary>Training steps on resident data, as the fit loop asks for them, without the loop.</summary>
internal sealed class TrainingSteps<TModel> : OwnWork where TModel : class, IRecurrentModel<TModel>
{
    private readonly TrainingSession session;
    private readonly BatchSource source;
    private readonly double learningRate;
    private readonly int[] order;
    private readonly int batch;
    private long iteration;

    /// <summary>A unit of work is a pass over <paramref name="samples"/> in batches of <paramref name="batch"/>.</summary>
    public TrainingSteps(int samples, int batch, Optimizer optimizer, Device device)
    {
        this.batch = batch;
        learningRate = optimizer.LearningRate.At(0);
        order = [.. Enumerable.Range(0, samples)];
        var (x, y) = Spread.Samples(TModel.Shape, samples);
        source = BatchSource.FromArrays(x, y);
        var setup = new TrainingSetup(optimizer, Loss.MeanSquaredError, batch);
        session = device.CreateTrainingSession<TModel>(setup);
        session.UploadParameters(TModel.Create(seed: 1).State.Parameters.Span);
        session.BeginMetrics([]);
    }

    public override void Run(int count)
    {
        for (var pass = 0; pass < count; pass++)
        {
            for (var first = 0; first < order.Length; first += batch)
                session.Train(source, order.AsSpan(first, Math.Min(batch, order.Length - first)), ++iteration, learningRate);
        }

        // A device may run ahead: what was asked for is only done once its loss is known.
        _ = session.LossResult;
    }
}
