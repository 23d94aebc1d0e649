namespace LstmDsl;

/// <summary>Makes series from items with selectors.</summary>
internal static class ItemSeries
{
    /// <summary>Takes items by rising time; messages name them by their index.</summary>
    public static TimeSeries Read<T>(IEnumerable<T> items, Func<T, DateTime> time,
        IReadOnlyList<(string Name, Func<T, double> Value)> columns, SeriesChoices choices, string? unit)
    {
        choices.Check();
        string[] names = [.. columns.Select(column => column.Name)];
        ArraySeries.CheckColumns(names);
        var origin = new SeriesOrigin("items", "item", "time", [.. names.Select(name => $"'{name}'")], names);
        var builder = new SeriesBuilder(origin, choices);
        var row = new double[names.Length];
        var index = 0;
        foreach (var item in items)
        {
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = columns[i].Value(item);
                if (double.IsInfinity(row[i]))
                {
                    throw origin.ValueError(index, i, "the value is infinite; expected a finite number, or NaN where it is missing");
                }
            }
            builder.Add(index++, time(item), row);
        }
        return builder.Build(names, unit);
    }
}
