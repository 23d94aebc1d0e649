namespace LstmDsl;

/// <summary>What is known of a column at a last known row: values up to it, and none behind.</summary>
/// <param name="series">The series.</param>
/// <param name="column">The column.</param>
/// <param name="lastRow">The last known row.</param>
/// <param name="clock">The series' clock.</param>
internal readonly struct KnownValues(TimeSeries series, int column, int lastRow, ClockRows clock)
{
    /// <summary>What is missing where the column has no value yet.</summary>
    public const string NoneAtAll = "no value is known";

    /// <summary>The last known row.</summary>
    public int LastRow => lastRow;

    /// <summary>The series' clock.</summary>
    public ClockRows Clock => clock;

    /// <summary>A known value; null where it is missing, lies before the series, or is not known yet.</summary>
    public double? this[long row] =>
        row >= 0 && row <= lastRow && series[(int)row, column] is var value && !double.IsNaN(value) ? value : null;

    /// <summary>The last row that has a value; null where there is none.</summary>
    public int? LastWithValue()
    {
        for (var row = lastRow; row >= 0; row--)
        {
            if (this[row] is not null)
                return row;
        }

        return null;
    }

    /// <summary>Why there is no forecast, in a sentence.</summary>
    public string Without(string what) =>
        $"'{series.Columns[column]}' cannot be forecast from {TimeSeriesText.Time(series, lastRow)}: {what}.";
}
