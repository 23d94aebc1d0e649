namespace LstmDsl;

/// <summary>Series from Parquet files, by Parquet.Net.</summary>
public static class ParquetSeries
{
    /// <summary>
    /// Reads named columns of a Parquet file, whose rows are by rising time. Only these columns are read, one group of rows after the other.
    /// Numbers of any type become doubles, what is null is missing, true and false are 1 and 0; times are timestamps (in UTC where they are
    /// said to be), dates, texts, or whole numbers counted from 1970.
    /// </summary>
    /// <param name="path">The file.</param>
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
    /// <exception cref="ArgumentException">A column is not in the file, is a list, or a name occurs twice.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is no Parquet, a field is no number or time, times do not rise by one step, or something is wrong that was not chosen to be
    /// mended; the message has row (from 1) and column.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TimeSeries Read(string path, string time, SeriesColumns values, TimeFormats? timeFormat = null,
        Missing missing = Missing.Error, Gaps gaps = Gaps.Error, Duplicates duplicates = Duplicates.Error, string? unit = null,
        string? zone = null, IReadOnlyList<CategoryColumn>? categories = null, TimeStep? step = null) =>
        // On a thread of its own, so that whoever waits here blocks nothing that reading needs.
        Task.Run(() => ReadAsync(path, time, values, timeFormat, missing, gaps, duplicates, unit, zone, categories, step)).GetAwaiter().GetResult();

    /// <summary>
    /// Reads named columns of a Parquet file, whose rows are by rising time. Only these columns are read, one group of rows after the other.
    /// Numbers of any type become doubles, what is null is missing, true and false are 1 and 0; times are timestamps (in UTC where they are
    /// said to be), dates, texts, or whole numbers counted from 1970.
    /// </summary>
    /// <param name="path">The file.</param>
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
    /// <exception cref="ArgumentException">A column is not in the file, is a list, or a name occurs twice.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is no Parquet, a field is no number or time, times do not rise by one step, or something is wrong that was not chosen to be
    /// mended; the message has row (from 1) and column.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<TimeSeries> ReadAsync(string path, string time, SeriesColumns values, TimeFormats? timeFormat = null,
        Missing missing = Missing.Error, Gaps gaps = Gaps.Error, Duplicates duplicates = Duplicates.Error, string? unit = null,
        string? zone = null, IReadOnlyList<CategoryColumn>? categories = null, TimeStep? step = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(values);
        var choices = new SeriesChoices(missing, gaps, duplicates, step, zone);
        var series = new RecordSeries(new(path, time, values, timeFormat, choices, unit, categories ?? []));
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true);
        await ParquetRows.ReadAsync(file, path, [time, .. values.Names], series, cancellation).ConfigureAwait(false);
        return series.Build();
    }
}
