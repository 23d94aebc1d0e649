using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>Windows of a declared forecast over a series: where they lie, what they hold, and the way back from the network's units.</summary>
/// <param name="frame">The series as the network takes it.</param>
/// <param name="pipeline">The way from raw values to windows, the declaration among it.</param>
internal sealed class ForecastRows(ForecastFrame frame, Pipeline pipeline) : IWindowRows
{
    private readonly ForecastPlan plan = pipeline.Forecast!;
    private readonly int[] targetColumns =
        [.. pipeline.Targets.Select(target => frame.Rows.Series.ColumnIndex(target, "series"))];

    /// <summary>The series as the network takes it.</summary>
    public ForecastFrame Frame => frame;

    /// <inheritdoc/>
    public TimeSeries Series => frame.Rows.Series;

    /// <inheritdoc/>
    public Pipeline Pipeline => pipeline;

    /// <inheritdoc/>
    public string? ShapeText => frame.Parts.Views is [var window, var future]
        ? $"{Samples.ShapeOf([window.Timesteps, window.Features])} and, ahead, {Samples.ShapeOf([future.Timesteps, future.Features])}"
        : null;

    /// <inheritdoc/>
    public int LastRow(int start) => start + plan.Window - 1;

    /// <inheritdoc/>
    public int LastTargetRow(int start) => start + frame.Reach;

    /// <inheritdoc/>
    public long TargetRow(int start, int step) => start + frame.FirstStep + step;

    /// <inheritdoc/>
    public int TargetColumn(int target) => targetColumns[target];

    /// <inheritdoc/>
    public double Unscale(int start, int step, int target, double value) => frame.Unscale(target, start, step, value);

    /// <inheritdoc/>
    public BatchSource Latest(FloatRows rows) => throw new InvalidOperationException(
        "What is known of the steps ahead is not part of the series; call the model's own Forecast(series, known).");

    /// <summary>
    /// Each part's windows by their first rows: those of which all steps ahead lie in the part and nothing is missing. And how many reach into
    /// a part, but have steps before it, too.
    /// </summary>
    /// <param name="stride">Rows from one window's start to the next.</param>
    /// <param name="ends">The row after each part's last, rising.</param>
    /// <exception cref="ArgumentException">A part gets no window.</exception>
    public (int[][] Starts, int[] Straddling) Starts(int stride, ReadOnlySpan<int> ends)
    {
        var parts = new List<int>[ends.Length];
        var straddling = new int[ends.Length];
        int part = 0, missing = -1;
        parts[0] = [];
        // Counted in long, since a stride may be as large as an int goes.
        for (var next = 0L; next + frame.Reach < Series.Count; next += stride)
        {
            var start = (int)next;
            while (start + frame.Reach >= ends[part])
                parts[++part] = [];
            if (!frame.IsComplete(start) || !frame.HasTargets(start))
            {
                missing = missing < 0 && frame.Earliest(start) >= 0 ? start : missing;
                continue;
            }

            if (part > 0 && start + frame.FirstStep < ends[part - 1])
                straddling[part]++;
            else
                parts[part].Add(start);
        }

        for (part = 0; part < ends.Length; part++)
        {
            if (parts[part] is not { Count: > 0 })
                throw NoWindow(part, part == 0 ? 0 : ends[part - 1], ends[part], missing, stride);
        }

        return ([.. parts.Select(starts => starts.ToArray())], straddling);
    }

    /// <summary>The windows that begin in some rows, with what came.</summary>
    public BatchSource Source(int[] starts)
    {
        var places = new Places<int>(starts);
        var (targets, targetStarts) = frame.Targets(places);
        return Inputs(starts) with
        {
            Targets = targets,
            TargetStarts = targetStarts,
            TargetLength = plan.Horizon * pipeline.Targets.Count,
            TargetShape = [plan.Horizon, pipeline.Targets.Count],
            TargetSteps = plan.Horizon,
        };
    }

    /// <summary>The windows that begin in some rows.</summary>
    public BatchSource Inputs(int[] starts)
    {
        var parts = frame.Parts;
        var isOne = parts.Views.Length == 1;
        return new()
        {
            Rows = parts.Views[0].Rows,
            Parts = isOne && parts.Scales is null ? null : parts,
            Features = isOne ? parts.Views[0].Features : parts.Length,
            Timesteps = isOne ? plan.Window : 1,
            Starts = new(starts),
        };
    }

    /// <inheritdoc/>
    public void Describe(StringBuilder text, WindowedDataset set)
    {
        var (first, last) = (set.Source.Starts[0], set.Source.Starts[^1]);
        text.Append(CultureInfo.InvariantCulture,
            $"\n  {plan.Window} rows back, {plan.Horizon} ahead{(plan.Lead > 0 ? FormattableString.Invariant($", the first {plan.Lead + 1} after the last known one") : "")}");
        text.Append(CultureInfo.InvariantCulture,
            $"\n  inputs from {TimeSeriesText.Time(Series, first)}, targets {TimeSeriesText.Time(Series, (int)TargetRow(first, 0))} to {TimeSeriesText.Time(Series, LastTargetRow(last))}");
        if (Series.Step is { } step)
            text.Append(CultureInfo.InvariantCulture, $", step {step}");
        if (set.Straddling > 0)
            text.Append(CultureInfo.InvariantCulture, $"\n  {Counted.Of(set.Straddling, "window")} left out: targets in two parts");
        foreach (var column in pipeline.Columns)
            text.Append(CultureInfo.InvariantCulture, $"\n  {column.Name}{TimeSeriesText.UnitText(column.Unit)}: {column.Scaling.Describe()}");
    }

    private ArgumentException NoWindow(int part, int begin, int end, int missing, int stride)
    {
        var name = SeriesWindows.PartNames[part];
        var needed = FormattableString.Invariant(
            $"a window of {plan.Window} rows with {plan.Horizon} steps{(plan.Lead > 0 ? $" after a lead of {plan.Lead}" : "")} takes {frame.Reach + 1} rows");
        if (missing < 0)
        {
            return new(FormattableString.Invariant(
                $"The {name} part has no window: {needed}, of which the {plan.Horizon} steps lie in the part; it has {end - begin} of the series' {Series.Count} rows. ")
                + "Give it more rows, or declare a shorter window or horizon"
                + (stride > 1 ? FormattableString.Invariant($"; windows begin {stride} rows apart, so a smaller sequenceStride may do, too.") : "."));
        }

        return new(FormattableString.Invariant(
            $"The {name} part has no window of which nothing is missing: {needed}; the first that is not whole lacks {frame.FirstMissing(missing) ?? "what comes"}. ")
            + "Fill what is missing where the series is read (missing: Missing.Forward, gaps: Gaps.Forward).");
    }
}
