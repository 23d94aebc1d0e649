using System.Data.Common;

namespace LstmDsl;

/// <content>Series from databases.</content>
public sealed partial class TimeSeries
{
    /// <summary>
    /// Makes a series of the rows of a query, by rising time (<c>ORDER BY</c>). Numbers of any type become doubles, <c>NULL</c> is missing, true
    /// and false are 1 and 0; times are dates and times, texts, or whole numbers counted from 1970. The reader is read to its end, and not
    /// disposed.
    /// </summary>
    /// <param name="rows">The rows, before the first.</param>
    /// <param name="time">The name of the column of times.</param>
    /// <param name="values">The columns of values, by name or with units; their order is the series'.</param>
    /// <param name="timeFormat">How times are written, where they are texts, or counted, such as <see cref="TimeFormats.UnixSeconds"/>; by
    /// default ISO 8601.</param>
    /// <param name="missing">What becomes of missing values.</param>
    /// <param name="gaps">What becomes of rows that are absent.</param>
    /// <param name="duplicates">What becomes of rows whose time an earlier row has.</param>
    /// <param name="unit">The unit of columns of numbers that have none of their own, for reports.</param>
    /// <param name="zone">The time zone, by its IANA name, whose clocks showed times that are not known in UTC, and by whose days rows are.</param>
    /// <param name="categories">Which of the values are words.</param>
    /// <param name="step">The step from one row to the next; by default it is found.</param>
    /// <exception cref="ArgumentException">A column is not in the query, or a name occurs twice.</exception>
    /// <exception cref="InvalidDataException">
    /// A field is no number or time, times do not rise by one step, or something is wrong that was not chosen to be mended; the message has row
    /// (from 1) and column.
    /// </exception>
    public static TimeSeries From(DbDataReader rows, string time, SeriesColumns values, TimeFormats? timeFormat = null,
        Missing missing = Missing.Error, Gaps gaps = Gaps.Error, Duplicates duplicates = Duplicates.Error, string? unit = null,
        string? zone = null, IReadOnlyList<CategoryColumn>? categories = null, TimeStep? step = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(values);
        var choices = new SeriesChoices(missing, gaps, duplicates, step, zone);
        return new DatabaseRows(rows, new("query", time, values, timeFormat, choices, unit, categories ?? [])).Read();
    }

    /// <summary>
    /// Makes a series of the rows of a query as they come, by rising time (<c>ORDER BY</c>). Numbers of any type become doubles, <c>NULL</c> is
    /// missing, true and false are 1 and 0; times are dates and times, texts, or whole numbers counted from 1970. The reader is read to its
    /// end, and not disposed.
    /// </summary>
    /// <param name="rows">The rows, before the first.</param>
    /// <param name="time">The name of the column of times.</param>
    /// <param name="values">The columns of values, by name or with units; their order is the series'.</param>
    /// <param name="timeFormat">How times are written, where they are texts, or counted, such as <see cref="TimeFormats.UnixSeconds"/>; by
    /// default ISO 8601.</param>
    /// <param name="missing">What becomes of missing values.</param>
    /// <param name="gaps">What becomes of rows that are absent.</param>
    /// <param name="duplicates">What becomes of rows whose time an earlier row has.</param>
    /// <param name="unit">The unit of columns of numbers that have none of their own, for reports.</param>
    /// <param name="zone">The time zone, by its IANA name, whose clocks showed times that are not known in UTC, and by whose days rows are.</param>
    /// <param name="categories">Which of the values are words.</param>
    /// <param name="step">The step from one row to the next; by default it is found.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ArgumentException">A column is not in the query, or a name occurs twice.</exception>
    /// <exception cref="InvalidDataException">
    /// A field is no number or time, times do not rise by one step, or something is wrong that was not chosen to be mended; the message has row
    /// (from 1) and column.
    /// </exception>
    public static Task<TimeSeries> FromAsync(DbDataReader rows, string time, SeriesColumns values, TimeFormats? timeFormat = null,
        Missing missing = Missing.Error, Gaps gaps = Gaps.Error, Duplicates duplicates = Duplicates.Error, string? unit = null,
        string? zone = null, IReadOnlyList<CategoryColumn>? categories = null, TimeStep? step = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(values);
        var choices = new SeriesChoices(missing, gaps, duplicates, step, zone);
        return new DatabaseRows(rows, new("query", time, values, timeFormat, choices, unit, categories ?? [])).ReadAsync(cancellation);
    }
}
