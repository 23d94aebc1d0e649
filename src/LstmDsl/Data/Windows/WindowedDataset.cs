namespace LstmDsl;

/// <summary>
/// Windows over a series or an array, with their targets, in the network's units. The rows are held once, so that a set of overlapping
/// windows takes the memory of its rows. A set does not change once it is made.
/// </summary>
public class WindowedDataset
{
    /// <summary>Takes windows.</summary>
    internal WindowedDataset(BatchSource source, int? batchSize)
    {
        Source = source;
        BatchSize = batchSize;
        InputShape = [source.Timesteps, source.Features];
    }

    /// <summary>Number of windows.</summary>
    public int Count => Source.Count;

    /// <summary>Number of batches, of which the last may be smaller; the number of windows where there are no batches.</summary>
    public int BatchCount => BatchSize is { } size ? (int)(((long)Count + size - 1) / size) : Count;

    /// <summary>Windows of a batch; null where windows come one by one.</summary>
    public int? BatchSize { get; }

    /// <summary>Whether training takes the windows in a new order each epoch.</summary>
    public bool Shuffle { get; internal init; }

    /// <summary>The order's seed; null where it is the training's.</summary>
    public int? Seed { get; internal init; }

    /// <summary>Shape of one window: (timesteps, features), or (timesteps) of an array without an axis of features.</summary>
    public IReadOnlyList<int> InputShape { get; internal init; }

    /// <summary>Shape of one target, empty for a single number without an axis; null where there are no targets.</summary>
    public IReadOnlyList<int>? TargetShape => Source.Targets is null ? null : Source.TargetShape;

    /// <summary>The way from raw values to these windows; null where they were made from arrays.</summary>
    public Pipeline? Pipeline => Windows?.Pipeline;

    /// <summary>
    /// How many windows end in this part but have targets in the part before, too, so that they belong to neither: with n targets after each
    /// other n − 1 at each border.
    /// </summary>
    public int Straddling { get; internal init; }

    /// <summary>What a person should know, such as a constant column.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>What the set is called in summaries.</summary>
    internal string Name { get; init; } = "windows";

    /// <summary>The windows.</summary>
    internal BatchSource Source { get; }

    /// <summary>How the windows lie in their series; null where they were made from arrays.</summary>
    internal IWindowRows? Windows { get; init; }

    /// <summary>The series that the windows are cut from, in raw units; null where they were made from arrays.</summary>
    internal TimeSeries? Series => Windows?.Series;

    /// <summary>
    /// In the network's units: slides windows over an array, with the arguments and results of Keras's
    /// <c>timeseries_dataset_from_array</c>. Window i starts at row startIndex + i·sequenceStride, and its target is that of its first
    /// row: <c>targets[startIndex + i·sequenceStride]</c>. Where no window fits, the set is empty.
    /// </summary>
    /// <param name="data">The rows, (rows) or (rows, features), copied once.</param>
    /// <param name="targets">The targets by row, of any rank; null for none.</param>
    /// <param name="sequenceLength">Timesteps of a window.</param>
    /// <param name="sequenceStride">Rows from one window's start to the next.</param>
    /// <param name="samplingRate">Rows from one timestep to the next.</param>
    /// <param name="batchSize">Windows of a batch; null for windows one by one.</param>
    /// <param name="shuffle">Whether training takes the windows in a new order each epoch.</param>
    /// <param name="seed">The order's seed; by default that of the training.</param>
    /// <param name="startIndex">Rows before this one are not used.</param>
    /// <param name="endIndex">This row and those after it are not used; less than the number of rows.</param>
    /// <exception cref="ArgumentException">
    /// A number is out of its range, targets run out, or a value is not finite; the message says which.
    /// </exception>
    public static WindowedDataset FromArrays(Samples data, Samples? targets, int sequenceLength, int sequenceStride = 1, int samplingRate = 1,
        int? batchSize = 128, bool shuffle = false, int? seed = null, int? startIndex = null, int? endIndex = null)
    {
        ArrayWindows.Check(data, sequenceLength, sequenceStride, samplingRate, startIndex, endIndex);
        if (batchSize is { } size) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(batchSize));
        if (targets is { Rank: 0 }) targets = null;
        var source = ArrayWindows.Slide(data, targets, sequenceLength, sequenceStride, samplingRate, startIndex ?? 0, endIndex ?? data.Count);
        return new WindowedDataset(source, batchSize)
        {
            Shuffle = shuffle,
            Seed = seed,
            InputShape = data.Rank == 1 ? [sequenceLength] : [sequenceLength, data.Shape[1]],
        };
    }

    /// <summary>
    /// In the network's units: windows over rows of a file in NumPy's <c>.npy</c> format (see <see cref="NpyFile"/>), which is mapped and not
    /// read into memory, so that it may be larger than that. A window that starts at row s has its target at row
    /// s + (timesteps − 1 + horizon)·samplingRate, and at the next ones where there are <paramref name="targetSteps"/>.
    /// </summary>
    /// <param name="path">The file: (rows, columns) of 32-bit floats, all columns inputs. It may not change while the set is in use.</param>
    /// <param name="timesteps">Timesteps of a window.</param>
    /// <param name="horizon">Timesteps from a window's last to its (first) target.</param>
    /// <param name="batchSize">Windows of a batch.</param>
    /// <param name="sequenceStride">Rows from one window's start to the next, counted from the file's first row.</param>
    /// <param name="samplingRate">Rows from one timestep to the next.</param>
    /// <param name="shuffle">
    /// Whether training takes the windows in a new order each epoch: where the file is larger than memory, that reads it in pieces as small as
    /// a window.
    /// </param>
    /// <param name="seed">The order's seed; by default that of the training.</param>
    /// <param name="rows">The part in which all targets lie, such as <c>..700_000</c>; inputs may reach back across its border. By default all.</param>
    /// <param name="targets">The target columns, which lie side by side; by default all.</param>
    /// <param name="targetSteps">How many steps are forecast at once; several only of all columns, and row by row.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive, or a row or a column is not there.</exception>
    /// <exception cref="ArgumentException">No window fits, or targets do not lie side by side.</exception>
    /// <exception cref="InvalidDataException">The file holds no rows of floats; the message says what was found.</exception>
    public static WindowedDataset FromFile(string path, int timesteps, int horizon = 1, int batchSize = 128, int sequenceStride = 1,
        int samplingRate = 1, bool shuffle = false, int? seed = null, Range? rows = null, IReadOnlyList<int>? targets = null, int targetSteps = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timesteps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sequenceStride);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplingRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targetSteps);
        var source = FileWindows.Slide(path, rows, timesteps, horizon, sequenceStride, samplingRate, targets, targetSteps);
        return new WindowedDataset(source, batchSize) { Name = Path.GetFileName(path), Shuffle = shuffle, Seed = seed };
    }

    /// <summary>
    /// In the network's units: copies of the batches, in order, never shuffled: inputs (windows, timesteps, features) and targets, if
    /// there are any, (windows, …). Without a batch size each window comes alone, without the first axis.
    /// </summary>
    public IEnumerable<(Samples Inputs, Samples? Targets)> Batches()
    {
        var size = BatchSize ?? 1;
        for (var start = 0; start < Count; start += size)
        {
            var count = Math.Min(size, Count - start);
            yield return (CopyInputs(start, count), Source.Targets is null ? default(Samples?) : CopyTargets(start, count));
            if (Count - start <= size) yield break;
        }
    }

    /// <summary>
    /// What a person would look at: shapes, windows, batches, range, first and last times, the first window with its target.
    /// </summary>
    public override string ToString() => WindowedDatasetText.Of(this);

    /// <summary>
    /// The last window of the series, without a target: what <c>Predict</c> tells the future from. It is the same whichever part is asked.
    /// </summary>
    /// <exception cref="InvalidOperationException">The windows were made from arrays.</exception>
    /// <exception cref="ArgumentException">The window crosses a hole; the message says where, and how to mend it.</exception>
    public WindowedDataset Latest()
    {
        if (Windows is null)
        {
            throw new InvalidOperationException(
                "The windows were made from arrays, which do not say what their last one is; make them with Split(…).Windows(…).");
        }
        return new WindowedDataset(Windows.Latest(Source.Rows), BatchSize) { Name = "latest", Windows = Windows };
    }

    /// <summary>The row of the series that a window's target is, or the last of its targets; only where there is a series.</summary>
    internal int TargetRow(int window) => Windows!.LastTargetRow(Source.Starts[window]);

    /// <summary>The row of the series that a window's target at a step is; only where there is a series.</summary>
    internal long TargetRow(int window, int step) => Windows!.TargetRow(Source.Starts[window], step);

    /// <summary>The time of a window's last target; null where rows have no times.</summary>
    internal DateTimeOffset? TargetTime(int window) => Series?.TimeAt(TargetRow(window));

    /// <summary>The time of a window's target at a step, where there are several; null where rows have no times.</summary>
    internal DateTimeOffset? TargetTime(int window, int step) => Series?.TimeAt(TargetRow(window, step));

    /// <summary>A window's last target in raw units; only where there is a series.</summary>
    internal double RawTarget(int window, int target) => Series![TargetRow(window), Windows!.TargetColumn(target)];

    /// <summary>A window's target at a step in raw units; only where there is a series.</summary>
    internal double RawTarget(int window, int target, int step) => Series![(int)TargetRow(window, step), Windows!.TargetColumn(target)];

    /// <summary>A network's value for a window's target at a step as a raw one; only where there is a series.</summary>
    internal double Unscale(int window, int step, int target, double value) => Windows!.Unscale(Source.Starts[window], step, target, value);

    /// <summary>What "the same as last" forecasts for a window, in raw units: its last row's value; only where there is a series.</summary>
    internal double NaiveForecast(int window, int target) =>
        Series![Windows!.LastRow(Source.Starts[window]), Windows.TargetColumn(target)];

    private Samples CopyInputs(int start, int count)
    {
        var length = Source.Timesteps * Source.Features;
        var values = new float[count * length];
        for (var window = 0; window < count; window++) Source.Copy(start + window, values.AsSpan(window * length));
        return Samples.Of(values, BatchSize is null ? [.. InputShape] : [count, .. InputShape]);
    }

    private Samples CopyTargets(int start, int count)
    {
        var length = Source.TargetLength;
        var values = new float[count * length];
        for (var i = 0; i < count; i++) Source.Targets!.Slice(Source.TargetStarts[start + i], length).CopyTo(values.AsSpan(i * length));
        var alone = BatchSize is null && Source.TargetShape.Length > 0;
        return Samples.Of(values, alone ? Source.TargetShape : [count, .. Source.TargetShape]);
    }
}
