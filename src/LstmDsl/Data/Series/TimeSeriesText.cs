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
        if (series.Start is not null)
        {
            var step = series.Step is { } words ? $"step {words}" : "no equal step";
            text.Append(CultureInfo.InvariantCulture, $", {step}, {Time(series, 0)} to {Time(series, series.Count - 1)}");
        }

        if (series.Zone is { } zone and not TimeAxis.Utc)
            text.Append(CultureInfo.InvariantCulture, $", zone {zone}");
        for (int column = 0; column < series.Columns.Count; column++) text.Append("\n  ").Append(ColumnText(series, column));
        if (Mends(series) is { Length: > 0 } mends) text.Append("\n  ").Append(mends);
        if (series.Source?.ReadAs is { } form)
            text.Append("\n  read as ").Append(form);
        return text.ToString();
    }

    /// <summary>A row's time, as a date where that says all.</summary>
    public static string Time(TimeSeries series, long row) => series.TimeAt(row) is { } time
        ? TimeText.Of(time, series.Zone, series.Axis.Step is { KeepsMidnight: true } && time.TimeOfDay == TimeSpan.Zero)
        : FormattableString.Invariant($"row {row}");

    /// <summary>A value in a few digits.</summary>
    public static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>A unit behind a number.</summary>
    public static string UnitText(string? unit) => unit is null ? "" : " " + unit;

    private static string ColumnText(TimeSeries series, int column)
    {
        if (series.Categories(series.Columns[column]) is { Count: > 0 } words)
            return CategoryText(series.Columns[column], words);
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity, mean = 0;
        int count = 0;
        for (int row = 0; row < series.Count; row++)
        {
            double value = series[row, column];
            if (double.IsNaN(value)) continue;
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
            mean += (value - mean) / ++count;
        }
        var unit = UnitText(series.DescribedColumns[column].Unit);
        return count == 0
            ? $"{series.Columns[column]}: no values"
            : $"{series.Columns[column]}: {Number(minimum)} to {Number(maximum)}, mean {Number(mean)}{unit}";
    }

    private static string CategoryText(string column, IReadOnlyList<string> words)
    {
        const int Most = 12;
        var numbered = words.Take(Most).Select((word, number) => string.Create(CultureInfo.InvariantCulture, $"{number} {Excerpt.Of(word)}"));
        var listed = string.Join(", ", numbered);
        return words.Count > Most
            ? string.Create(CultureInfo.InvariantCulture, $"{column}: {listed} and {words.Count - Most:N0} more")
            : $"{column}: {listed}";
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
        Add(series.Repairs.ClosedGaps, "gap closed", "gaps closed");
        Add(series.Repairs.PartialSteps, "partial step left out", "partial steps left out");
        return string.Join(", ", parts);
    }
}
