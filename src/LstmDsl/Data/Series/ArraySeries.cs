using System.Globalization;

namespace LstmDsl;

/// <summary>Makes series from arrays.</summary>
internal static class ArraySeries
{
    /// <summary>Takes values, (rows, columns), checks them and mends them as chosen.</summary>
    public static TimeSeries Make(double[] values, SeriesColumns columns, DateTime? start, TimeStep? step, string? zone, Missing missing,
        string? unit)
    {
        new SeriesChoices(missing, Gaps.Error, Duplicates.Error).Check();
        CheckColumns(columns.Names);
        if (values.Length == 0) throw new ArgumentException("There are no values; a series has at least one row.", nameof(values));
        var filled = CheckValues(values, columns.Names, missing);
        return new TimeSeries(columns.WithUnit(unit), values, Axis(values.Length / columns.Count, start, step, zone))
        {
            Repairs = new SeriesRepairs(filled, 0, 0),
        };
    }

    /// <summary>Refuses no columns, and names that are null or not unique.</summary>
    public static void CheckColumns(IReadOnlyList<string> columns)
    {
        if (columns.Count == 0) throw new ArgumentException("Name at least one column.", nameof(columns));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in columns)
        {
            if (name is null) throw new ArgumentException("A column's name is null.", nameof(columns));
            if (!seen.Add(name)) throw new ArgumentException($"The column '{name}' is named twice.", nameof(columns));
        }
    }

    private static int CheckValues(double[] values, IReadOnlyList<string> columns, Missing missing)
    {
        var filled = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i])) continue;
            var place = FormattableString.Invariant($"row {i / columns.Count}, column '{columns[i % columns.Count]}'");
            if (double.IsInfinity(values[i]))
            {
                throw new ArgumentException($"{place}: the value is infinite; expected a finite number.", nameof(values));
            }
            if (missing == Missing.Error)
            {
                var more = values.Skip(i + 1).Count(double.IsNaN);
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"{place}: the value is NaN{(more == 0 ? "" : $" (and {more} more after it)")}. "
                    + $"Choose Missing.Hole to leave holes that no window crosses, "
                    + $"or Missing.Forward to repeat the value before."), nameof(values));
            }
            if (missing == Missing.Hole) continue;
            if (i < columns.Count)
            {
                throw new ArgumentException(
                    $"{place}: the first value is NaN, so there is none before it to repeat. Choose Missing.Hole.", nameof(values));
            }
            values[i] = values[i - columns.Count];
            filled++;
        }
        return filled;
    }

    private static TimeAxis Axis(int rows, DateTime? start, TimeStep? step, string? zone)
    {
        if (start is null != step is null)
        {
            throw new ArgumentException(
                "A series has either both start and step or neither; "
                + $"{(start is null ? "the start" : "the step")} is missing.", start is null ? nameof(start) : nameof(step));
        }
        if (start is not { } first || step is null)
        {
            return zone is null ? new(rows) : throw new ArgumentException("A time zone is given, but neither start nor step; give all three.", nameof(zone));
        }

        if (first.Kind == DateTimeKind.Local)
            first = first.ToUniversalTime();
        var axis = TimeAxis.From(rows, first, step, zone ?? (first.Kind == DateTimeKind.Utc ? TimeAxis.Utc : null));
        _ = axis[rows - 1L];
        return axis;
    }
}
