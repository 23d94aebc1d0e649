namespace LstmDsl;

/// <summary>
/// What a training run produced, epoch by epoch, in the network's units. Epochs are indices from 0, as in Keras; what is printed and drawn
/// for people counts them from 1.
/// </summary>
public sealed class History
{
    private readonly List<int> epochs = [];
    private readonly List<TimeSpan> durations = [];
    private readonly List<string> warnings = [];
    private readonly HashSet<string> ofThisMachine = [];
    private readonly Dictionary<string, HistoryColumn> columns = [];
    private string[] names = [];

    internal History()
    {
    }

    /// <summary>The names of the values, in the order of the logs: <c>loss</c>, the metrics, then the same with <c>val_</c>.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Indices of the epochs that ran to their end, from 0 (from <c>initialEpoch</c> in a run that goes on).</summary>
    public IReadOnlyList<int> Epochs => epochs;

    /// <summary>
    /// How long each of <see cref="Epochs"/> took, validation included; zero for those that a checkpoint brought, which holds no times.
    /// </summary>
    public IReadOnlyList<TimeSpan> Durations => durations;

    /// <summary>Who stopped the run and why; null where it ran to its end.</summary>
    public string? StoppedBy { get; internal set; }

    /// <summary>The warnings of the run, each once.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>
    /// The values of a name, one for each of <see cref="EpochsOf"/>; fewer than <see cref="Epochs"/> where not every epoch was validated.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="KeyNotFoundException">The run did not produce it; the message lists what it produced.</exception>
    public IReadOnlyList<double> this[Monitored name] => Column(name).Values;

    /// <summary>Indices of the epochs that have a value of that name, from 0.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="KeyNotFoundException">The run did not produce it; the message lists what it produced.</exception>
    public IReadOnlyList<int> EpochsOf(Monitored name) => Column(name).Epochs;

    /// <summary>Index of the epoch with the best value of a name, from 0; the first of equals; null where no epoch has a number.</summary>
    /// <param name="name">One of <see cref="Names"/>. Losses are best where smallest, metrics by their own direction.</param>
    /// <exception cref="KeyNotFoundException">The run did not produce it; the message lists what it produced.</exception>
    public int? BestEpoch(Monitored name)
    {
        var column = Column(name);
        return column.BestIndex is { } index ? column.Epochs[index] : null;
    }

    /// <summary>The best value of a name; null where no epoch has a number.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="KeyNotFoundException">The run did not produce it; the message lists what it produced.</exception>
    public double? Best(Monitored name)
    {
        var column = Column(name);
        return column.BestIndex is { } index ? column.Values[index] : null;
    }

    /// <summary>
    /// Writes a CSV file: the column <c>epoch</c> (from 0), then a column a name; <c>NA</c> where an epoch has no value. Numbers read back
    /// as they were. An existing file is replaced as a whole.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveCsv(string path) => AtomicFile.Write(path, stream => HistoryFiles.WriteCsv(this, stream));

    /// <summary>
    /// Writes a JSON file: <c>epochs</c> (from 0), <c>seconds</c>, <c>history</c> (an array a name, null where an epoch has no value, the
    /// texts "NaN", "Infinity" and "-Infinity" for what JSON lacks), <c>stopped_by</c>, <c>warnings</c>. An existing file is replaced as a
    /// whole.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveJson(string path) => AtomicFile.Write(path, stream => HistoryFiles.WriteJson(this, stream));

    /// <summary>
    /// Draws a value over the epochs as an SVG picture, beside its validation value where there is one, and marks the best epoch.
    /// </summary>
    /// <param name="path">The file, named <c>.svg</c>; its folder must exist.</param>
    /// <param name="name">What to draw, without <c>val_</c>; the loss where it is not given.</param>
    /// <exception cref="ArgumentException">The path does not end in <c>.svg</c>.</exception>
    /// <exception cref="KeyNotFoundException">The run did not produce the value; the message lists what it produced.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveChart(string path, Monitored? name = null) => HistoryChart.Draw(this, name ?? Monitored.Loss).Save(path);

    /// <summary>A table of the epochs; of a long run the first and the last.</summary>
    public override string ToString() => HistoryTable.Format(this);

    /// <summary>Sets the names and which way they improve; called once, before the first epoch.</summary>
    internal void Begin(IReadOnlyList<string> logNames, Func<string, Direction?>? directionOf = null)
    {
        names = [.. logNames];
        columns.Clear();
        foreach (var name in names) columns.Add(name, new(directionOf?.Invoke(name) ?? Direction.Minimize));
    }

    /// <summary>Adds an epoch that ran to its end.</summary>
    internal void Add(int epoch, IReadOnlyDictionary<string, double> logs, TimeSpan duration)
    {
        foreach (var (name, value) in logs) Column(name).Add(epoch, value);
        epochs.Add(epoch);
        durations.Add(duration);
    }

    /// <summary>What a checkpoint keeps.</summary>
    internal RunRecord ToRecord() => new(
        [.. epochs],
        names.ToDictionary(name => name, name => epochs.Select(epoch => ValueAt(name, epoch)).ToArray()),
        [.. warnings.Where(warning => !ofThisMachine.Contains(warning))]);

    /// <summary>Goes on with epochs that a checkpoint kept; its names are those of this run.</summary>
    internal void Restore(RunRecord record)
    {
        for (var index = 0; index < record.Epochs.Count; index++)
        {
            var logs = new Dictionary<string, double>();
            foreach (var (name, values) in record.Values)
            {
                if (values[index] is { } value)
                    logs.Add(name, value);
            }

            Add(record.Epochs[index], logs, TimeSpan.Zero);
        }

        foreach (var warning in record.Warnings)
            Warn(warning);
    }

    /// <summary>The values of the last epoch.</summary>
    internal IEnumerable<(string Name, double Value)> LastEpoch()
    {
        foreach (var name in names)
        {
            if (ValueAt(name, epochs[^1]) is { } value)
                yield return (name, value);
        }
    }

    /// <summary>Adds a warning; false where it is there already, so that it need not be printed again.</summary>
    /// <param name="text">One line.</param>
    /// <param name="isOfThisMachine">Whether it tells of a machine rather than of the run, so that no checkpoint keeps it.</param>
    internal bool Warn(string text, bool isOfThisMachine = false)
    {
        if (warnings.Contains(text)) return false;
        warnings.Add(text);
        if (isOfThisMachine) ofThisMachine.Add(text);
        return true;
    }

    /// <summary>The value of a name in an epoch; null where that epoch has none.</summary>
    internal double? ValueAt(string name, int epoch) => columns[name].ValueAt(epoch);

    private HistoryColumn Column(Monitored name) => columns.TryGetValue(name.Name ?? "", out var column)
        ? column
        : throw new KeyNotFoundException($"The history holds no \"{name.Name}\". It holds: {string.Join(", ", names)}.");
}
