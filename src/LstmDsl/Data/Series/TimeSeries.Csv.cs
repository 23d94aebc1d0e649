namespace LstmDsl;

/// <content>Series from CSV files.</content>
public sealed partial class TimeSeries
{
    /// <summary>
    /// Reads named columns of a CSV file, which may be packed by gzip or zip. Fields lie between commas, semicolons, tabs or bars, by
    /// which the first line has all the columns; numbers have a decimal point whatever the machine's culture, and <c>TRUE</c> and
    /// <c>FALSE</c> are 1 and 0; what else a file can be <paramref name="options"/> say. Times must rise by one step, which is found: a
    /// fixed one, or months or years on one day of the month.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="time">The time column's name, or several columns' whose texts, with a space between, are the time: <c>["Date",
    /// "Time"]</c>.</param>
    /// <param name="values">The value columns, by name (<c>["temp_max"]</c>) or with units (<c>[new("Demand", "MW"), "Holiday"]</c>); their
    /// order is the series'.</param>
    /// <param name="timeFormat">
    /// How times are written, as a .NET format such as <c>dd.MM.yyyy HH:mm:ss</c>, or several that are tried in this order, or
    /// <see cref="TimeFormats.UnixSeconds"/> and its like; by default ISO 8601 (a date, a date and
    /// time, or a month). Times with an offset from UTC become UTC, unless only what the clocks showed keeps one step: days and months
    /// that begin at local midnight while the offset changes are days and months, without a time zone.
    /// </param>
    /// <param name="missing">What becomes of missing values: empty fields, NaN, NA, null, and what the options name.</param>
    /// <param name="gaps">What becomes of rows that are absent.</param>
    /// <param name="duplicates">What becomes of rows whose time an earlier row has.</param>
    /// <param name="unit">The unit of columns of numbers that have none of their own, for reports.</param>
    /// <param name="zone">
    /// The time zone, by its IANA name such as <c>Europe/Berlin</c>, whose clocks are meant: they showed times that come without an offset,
    /// in autumn the hour that comes twice is told apart by the order of rows, and days and months are those of the zone. Times that come
    /// with an offset, such as those in UTC, keep it.
    /// </param>
    /// <param name="categories">Which of the values are words: <c>["weather"]</c>; they become 0, 1, 2 in the order of their first
    /// appearance, or of a given list, and <see cref="Categories"/> lists them.</param>
    /// <param name="options">The file's form, where it is not the usual one.</param>
    /// <param name="where">Which rows are read, where a file holds several series: those that have these words in these columns,
    /// <c>[("State", "Tasmania"), ("Purpose", "Holiday")]</c>; by default all.</param>
    /// <param name="step">The step from one row to the next, such as <c>TimeStep.BusinessDays()</c>; by default it is found.</param>
    /// <exception cref="ArgumentException">A column is not in the file, or a name occurs twice, or it is in doubt by what fields are
    /// separated, or the time format has no year or means something else than it seems to: minutes for months, a part twice, a 12-hour
    /// clock without its half; or the machine does not know the zone.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is no CSV, does not decode, a field is no number or time, times do not rise by one step, it is in doubt what a point in
    /// numbers means, or something is wrong that was not chosen to be mended; the message has file, line and column.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TimeSeries ReadCsv(string path, TimeColumns time, SeriesColumns values, TimeFormats? timeFormat = null,
        Missing missing = Missing.Error, Gaps gaps = Gaps.Error, Duplicates duplicates = Duplicates.Error, string? unit = null, string? zone = null,
        IReadOnlyList<CategoryColumn>? categories = null, CsvOptions? options = null,
        IReadOnlyList<(string Column, string Value)>? where = null, TimeStep? step = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(values);
        var choices = new SeriesChoices(missing, gaps, duplicates, step, zone);
        return CsvSeries.Read(path, new(time, values, timeFormat, choices, unit, categories ?? [], where ?? [], options ?? CsvOptions.Usual));
    }

    /// <summary>
    /// Writes the series as a CSV file, from which <see cref="ReadCsv"/> makes it again, bit for bit: fields between commas, times as ISO 8601
    /// (with their offset from UTC where the <see cref="Zone"/> is known, which is then given to <see cref="ReadCsv"/>), holes as empty
    /// fields, words as words. The file is there whole or not at all.
    /// </summary>
    /// <param name="path">The file; what stood there is replaced.</param>
    /// <param name="time">The name of the column of times.</param>
    /// <exception cref="InvalidOperationException">Rows have no times.</exception>
    /// <exception cref="ArgumentException">A column has the name of the column of times.</exception>
    /// <exception cref="IOException">The file cannot be written; what stood there is unchanged.</exception>
    public void WriteCsv(string path, string time = "time")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(time);
        if (Start is null)
            throw new InvalidOperationException("The rows have no times, by which a file of a series is read; give start and step.");
        if (Columns.Contains(time))
            throw new ArgumentException($"The column of times is to be called '{time}', and so is another column; choose another name.", nameof(time));
        AtomicFile.Write(path, stream => CsvText.Write(this, time, stream));
    }
}
