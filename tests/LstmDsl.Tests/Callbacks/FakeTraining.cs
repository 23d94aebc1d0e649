namespace LstmDsl.Tests;

/// <summary>
/// A training run that only callbacks see: its logs are given, its one weight is what a test sets, what it is asked to do is recorded.
/// </summary>
internal sealed class FakeTraining(params string[] names) : TrainingContext
{
    private Dictionary<string, double> logs = [];
    private int epoch;
    private int batch;

    public List<string> Saved { get; } = [];

    public List<bool> SavedWeightsOnly { get; } = [];

    public List<string> Warnings { get; } = [];

    public string? StopReason { get; private set; }

    public float Weight { get; set; }

    public Dictionary<string, Direction> Directions { get; } = [];

    /// <summary>Runs while a checkpoint is written.</summary>
    public Action? WhileSaving { get; set; }

    public int BatchesInEpoch { get; init; } = 1;

    public override string ModelName => "Fake";

    public override int Epoch => epoch;

    public override int Epochs => 100;

    public override int Batch => batch;

    public override int BatchesPerEpoch => BatchesInEpoch;

    public override IReadOnlyDictionary<string, double> Logs => logs;

    public override IReadOnlyList<string> LogNames => names;

    public override int Verbose => 0;

    public override double LearningRate { get; set; } = 0.5;

    public override bool StopRequested => StopReason is not null;

    public override Direction? DirectionOf(string name) => Directions.TryGetValue(name, out var direction) ? direction : null;

    public override void Stop(string reason) => StopReason = reason;

    public override float[] CopyWeights() => [Weight];

    public override void SetWeights(ReadOnlySpan<float> weights) => Weight = weights[0];

    // Keras's own file names end in .keras; this training writes any.
    public override void RequireSavable(string path)
    {
    }

    public override void Save(string path, bool weightsOnly)
    {
        WhileSaving?.Invoke();
        Saved.Add(path);
        SavedWeightsOnly.Add(weightsOnly);
    }

    public override void Warn(string text) => Warnings.Add(text);

    /// <summary>Runs one epoch with these logs; the weight is the epoch's index, as in the parity cases.</summary>
    public void RunEpoch(Callback callback, int index, IReadOnlyDictionary<string, double> values)
    {
        epoch = index;
        Weight = index;
        logs = [];
        callback.OnEpochBegin(this);
        logs = new(values);
        for (batch = 0; batch < BatchesInEpoch; batch++)
        {
            if (callback.WantsBatches) callback.OnBatchEnd(this);
        }

        callback.OnEpochEnd(this);
    }

    /// <summary>Runs epochs, each with one value, until the end or a stop.</summary>
    public void Run(Callback callback, string name, params double[] values)
    {
        callback.OnTrainBegin(this);
        for (var index = 0; index < values.Length && !StopRequested; index++)
            RunEpoch(callback, index, new Dictionary<string, double> { [name] = values[index] });
        callback.OnTrainEnd(this);
    }
}
