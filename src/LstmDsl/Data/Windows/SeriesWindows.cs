using System.Globalization;

namespace LstmDsl;

/// <summary>Windows over the rows of a series.</summary>
internal static class SeriesWindows
{
    /// <summary>The names of a split's parts, in order.</summary>
    public static readonly string[] PartNames = ["training", "validation", "test"];

    /// <summary>Rows from a window's first to its target, or to the last of its targets where they are a sequence.</summary>
    public static long Reach(Pipeline pipeline) => ((long)pipeline.Timesteps - 1 + pipeline.Horizon) * pipeline.SamplingRate;

    /// <summary>Each part's windows by their first rows: those whose last target lies in the part and that cross no hole.</summary>
    /// <param name="series">The series.</param>
    /// <param name="pipeline">The windows' sizes.</param>
    /// <param name="stride">Rows from one window's start to the next.</param>
    /// <param name="ends">The row after each part's last, rising.</param>
    public static int[][] Starts(TimeSeries series, Pipeline pipeline, int stride, ReadOnlySpan<int> ends)
    {
        var reach = Reach(pipeline);
        if (reach >= series.Count)
        {
            throw new ArgumentException($"{NeedText(pipeline)}; the series has {series.Count}. Take fewer timesteps or more data.");
        }
        var parts = new int[ends.Length][];
        var start = 0L;
        var hole = 0;
        for (var part = 0; part < ends.Length; part++)
        {
            var starts = new List<int>();
            for (; start + reach < ends[part]; start += stride)
            {
                while (hole < series.HoleRows.Length && series.HoleRows[hole] < start) hole++;
                var crosses = hole < series.HoleRows.Length && series.HoleRows[hole] <= start + reach;
                if (!crosses) starts.Add((int)start);
            }
            parts[part] = [.. starts];
        }
        var empty = Array.FindIndex(parts, starts => starts.Length == 0);
        if (empty < 0) return parts;
        throw new ArgumentException(NoWindow(series, pipeline, empty, empty == 0 ? 0 : ends[empty - 1], ends[empty]));
    }

    /// <summary>All rows in the network's units, (rows, columns).</summary>
    public static float[] Scale(TimeSeries series, Pipeline pipeline)
    {
        var values = series.Values;
        var columns = series.Columns.Count;
        var rows = new float[values.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = (float)pipeline.Scale(i % columns, values[i]);
            if (!float.IsFinite(rows[i]) && !double.IsNaN(values[i])) throw TooLarge(series, i / columns, i % columns);
        }
        return rows;
    }

    /// <summary>
    /// The target columns of rows in the network's units, in the order of <see cref="TargetPlace"/>; the rows themselves where all are
    /// targets and stay in their order.
    /// </summary>
    public static float[] TargetRows(float[] rows, Pipeline pipeline)
    {
        int columns = pipeline.Columns.Count, targets = pipeline.Targets.Count, count = rows.Length / columns;
        var inOrder = !pipeline.SequenceTargets || pipeline.SamplingRate == 1;
        if (inOrder && pipeline.Targets.SequenceEqual(pipeline.Columns)) return rows;
        var result = new float[count * targets];
        for (var i = 0; i < result.Length; i++)
        {
            var (row, target) = Math.DivRem(i, targets);
            result[TargetPlace(row, count, pipeline) * targets + target] = rows[row * columns + pipeline.TargetColumn(target)];
        }
        return result;
    }

    /// <summary>The windows of a part.</summary>
    public static BatchSource Source(float[] rows, float[] targetRows, int[] starts, Pipeline pipeline)
    {
        int targets = pipeline.Targets.Count, count = targetRows.Length / targets, first = FirstTarget(pipeline);
        int[] shape = pipeline.SequenceTargets ? [pipeline.Timesteps, targets] : [targets];
        return new BatchSource
        {
            Rows = rows,
            Features = pipeline.Columns.Count,
            Timesteps = pipeline.Timesteps,
            SamplingRate = pipeline.SamplingRate,
            Starts = starts,
            Targets = targetRows,
            TargetStarts = [.. starts.Select(start => TargetPlace(start + first, count, pipeline) * targets)],
            TargetLength = shape.Aggregate((length, size) => length * size),
            TargetShape = shape,
        };
    }

    /// <summary>A series' last window in the network's units, (timesteps, columns): what a forecast starts from.</summary>
    /// <exception cref="ArgumentException">
    /// The series' columns, step or unit differ from the pipeline's, it is too short, or the window crosses a hole.
    /// </exception>
    public static float[] Last(TimeSeries series, Pipeline pipeline)
    {
        if (PipelineDifference.First(pipeline, series) is { } difference)
        {
            throw new ArgumentException($"The series does not fit the model's pipeline: {difference}.", nameof(series));
        }
        var first = series.Count - 1 - ((long)pipeline.Timesteps - 1) * pipeline.SamplingRate;
        if (first < 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A window of {pipeline.Timesteps} timesteps needs {series.Count - first} rows; "
                + $"the series has {series.Count}."), nameof(series));
        }
        if (series.HoleRows is [.., var hole] && hole >= first)
        {
            throw new ArgumentException(
                $"The series' last window, from {TimeSeriesText.Time(series, first)}, "
                + $"crosses a hole at {TimeSeriesText.Time(series, hole)}; "
                + "fill it (Missing.Forward, Gaps.Forward) or end the series before it.", nameof(series));
        }
        var columns = series.Columns.Count;
        var window = new float[pipeline.Timesteps * columns];
        for (var i = 0; i < window.Length; i++)
        {
            int row = (int)first + i / columns * pipeline.SamplingRate, column = i % columns;
            window[i] = (float)pipeline.Scale(column, series[row, column]);
            if (!float.IsFinite(window[i])) throw TooLarge(series, row, column);
        }
        return window;
    }

    /// <summary>Rows from a window's first to the first of its targets.</summary>
    public static int FirstTarget(Pipeline pipeline) =>
        pipeline.SequenceTargets ? pipeline.Horizon * pipeline.SamplingRate : (int)Reach(pipeline);

    /// <summary>
    /// Where a row stands among the target rows, so that a window's targets lie side by side: sequences that take every r-th row find them
    /// sorted by their remainder to r, in their order within each.
    /// </summary>
    private static int TargetPlace(int row, int count, Pipeline pipeline)
    {
        if (!pipeline.SequenceTargets) return row;
        var (quotient, remainder) = Math.DivRem(row, pipeline.SamplingRate);
        var (full, larger) = Math.DivRem(count, pipeline.SamplingRate);
        return remainder * full + Math.Min(remainder, larger) + quotient;
    }

    private static InvalidDataException TooLarge(TimeSeries series, int row, int column) => new(string.Create(CultureInfo.InvariantCulture,
        $"{series.Name}, {TimeSeriesText.Time(series, row)}, column '{series.Columns[column]}': "
        + $"{series[row, column]} is too large for a float in the network's units. Standardise the series, or bring it to another unit."));

    private static string NeedText(Pipeline pipeline) => string.Create(CultureInfo.InvariantCulture,
        $"A window of {Counted.Of(pipeline.Timesteps, "timestep")} with its target {pipeline.Horizon} after the last, "
        + $"at a sampling rate of {pipeline.SamplingRate}, needs {Reach(pipeline) + 1} rows");

    private static string NoWindow(TimeSeries series, Pipeline pipeline, int part, int start, int end)
    {
        var rows = start == end ? "it has no rows" : FormattableString.Invariant($"its rows are {start} to {end - 1}");
        var holes = series.HoleCount == 0
            ? ""
            : $", and a window crosses no hole ({Counted.Of(series.HoleCount, "hole")} in the series)";
        return string.Create(CultureInfo.InvariantCulture,
            $"The {PartNames[part]} part gets no window: {rows}, and a window's target must lie in them. "
            + $"{NeedText(pipeline)}, so the first target is row {Reach(pipeline)} of {series.Count}{holes}. "
            + $"Take fewer timesteps, a larger part or more data.");
    }
}
