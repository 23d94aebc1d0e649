namespace LstmDsl;

/// <summary>Makes series from items with selectors; messages name items by their index.</summary>
/// <typeparam name="T">The item.</typeparam>
internal sealed class ItemSeries<T>
{
    private readonly Func<T, ItemTime> time;
    private readonly Func<T, double>[] values;
    private readonly SeriesColumns columns;
    private readonly SeriesOrigin origin;
    private readonly SeriesBuilder builder;
    private readonly double[] row;
    private int index;

    /// <summary>Makes ready for items by rising time.</summary>
    public ItemSeries(Func<T, ItemTime> time, IReadOnlyList<(SeriesColumn Column, Func<T, double> Value)> columns, SeriesChoices choices,
        string? unit)
    {
        choices.Check();
        this.time = time;
        values = [.. columns.Select(column => column.Value)];
        this.columns = SeriesColumns.Of([.. columns.Select(column => column.Column)]).WithUnit(unit);
        var names = this.columns.Names;
        ArraySeries.CheckColumns(names);
        origin = new SeriesOrigin("items", "item", "time", [.. names.Select(name => $"'{name}'")], names);
        builder = new SeriesBuilder(origin, choices);
        row = new double[names.Count];
    }

    /// <summary>Takes an item.</summary>
    public void Add(T item)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = values[i](item);
            if (double.IsInfinity(row[i]))
            {
                throw origin.ValueError(index, i, "the value is infinite; expected a finite number, or NaN where it is missing");
            }
        }

        var at = time(item);
        builder.Add(index++, at.Time, row, at.Offset, at.IsDate);
    }

    /// <summary>The series of all items.</summary>
    public TimeSeries Build() => builder.Build(columns);
}
