namespace LstmDsl;

/// <content>Series from items.</content>
public sealed partial class TimeSeries
{
    /// <summary>Makes a series of one column from items with a time and a value.</summary>
    /// <typeparam name="T">The item.</typeparam>
    /// <param name="items">The items, by rising time.</param>
    /// <param name="time">An item's time: a <see cref="DateTime"/>, a <see cref="DateTimeOffset"/> or a <see cref="DateOnly"/>.</param>
    /// <param name="value">An item's value; NaN where it is missing.</param>
    /// <param name="name">The column's name.</param>
    /// <param name="missing">What becomes of missing values.</param>
    /// <param name="gaps">What becomes of rows that are absent.</param>
    /// <param name="duplicates">What becomes of items whose time an earlier one has.</param>
    /// <param name="unit">The values' unit, for reports.</param>
    /// <param name="zone">The time zone, by its IANA name, whose clocks showed times that are not known in UTC, and by whose days rows are.</param>
    /// <param name="step">The step from one row to the next; by default it is found.</param>
    /// <exception cref="InvalidDataException">
    /// A value is infinite, times do not rise by one step, or something is wrong that was not chosen to be mended; the message has the
    /// item's index.
    /// </exception>
    public static TimeSeries From<T>(IEnumerable<T> items, Func<T, ItemTime> time, Func<T, double> value, string name = "value",
        Missing missing = Missing.Error, Gaps gaps = Gaps.Error, Duplicates duplicates = Duplicates.Error, string? unit = null,
        string? zone = null, TimeStep? step = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return From(items, time, [(name, value)], missing, gaps, duplicates, unit, zone, step);
    }

    /// <summary>Makes a series of several columns from items with a time and values.</summary>
    /// <typeparam name="T">The item.</typeparam>
    /// <param name="items">The items, by rising time.</param>
    /// <param name="time">An item's time: a <see cref="DateTime"/>, a <see cref="DateTimeOffset"/> or a <see cref="DateOnly"/>.</param>
    /// <param name="columns">
    /// Each column, by its name or with its unit, and an item's value in it, NaN where it is missing: <c>[("Price", item => item.Price),
    /// (new("Volume", "t"), item => item.Volume)]</c>.
    /// </param>
    /// <param name="missing">What becomes of missing values.</param>
    /// <param name="gaps">What becomes of rows that are absent.</param>
    /// <param name="duplicates">What becomes of items whose time an earlier one has.</param>
    /// <param name="unit">The unit of columns that have none of their own, for reports.</param>
    /// <param name="zone">The time zone, by its IANA name, whose clocks showed times that are not known in UTC, and by whose days rows are.</param>
    /// <param name="step">The step from one row to the next; by default it is found.</param>
    /// <exception cref="ArgumentException">There is no column, or two have the same name.</exception>
    /// <exception cref="InvalidDataException">
    /// A value is infinite, times do not rise by one step, or something is wrong that was not chosen to be mended; the message has the
    /// item's index.
    /// </exception>
    public static TimeSeries From<T>(IEnumerable<T> items, Func<T, ItemTime> time,
        IReadOnlyList<(SeriesColumn Column, Func<T, double> Value)> columns,
        Missing missing = Missing.Error, Gaps gaps = Gaps.Error, Duplicates duplicates = Duplicates.Error, string? unit = null,
        string? zone = null, TimeStep? step = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(columns);
        var read = new ItemSeries<T>(time, columns, new SeriesChoices(missing, gaps, duplicates, step, zone), unit);
        foreach (var item in items)
            read.Add(item);
        return read.Build();
    }

    /// <summary>Makes a series of one column from items that come one after the other, such as rows of a query, with a time and a value.</summary>
    /// <typeparam name="T">The item.</typeparam>
    /// <param name="items">The items, by rising time.</param>
    /// <param name="time">An item's time: a <see cref="DateTime"/>, a <see cref="DateTimeOffset"/> or a <see cref="DateOnly"/>.</param>
    /// <param name="value">An item's value; NaN where it is missing.</param>
    /// <param name="name">The column's name.</param>
    /// <param name="missing">What becomes of missing values.</param>
    /// <param name="gaps">What becomes of rows that are absent.</param>
    /// <param name="duplicates">What becomes of items whose time an earlier one has.</param>
    /// <param name="unit">The values' unit, for reports.</param>
    /// <param name="zone">The time zone, by its IANA name, whose clocks showed times that are not known in UTC, and by whose days rows are.</param>
    /// <param name="step">The step from one row to the next; by default it is found.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidDataException">
    /// A value is infinite, times do not rise by one step, or something is wrong that was not chosen to be mended; the message has the
    /// item's index.
    /// </exception>
    public static Task<TimeSeries> FromAsync<T>(IAsyncEnumerable<T> items, Func<T, ItemTime> time, Func<T, double> value,
        string name = "value", Missing missing = Missing.Error, Gaps gaps = Gaps.Error, Duplicates duplicates = Duplicates.Error,
        string? unit = null, string? zone = null, TimeStep? step = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FromAsync(items, time, [(name, value)], missing, gaps, duplicates, unit, zone, step, cancellation);
    }

    /// <summary>Makes a series of several columns from items that come one after the other, such as rows of a query, with a time and values.</summary>
    /// <typeparam name="T">The item.</typeparam>
    /// <param name="items">The items, by rising time.</param>
    /// <param name="time">An item's time: a <see cref="DateTime"/>, a <see cref="DateTimeOffset"/> or a <see cref="DateOnly"/>.</param>
    /// <param name="columns">
    /// Each column, by its name or with its unit, and an item's value in it, NaN where it is missing: <c>[("Price", item => item.Price),
    /// (new("Volume", "t"), item => item.Volume)]</c>.
    /// </param>
    /// <param name="missing">What becomes of missing values.</param>
    /// <param name="gaps">What becomes of rows that are absent.</param>
    /// <param name="duplicates">What becomes of items whose time an earlier one has.</param>
    /// <param name="unit">The unit of columns that have none of their own, for reports.</param>
    /// <param name="zone">The time zone, by its IANA name, whose clocks showed times that are not known in UTC, and by whose days rows are.</param>
    /// <param name="step">The step from one row to the next; by default it is found.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ArgumentException">There is no column, or two have the same name.</exception>
    /// <exception cref="InvalidDataException">
    /// A value is infinite, times do not rise by one step, or something is wrong that was not chosen to be mended; the message has the
    /// item's index.
    /// </exception>
    public static async Task<TimeSeries> FromAsync<T>(IAsyncEnumerable<T> items, Func<T, ItemTime> time,
        IReadOnlyList<(SeriesColumn Column, Func<T, double> Value)> columns,
        Missing missing = Missing.Error, Gaps gaps = Gaps.Error, Duplicates duplicates = Duplicates.Error, string? unit = null,
        string? zone = null, TimeStep? step = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(columns);
        var read = new ItemSeries<T>(time, columns, new SeriesChoices(missing, gaps, duplicates, step, zone), unit);
        await foreach (var item in items.WithCancellation(cancellation).ConfigureAwait(false))
            read.Add(item);
        return read.Build();
    }
}
