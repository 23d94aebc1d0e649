using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>A set of windows as a person would look at it.</summary>
internal static class WindowedDatasetText
{
    private const int MostRows = 6, MostColumns = 4;

    /// <summary>Some lines, without a last line break.</summary>
    public static string Of(WindowedDataset set)
    {
        var text = new StringBuilder();
        var targets = set.TargetShape is { } shape ? $" with targets {Samples.ShapeOf(shape)}" : "";
        text.Append(CultureInfo.InvariantCulture, $"{set.Name}: {set.Count:N0} windows of {set.Windows?.ShapeText ?? Samples.ShapeOf(set.InputShape)}{targets}");
        if (set.BatchSize is { } size) text.Append(CultureInfo.InvariantCulture, $", {set.BatchCount:N0} batches of {size}");
        if (set.Shuffle) text.Append(", shuffled");
        if (set is { Shuffle: true, Seed: { } seed }) text.Append(CultureInfo.InvariantCulture, $" with seed {seed}");
        if (set.Count == 0) return text.ToString();
        if (set.Windows is { } windows) windows.Describe(text, set);
        else AppendArrays(text, set.Source);
        return text.ToString();
    }

    /// <summary>Adds what a person would look at of windows over a series.</summary>
    public static void AppendSeries(StringBuilder text, WindowedDataset set, SeriesWindows windows)
    {
        var (series, pipeline, hasTargets) = (windows.Series, windows.Pipeline, set.TargetShape is not null);
        var first = set.Source.Starts[0];
        var end = set.Source.Starts[^1] + (pipeline.Timesteps - 1) * pipeline.SamplingRate;
        long last = hasTargets ? set.TargetRow(set.Count - 1) : end, firstTarget = set.TargetRow(0, 0);
        var span = hasTargets
            ? $"targets {TimeSeriesText.Time(series, firstTarget)} to {TimeSeriesText.Time(series, last)}"
            : $"to {TimeSeriesText.Time(series, end)}";
        text.Append(CultureInfo.InvariantCulture, $"\n  inputs from {TimeSeriesText.Time(series, first)}{(hasTargets ? ", " : " ")}{span}");
        if (series.Step is { } step) text.Append(CultureInfo.InvariantCulture, $", step {step}");
        text.Append(CultureInfo.InvariantCulture, $", sampling rate {pipeline.SamplingRate}, horizon {pipeline.Horizon}");
        if (set.Straddling > 0) text.Append(CultureInfo.InvariantCulture, $"\n  {Counted.Of(set.Straddling, "window")} left out: targets in two parts");
        for (var column = 0; column < pipeline.Columns.Count; column++)
        {
            var (place, own) = (windows.SeriesColumn(column), pipeline.Columns[column]);
            var (minimum, maximum) = Extent(row => series[(int)row, place], first, last);
            text.Append(CultureInfo.InvariantCulture,
                $"\n  {own.Name}: {TimeSeriesText.Number(minimum)} to {TimeSeriesText.Number(maximum)}{TimeSeriesText.UnitText(own.Unit)}");
            if (!own.IsInput) text.Append(", target only");
            if (pipeline.Scales) text.Append("; ").Append(own.Scaling.Describe());
        }
        double Value(int row, int column) => series[row, windows.SeriesColumn(column)];
        double Target(int row, int target) => series[row, windows.TargetColumn(target)];
        var window = Window(first, pipeline.Timesteps, pipeline.SamplingRate, pipeline.Inputs.Count, Value);
        text.Append("\n  first window: ").Append(window);
        if (!hasTargets) return;
        var targets = Window((int)firstTarget, pipeline.TargetLength, pipeline.SamplingRate, pipeline.Targets.Count, Target);
        var when = (set.TargetShape!.Count > 1 ? "to " : "at ") + TimeSeriesText.Time(series, set.TargetRow(0));
        text.Append(CultureInfo.InvariantCulture, $" → {targets}{TimeSeriesText.UnitText(ColumnUnits.Same(pipeline.TargetUnits))} {when}");
    }

    private static void AppendArrays(StringBuilder text, BatchSource source)
    {
        var end = source.Starts[^1] + (source.Timesteps - 1) * source.SamplingRate;
        var (minimum, maximum) = Extent(i => source.Rows[i], (long)source.Starts[0] * source.Features, (end + 1L) * source.Features - 1);
        text.Append(CultureInfo.InvariantCulture,
            $"\n  rows {source.Starts[0]} to {end}, {TimeSeriesText.Number(minimum)} to {TimeSeriesText.Number(maximum)}, "
            + $"sampling rate {source.SamplingRate}");
        double Value(int row, int column) => source.Rows[(long)row * source.Features + column];
        text.Append("\n  first window: ").Append(Window(source.Starts[0], source.Timesteps, source.SamplingRate, source.Features, Value));
        if (source.Targets is not { } targets) return;
        double[] target = [.. targets.Slice(source.TargetStarts[0], source.TargetLength).ToArray()];
        text.Append(" → ").Append(Row(target));
    }

    private static string Window(int first, int timesteps, int rate, int columns, Func<int, int, double> value)
    {
        string At(int timestep) => Row([.. Enumerable.Range(0, columns).Select(column => value(first + timestep * rate, column))]);
        var all = Enumerable.Range(0, timesteps);
        return timesteps <= MostRows
            ? string.Join(' ', all.Select(At))
            : string.Join(' ', [.. all.Take(MostRows / 2).Select(At), "…", .. all.TakeLast(MostRows / 2).Select(At)]);
    }

    private static string Row(double[] values)
    {
        if (values.Length == 1) return TimeSeriesText.Number(values[0]);
        var shown = string.Join(", ", values.Take(MostColumns).Select(TimeSeriesText.Number));
        return values.Length > MostColumns ? $"({shown}, …)" : $"({shown})";
    }

    // Of the values that are there: a hole between two windows has none.
    private static (double Minimum, double Maximum) Extent(Func<long, double> value, long first, long last)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        for (var i = first; i <= last; i++)
        {
            if (double.IsNaN(value(i))) continue;
            minimum = Math.Min(minimum, value(i));
            maximum = Math.Max(maximum, value(i));
        }
        return (minimum, maximum);
    }
}
