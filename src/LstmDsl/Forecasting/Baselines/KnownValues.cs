namespace LstmDsl;

/// <summary>What is known of a column at a last known row: values up to it, and none behind.</summary>
/// <param name="series">The series.</param>
/// <param name="column">The column.</param>
/// <param name="lastRow">The last known row.</param>
/// <param name="clock">The series' clock.</param>
internal readonly struct KnownValues(TimeSeries series, int column, int lastRow, ClockRows clock)
{
    /// <summary>The last known row.</summary>
    public int LastRow => lastRow;

    /// <summary>The series' clock.</summary>
    public ClockRows Clock => clock;

    /// <summary>A known value; null where it is missing, lies before the series, or is not known yet.</summary>
    public double? this[long row] =>
        row >= 0 && row <= lastRow && series[(int)row, column] is var value && !double.IsNaN(value) ? value : null;

    /// <summary>The last row that has a value, from a row back.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public int LastWithValue()
    {
        for (var row = lastRow; row >= 0; row--)
        {
            if (this[row] is not null)
                return row;
        }

        throw None("no value is known");
    }

    /// <summary>Why there is no forecast, to be thrown.</summary>
    public ArgumentException None(string what) =>
        new($"'{series.Columns[column]}' cannot be forecast from {TimeSeriesText.Time(series, lastRow)}: {what}.");
}
