using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>A series as a person would look at it.</summary>
internal static class TimeSeriesText
{
    /// <summary>Some lines, without a last line break.</summary>
    public static string Of(TimeSeries series)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{series.Name}: {Counted.Of(series.Count, "row")}");
        if (series.TimeStep is { } step)
            text.Append(CultureInfo.InvariantCulture, $", step {step}, {Time(series, 0)} to {Time(series, series.Count - 1)}");
        for (var column = 0; column < series.Columns.Count; column++) text.Append("\n  ").Append(ColumnText(series, column));
        if (Mends(series) is { Length: > 0 } mends) text.Append("\n  ").Append(mends);
        return text.ToString();
    }

    /// <summary>A row's time, as a date where that says all.</summary>
    public static string Time(TimeSeries series, long row) => series.TimeAt(row) is { } time
        ? TimeText.Of(time, series.TimeStep!.KeepsMidnight && time.TimeOfDay == TimeSpan.Zero)
        : FormattableString.Invariant($"row {row}");

    /// <summary>A value in a few digits.</summary>
    public static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private static string ColumnText(TimeSeries series, int column)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity, mean = 0;
        var count = 0;
        for (var row = 0; row < series.Count; row++)
        {
            var value = series[row, column];
            if (double.IsNaN(value)) continue;
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
            mean += (value - mean) / ++count;
        }
        var unit = series.Unit is null ? "" : " " + series.Unit;
        return count == 0
            ? $"{series.Columns[column]}: no values"
            : $"{series.Columns[column]}: {Number(minimum)} to {Number(maximum)}, mean {Number(mean)}{unit}";
    }

    private static string Mends(TimeSeries series)
    {
        var parts = new List<string>();
        void Add(int count, string one, string many)
        {
            if (count > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}"));
        }
        Add(series.HoleCount, "hole", "holes");
        Add(series.Repairs.FilledValues, "value filled", "values filled");
        Add(series.Repairs.GapRows, "row of gaps", "rows of gaps");
        Add(series.Repairs.Duplicates, "duplicate replaced", "duplicates replaced");
        return string.Join(", ", parts);
    }
}
