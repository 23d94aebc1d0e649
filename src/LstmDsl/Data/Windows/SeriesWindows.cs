using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>Windows over the rows of a series: where its columns are that a pipeline names, and where windows and targets lie.</summary>
internal sealed class SeriesWindows : IWindowRows
{
    /// <summary>The names of a split's parts, in order.</summary>
    public static readonly string[] PartNames = ["training", "validation", "test"];

    private readonly int[] columns;
    private readonly ColumnScaling[] scalings;

    /// <summary>Takes a series that has the pipeline's columns.</summary>
    /// <exception cref="ArgumentException">A column is missing.</exception>
    public SeriesWindows(TimeSeries series, Pipeline pipeline)
    {
        Series = series;
        Pipeline = pipeline;
        columns = [.. pipeline.Columns.Select(column => series.ColumnIndex(column.Name, nameof(series)))];
        scalings = [.. pipeline.Columns.Select(column => column.Scaling)];
    }

    /// <summary>The series, in raw units.</summary>
    public TimeSeries Series { get; }

    /// <summary>The way from raw values to windows.</summary>
    public Pipeline Pipeline { get; }

    /// <summary>Rows from a window's first to its target, or to the last of its targets where there are several.</summary>
    public long Reach => ((long)Pipeline.Timesteps - 1 + Pipeline.Horizon + Pipeline.TargetSteps - 1) * Pipeline.SamplingRate;

    /// <summary>Rows from a window's first to the first of its targets.</summary>
    public long FirstTarget => Pipeline.SequenceTargets
        ? (long)Pipeline.Horizon * Pipeline.SamplingRate
        : ((long)Pipeline.Timesteps - 1 + Pipeline.Horizon) * Pipeline.SamplingRate;

    /// <inheritdoc/>
    public int LastRow(int start) => start + (Pipeline.Timesteps - 1) * Pipeline.SamplingRate;

    /// <inheritdoc/>
    public int LastTargetRow(int start) => start + (int)Reach;

    /// <inheritdoc/>
    public long TargetRow(int start, int step) => start + FirstTarget + (long)step * Pipeline.SamplingRate;

    /// <inheritdoc/>
    public double Unscale(int start, int step, int target, double value) => Pipeline.UnscaleTarget(target, value);

    /// <inheritdoc/>
    public void Describe(StringBuilder text, WindowedDataset set) => WindowedDatasetText.AppendSeries(text, set, this);

    /// <inheritdoc/>
    public int TargetColumn(int target) => columns[Pipeline.TargetColumn(target)];

    /// <summary>The series' column that one of the pipeline's is.</summary>
    public int SeriesColumn(int column) => columns[column];

    /// <summary>
    /// Each part's windows by their first rows: those of which all targets lie in the part and that cross no hole. And how many reach into
    /// a part, but have targets before it, too.
    /// </summary>
    /// <param name="stride">Rows from one window's start to the next.</param>
    /// <param name="ends">The row after each part's last, rising.</param>
    public (Places<int>[] Starts, int[] Straddling) Starts(int stride, ReadOnlySpan<int> ends)
    {
        if (Reach >= Series.Count)
            throw new ArgumentException($"{NeedText()}; the series has {Series.Count}. Take fewer timesteps or more data.");
        int[] holes = Holes(columns), straddling = new int[ends.Length];
        var parts = new Places<int>[ends.Length];
        for (var part = 0; part < ends.Length; part++)
        {
            var begin = part == 0 ? 0 : ends[part - 1];
            long first = Multiple(begin - FirstTarget, stride), end = Math.Max(Multiple(ends[part] - Reach, stride), first);
            var straddle = part == 0 ? first : Math.Min(Multiple(begin - Reach, stride), first);
            if (holes.Length == 0)
            {
                straddling[part] = (int)((Math.Min(first, Multiple(ends[part] - Reach, stride)) - straddle) / stride);
                parts[part] = new((int)first, stride, (int)((end - first) / stride));
                continue;
            }

            var starts = new List<int>();
            var hole = 0;
            for (var start = straddle; start + Reach < ends[part]; start += stride)
            {
                while (hole < holes.Length && holes[hole] < start) hole++;
                if (hole < holes.Length && holes[hole] <= start + Reach) continue;
                if (start < first) straddling[part]++;
                else starts.Add((int)start);
            }
            parts[part] = [.. starts];
        }
        var empty = Array.FindIndex(parts, starts => starts.Count == 0);
        if (empty < 0) return (parts, straddling);
        throw new ArgumentException(NoWindow(empty, empty == 0 ? 0 : ends[empty - 1], ends[empty], straddling[empty], holes.Length));
    }

    // The first multiple of the stride that is no less, and not negative.
    private static long Multiple(long least, int stride) => (Math.Max(0, least) + stride - 1) / stride * stride;

    /// <summary>The inputs of all rows in the network's units, (rows, inputs).</summary>
    public FloatRows Rows()
    {
        var inputs = Pipeline.Inputs.Count;
        var rows = new float[Series.Count * inputs];
        for (var row = 0; row < Series.Count; row++)
        {
            for (var input = 0; input < inputs; input++) rows[row * inputs + input] = Scaled(row, input);
        }
        return rows;
    }

    /// <summary>
    /// The target columns of rows in the network's units, in the order of <see cref="TargetPlace"/>; the rows themselves where all inputs are
    /// targets and stay in their order.
    /// </summary>
    public FloatRows TargetRows(FloatRows rows)
    {
        var inOrder = Pipeline.TargetLength == 1 || Pipeline.SamplingRate == 1;
        if (inOrder && Pipeline.Targets.SequenceEqual(Pipeline.Inputs)) return rows;
        int targets = Pipeline.Targets.Count, count = Series.Count;
        var result = new float[count * targets];
        for (var row = 0; row < count; row++)
        {
            var place = TargetPlace(row, count) * targets;
            for (var target = 0; target < targets; target++) result[place + target] = Scaled(row, Pipeline.TargetColumn(target));
        }
        return result;
    }

    /// <summary>Windows that start at some rows.</summary>
    public BatchSource Source(FloatRows rows, FloatRows targetRows, Places<int> starts)
    {
        int targets = Pipeline.Targets.Count, count = Series.Count, first = (int)FirstTarget, length = Pipeline.TargetLength;
        // Without a sampling rate, target rows stand in their order.
        var inOrder = length == 1 || Pipeline.SamplingRate == 1;
        int[] shape = Pipeline.SequenceTargets || length > 1 ? [length, targets] : [targets];
        return Windows(rows, starts) with
        {
            Targets = targetRows,
            TargetStarts = inOrder
                ? starts.Scaled(targets, (long)first * targets)
                : [.. starts.Select(start => (long)TargetPlace(start + first, count) * targets)],
            TargetLength = length * targets,
            TargetShape = shape,
            TargetSteps = Pipeline.TargetSteps,
        };
    }

    /// <summary>The last window, whose target lies behind the series.</summary>
    /// <param name="rows">All rows, as <see cref="Rows"/> gives them.</param>
    /// <exception cref="ArgumentException">The series is too short, or the window crosses a hole.</exception>
    public BatchSource Latest(FloatRows rows) => Windows(rows, [LatestStart()]);

    /// <summary>A series' last window in the network's units, (timesteps, inputs): what a forecast starts from.</summary>
    /// <exception cref="ArgumentException">
    /// The series lacks an input of the pipeline's, its step or unit differ from the pipeline's, it is too short, or the window crosses a
    /// hole.
    /// </exception>
    public static float[] Last(TimeSeries series, Pipeline pipeline)
    {
        if (PipelineDifference.First(pipeline, series, pipeline.Inputs) is { } difference)
        {
            throw new ArgumentException($"The series does not fit the model's pipeline: {difference}.", nameof(series));
        }
        // A forecast reads the inputs alone.
        var windows = new SeriesWindows(series, pipeline.OfInputs());
        int first = windows.LatestStart(), inputs = pipeline.Inputs.Count;
        var window = new float[pipeline.Timesteps * inputs];
        for (var i = 0; i < window.Length; i++)
            window[i] = windows.Scaled(first + i / inputs * pipeline.SamplingRate, i % inputs);
        return window;
    }

    private int LatestStart()
    {
        var first = Series.Count - 1 - ((long)Pipeline.Timesteps - 1) * Pipeline.SamplingRate;
        if (first < 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A window of {Pipeline.Timesteps} timesteps needs {Series.Count - first} rows; "
                + $"the series has {Series.Count}."), "series");
        }
        if (Holes(columns.AsSpan(0, Pipeline.Inputs.Count)) is [.., var hole] && hole >= first)
        {
            throw new ArgumentException(
                $"The series' last window, from {TimeSeriesText.Time(Series, first)}, "
                + $"crosses a hole at {TimeSeriesText.Time(Series, hole)}; "
                + "fill it (Missing.Forward, Gaps.Forward) or end the series before it.", "series");
        }
        return (int)first;
    }

    private BatchSource Windows(FloatRows rows, Places<int> starts) => new()
    {
        Rows = rows,
        Features = Pipeline.Inputs.Count,
        Timesteps = Pipeline.Timesteps,
        SamplingRate = Pipeline.SamplingRate,
        Starts = starts,
    };

    // A column that no window holds may miss what it likes.
    private int[] Holes(ReadOnlySpan<int> used)
    {
        if (used.Length == Series.Columns.Count) return Series.HoleRows;
        var holes = new List<int>();
        foreach (var row in Series.HoleRows)
        {
            foreach (var column in used)
            {
                if (!double.IsNaN(Series[row, column])) continue;
                holes.Add(row);
                break;
            }
        }
        return [.. holes];
    }

    private float Scaled(int row, int column)
    {
        var raw = Series[row, columns[column]];
        var scaling = scalings[column];
        if (raw <= scaling.LeastExcluded) throw ScalingFit.NoLogarithm(Series, row, columns[column], scaling.Kind);
        var scaled = (float)scaling.Apply(raw);
        return float.IsFinite(scaled) || double.IsNaN(raw) ? scaled : throw TooLarge(row, columns[column]);
    }

    /// <summary>
    /// Where a row stands among the target rows, so that a window's targets lie side by side: several that take every r-th row find them
    /// sorted by their remainder to r, in their order within each.
    /// </summary>
    private int TargetPlace(int row, int count)
    {
        if (Pipeline.TargetLength == 1) return row;
        var (quotient, remainder) = Math.DivRem(row, Pipeline.SamplingRate);
        var (full, larger) = Math.DivRem(count, Pipeline.SamplingRate);
        return remainder * full + Math.Min(remainder, larger) + quotient;
    }

    private InvalidDataException TooLarge(int row, int column) => new(string.Create(CultureInfo.InvariantCulture,
        $"{Series.Name}, {TimeSeriesText.Time(Series, row)}, column '{Series.Columns[column]}': "
        + $"{Series[row, column]} is too large for a float in the network's units. Standardise the series, or bring it to another unit."));

    private string NeedText()
    {
        var targets = Pipeline.TargetSteps == 1 ? "target" : FormattableString.Invariant($"{Pipeline.TargetSteps} targets from");
        return string.Create(CultureInfo.InvariantCulture,
            $"A window of {Counted.Of(Pipeline.Timesteps, "timestep")} with its {targets} {Pipeline.Horizon} after the last, "
            + $"at a sampling rate of {Pipeline.SamplingRate}, needs {Reach + 1} rows");
    }

    private string NoWindow(int part, int start, int end, int straddling, int holes)
    {
        var rows = start == end ? "it has no rows" : FormattableString.Invariant($"its rows are {start} to {end - 1}");
        var notInHoles = holes == 0
            ? ""
            : $", and a window crosses no hole ({Counted.Of(holes, "hole")} in the series)";
        var before = straddling == 0
            ? ""
            : $" {Counted.Of(straddling, "window")} ending there {(straddling == 1 ? "has" : "have")} targets before it, too.";
        var (its, first) = Pipeline.TargetLength == 1 ? ("target", "first target") : ("targets", "first window's last target");
        return string.Create(CultureInfo.InvariantCulture,
            $"The {PartNames[part]} part gets no window: {rows}, and a window's {its} must lie in them.{before} "
            + $"{NeedText()}, so the {first} is row {Reach} of {Series.Count}{notInHoles}. "
            + $"Take fewer timesteps, a larger part or more data.");
    }
}
