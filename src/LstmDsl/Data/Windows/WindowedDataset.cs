namespace LstmDsl;

/// <summary>
/// Windows over a series or an array, with their targets, in the network's units. The rows are held once, so that a set of overlapping
/// windows takes the memory of its rows. A set does not change once it is made.
/// </summary>
public sealed class WindowedDataset
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
    public Pipeline? Pipeline { get; internal init; }

    /// <summary>What a person should know, such as a constant column.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>What the set is called in summaries.</summary>
    internal string Name { get; init; } = "windows";

    /// <summary>The windows.</summary>
    internal BatchSource Source { get; }

    /// <summary>The series that the windows are cut from, in raw units; null where they were made from arrays.</summary>
    internal TimeSeries? Series { get; init; }

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

    /// <summary>The row of the series that a window's target is, or the last of its targets; only where there is a series.</summary>
    internal int TargetRow(int window) => Source.Starts[window] + (int)SeriesWindows.Reach(Pipeline!);

    /// <summary>The time of a window's last target; null where rows have no times.</summary>
    internal DateTimeOffset? TargetTime(int window) => Series?.TimeAt(TargetRow(window));

    /// <summary>The time of a window's target at a timestep, where targets are sequences; null where rows have no times.</summary>
    internal DateTimeOffset? TargetTime(int window, int timestep) =>
        Series?.TimeAt((long)Source.Starts[window] + SeriesWindows.FirstTarget(Pipeline!) + (long)timestep * Source.SamplingRate);

    /// <summary>A window's last target in raw units; only where there is a series.</summary>
    internal double RawTarget(int window, int target) => Series![TargetRow(window), Pipeline!.TargetColumn(target)];

    /// <summary>What "the same as last" forecasts for a window, in raw units: its last row's value; only where there is a series.</summary>
    internal double NaiveForecast(int window, int target) =>
        Series![Source.Starts[window] + (Source.Timesteps - 1) * Source.SamplingRate, Pipeline!.TargetColumn(target)];

    private Samples CopyInputs(int start, int count)
    {
        int features = Source.Features, length = Source.Timesteps * features;
        var values = new float[count * length];
        for (var i = 0; i < count * Source.Timesteps; i++)
        {
            var (window, timestep) = Math.DivRem(i, Source.Timesteps);
            var row = Source.Starts[start + window] + timestep * Source.SamplingRate;
            Source.Rows.AsSpan(row * features, features).CopyTo(values.AsSpan(i * features));
        }
        return Samples.Of(values, BatchSize is null ? [.. InputShape] : [count, .. InputShape]);
    }

    private Samples CopyTargets(int start, int count)
    {
        var length = Source.TargetLength;
        var values = new float[count * length];
        for (var i = 0; i < count; i++) Source.Targets.AsSpan(Source.TargetStarts[start + i], length).CopyTo(values.AsSpan(i * length));
        var alone = BatchSize is null && Source.TargetShape.Length > 0;
        return Samples.Of(values, alone ? Source.TargetShape : [count, .. Source.TargetShape]);
    }
}
