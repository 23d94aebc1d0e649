using System.Buffers;
using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>Reads a series from the named columns of a CSV file.</summary>
internal sealed class CsvSeries : IDisposable
{
    private const int LongestExcerpt = 40;
    private const int LongestUsualTime = 64;
    private const string TimeAdvice = "Write the row's time, or remove the row";

    private readonly CsvFile file;
    private readonly Utf8Text text;
    private readonly CsvReader reader;
    private readonly CsvHeader header;
    private readonly CsvCells cells;
    private readonly NumberForm form;
    private readonly SeriesOrigin origin;
    private readonly TimeField timeField;
    private readonly CsvRequest request;
    private readonly CategoryWords?[] categories;
    private readonly RowFilter? picked;
    private FieldTime? first;

    private CsvSeries(CsvFile file, string path, CsvRequest request)
    {
        (this.file, this.request) = (file, request);
        var options = request.Options;
        text = new Utf8Text(file.Content, options.Encoding, path);
        reader = new CsvReader(text, path) { Comment = Encoding.UTF8.GetBytes(options.Comment ?? "") };
        form = new NumberForm(options);
        timeField = new TimeField(request.TimeFormat);
        categories = CategoryWords.Of(request.Categories, request.Values);
        header = CsvHeader.Read(reader, request);
        picked = request.Where.Count == 0 ? null : new RowFilter(request.Where, header.Where);
        origin = new SeriesOrigin(
            path,
            "line",
            string.Join(" and ", header.Time.Select((index, i) => SeriesOrigin.FileColumn(index + 1, request.Time[i]))),
            [.. header.Values.Select((index, i) => SeriesOrigin.FileColumn(index + 1, request.Values[i]))],
            request.Values);
        cells = new CsvCells(form, options, origin, categories, reader.Separator);
    }

    /// <inheritdoc cref="TimeSeries.ReadCsv"/>
    public static TimeSeries Read(string path, CsvRequest request)
    {
        request.Check();
        using var file = CsvFile.Open(path, request.Options.ZipMember);
        using var series = new CsvSeries(file, path, request);
        return series.ReadRows();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        reader.Dispose();
        text.Dispose();
    }

    private TimeSeries ReadRows()
    {
        var builder = new SeriesBuilder(origin, request.Choices) { Progress = Progress };
        var row = new double[header.Values.Length];
        var blank = 0;
        while (reader.ReadRecord())
        {
            if (reader.FieldCount != header.Names.Length)
                throw WrongFieldCount();
            if (picked is not null && !picked.Takes(reader))
                continue;
            var line = reader.FieldLine(header.Time[0]);
            if (IsBlank())
            {
                blank = blank > 0 ? blank : line;
                continue;
            }

            // Behind the last row a table's program may leave rows of nothing; between rows one may stand for what was lost.
            if (blank > 0)
                throw origin.TimeError(blank, $"the row is empty, and rows with values follow. {TimeAdvice}");
            var at = Time(line);
            for (var i = 0; i < row.Length; i++)
            {
                var index = header.Values[i];
                row[i] = cells.Read(i, reader.FieldLine(index), reader.FieldBytes(index));
            }

            builder.Add(line, at.Time, row, at.Offset, at.IsDate);
        }

        picked?.RequireRows(request.Where, reader.Name);
        cells.CheckDoubt();
        var source = new SeriesSource([.. categories.Select(words => words?.Words)], cells.AreFlags(), ReadAs());
        return builder.Build(request.DescribedColumns(), source);
    }

    private bool IsBlank()
    {
        for (var index = 0; index < reader.FieldCount; index++)
        {
            if (!reader.FieldBytes(index)[Ascii.Trim(reader.FieldBytes(index))].IsEmpty)
                return false;
        }

        return true;
    }

    private FieldTime Time(int line)
    {
        Span<char> usual = stackalloc char[LongestUsualTime];
        var shown = TimeText(usual);
        if (!timeField.TryParse(shown, out var time))
        {
            var doubt = timeField.Doubt(shown);
            throw origin.TimeError(line, shown.IsEmpty
                ? $"the time is missing; expected {timeField.Expected}. {TimeAdvice}"
                : $"'{Excerpt.Of(shown, LongestExcerpt)}' is no time in the form expected: {timeField.Expected}"
                    + (doubt is not null ? $". Where it is counted from 1970, write {doubt}"
                        : request.TimeFormat is null && decimal.TryParse(shown, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
                            && UnixTime.IsYear(year) ? $". Where it is a year, write {UnixTime.YearAdvice}"
                        : ""));
        }

        if (first is null)
        {
            first = time;
            if (request.TimeFormat is not null && timeField.Doubt(shown) is { } doubt)
                throw origin.TimeError(line, $"'{Excerpt.Of(shown, LongestExcerpt)}' as {timeField.Expected} is {TimeTextOf(time)}; write {doubt}");
        }

        if (time.FinerNanoseconds != first.Value.FinerNanoseconds)
        {
            throw origin.TimeError(line, $"'{Excerpt.Of(shown, LongestExcerpt)}' differs from the times before it by parts of 100 ns, the finest "
                + "that is told apart; round the times first");
        }

        return time;
    }

    /// <summary>The row's time as it is written, the texts of several columns with a space between.</summary>
    private ReadOnlySpan<char> TimeText(Span<char> usual)
    {
        if (header.Time.Length > 1)
            return string.Join(' ', header.Time.Select(index => reader.FieldText(index).Trim()));
        var bytes = reader.FieldBytes(header.Time[0]);
        return Ascii.ToUtf16(bytes, usual, out var count) == OperationStatus.Done
            ? usual[..count].Trim()
            : Encoding.UTF8.GetString(bytes).AsSpan().Trim();
    }

    private static string TimeTextOf(FieldTime time) => LstmDsl.TimeText.Of(time.Time);

    private InvalidDataException WrongFieldCount()
    {
        var commas = reader.Separator == ',' ? "commas" : CsvOptions.Shown(reader.Separator);
        return reader.Error(reader.RecordLine, $"the row has {Counted.Of(reader.FieldCount, "field")}, the header "
            + $"{Counted.Of(header.Names.Length, "column")}; quote fields that hold {commas}");
    }

    /// <summary>How much of the file was read as rows, from 0 to 1; null where that is not known.</summary>
    private double? Progress()
    {
        if (file.Progress is not var (read, length) || length == 0)
            return null;
        var unread = file.Packing is null && text.IsUtf8 ? reader.Unread : 0;
        return (read - unread) / (double)length;
    }

    /// <summary>What about the file's form was not the usual one, in words; null where nothing was.</summary>
    private string? ReadAs()
    {
        string?[] parts =
        [
            reader.Separator == ',' ? null : $"fields between {CsvOptions.Shown(reader.Separator)}",
            form.Text,
            text.IsUtf8 ? null : text.Encoded,
            file.Packing,
        ];
        return parts.Any(part => part is not null) ? string.Join(", ", parts.Where(part => part is not null)) : null;
    }
}
