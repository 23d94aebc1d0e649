namespace LstmDsl;

/// <content>What one looks at before training.</content>
public sealed partial class TimeSeries
{
    private const int MostLags = 400;

    /// <summary>
    /// A table of the columns in their own units: how many values, how many missing, mean, standard deviation, quartiles, first and last
    /// value, the longest run of missing rows. <c>Console.WriteLine(series.Describe())</c> shows it.
    /// </summary>
    public SeriesDescription Describe() => SeriesDescription.Of(this);

    /// <summary>
    /// How much a column resembles itself some rows later, by lag, and the lags that stand out: its seasons. A trend hides them; look at
    /// differences or at a part then.
    /// </summary>
    /// <param name="column">The column; may be left out where there is one.</param>
    /// <param name="maxLag">The largest lag in rows; by default 400, or half the rows.</param>
    /// <exception cref="ArgumentException">There is no such column, or there are several and none is named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The largest lag is not positive, or no less than the rows.</exception>
    /// <exception cref="InvalidDataException">The column is constant, or has no two values.</exception>
    public Autocorrelation Autocorrelation(string? column = null, int? maxLag = null)
    {
        if (column is null && Columns.Count > 1)
            throw new ArgumentException($"The series has several columns; name one of {ColumnNames.Listed(Columns)}.", nameof(column));
        var index = column is null ? 0 : ColumnIndex(column, nameof(column));
        var largest = maxLag ?? Math.Max(1, Math.Min(MostLags, Count / 2));
        if (largest < 1 || largest >= Count)
        {
            throw new ArgumentOutOfRangeException(nameof(maxLag), largest,
                FormattableString.Invariant($"A lag lies between 1 and {Count - 1}: the series has {Counted.Of(Count, "row")}."));
        }
        return new Autocorrelation(this, index, largest);
    }
}
