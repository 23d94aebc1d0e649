using System.Globalization;

namespace LstmDsl;

/// <summary>Reads a series from the named columns of a CSV file.</summary>
internal static class CsvSeries
{
    private const int LongestExcerpt = 40;

    /// <inheritdoc cref="TimeSeries.ReadCsv"/>
    public static TimeSeries Read(CsvReader reader, string time, IReadOnlyList<string> values, string? timeFormat,
        SeriesChoices choices, string? unit)
    {
        choices.Check();
        CheckNames(time, values);
        var timeField = new TimeField(timeFormat);
        if (!reader.ReadRecord())
        {
            throw new InvalidDataException($"{reader.Name}: the file is empty; expected a line of column names, then rows.");
        }
        string[] header = ReadHeader(reader);
        var timeIndex = Find(reader, header, time, nameof(time));
        int[] indices = [.. values.Select(name => Find(reader, header, name, nameof(values)))];
        var origin = new SeriesOrigin(reader.Name, "line", SeriesOrigin.FileColumn(timeIndex + 1, time),
            [.. indices.Select((index, i) => SeriesOrigin.FileColumn(index + 1, values[i]))]);
        var builder = new SeriesBuilder(origin, choices);
        var row = new double[indices.Length];
        FieldTime? firstTime = null;
        while (reader.ReadRecord())
        {
            if (reader.FieldCount != header.Length)
            {
                throw reader.Error(reader.RecordLine,
                    $"the row has {Counted.Of(reader.FieldCount, "field")}, the header {Counted.Of(header.Length, "column")}; "
                    + "quote fields that hold commas");
            }
            var at = ReadTime(reader, timeIndex, timeField, origin);
            firstTime ??= at;
            if (at.FinerNanoseconds != firstTime.Value.FinerNanoseconds)
            {
                throw origin.TimeError(reader.FieldLine(timeIndex),
                    $"'{Excerpt(reader.Field(timeIndex).Trim())}' differs from the times before it by parts of 100 ns, "
                    + "the finest that is told apart; round the times first");
            }
            for (var i = 0; i < row.Length; i++) row[i] = ReadValue(reader, indices[i], i, origin);
            builder.Add(reader.FieldLine(timeIndex), at.Time, row, at.Offset);
        }
        return builder.Build(values, unit);
    }

    private static FieldTime ReadTime(CsvReader reader, int index, TimeField field, SeriesOrigin origin)
    {
        var text = reader.Field(index).Trim();
        if (field.TryParse(text, out var time)) return time;
        throw origin.TimeError(reader.FieldLine(index), text.IsEmpty
            ? $"the time is missing; expected {field.Expected}"
            : $"'{Excerpt(text)}' is no time in the form expected: {field.Expected}");
    }

    private static double ReadValue(CsvReader reader, int index, int column, SeriesOrigin origin)
    {
        var text = reader.Field(index).Trim();
        if (IsMissing(text)) return double.NaN;
        // .NET's parsers pass over zeros behind what they read.
        var value = 0.0;
        var number = !text.Contains('\0') && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        if (number && double.IsFinite(value)) return value;
        throw origin.ValueError(reader.FieldLine(index), column, number
            ? $"'{Excerpt(text)}' is no finite number; clear the field where the value is missing"
            : $"'{Excerpt(text)}' is no number; expected one such as -3.5 or 1e3, with a decimal point, or an empty field, NaN, "
                + "NA or null where the value is missing");
    }

    private static bool IsMissing(ReadOnlySpan<char> text) => text.IsEmpty
        || text.Equals("NaN", StringComparison.OrdinalIgnoreCase)
        || text.Equals("NA", StringComparison.OrdinalIgnoreCase)
        || text.Equals("null", StringComparison.OrdinalIgnoreCase);

    private static void CheckNames(string time, IReadOnlyList<string> values)
    {
        if (values.Count == 0) throw new ArgumentException("Name at least one column of values.", nameof(values));
        var seen = new HashSet<string>(StringComparer.Ordinal) { time };
        foreach (var name in values)
        {
            if (name is null) throw new ArgumentException("A column's name is null.", nameof(values));
            if (!seen.Add(name))
            {
                throw new ArgumentException(
                    $"The column '{name}' is named twice{(name == time ? ", as the time and as a value" : "")}.", nameof(values));
            }
        }
    }

    private static string[] ReadHeader(CsvReader reader)
    {
        var header = new string[reader.FieldCount];
        for (var i = 0; i < header.Length; i++) header[i] = reader.Field(i).Trim().ToString();
        return header;
    }

    private static int Find(CsvReader reader, string[] header, string name, string parameter)
    {
        var index = Array.IndexOf(header, name);
        if (index < 0)
        {
            // Every other byte of UTF-16 is such a zero, where the letters are Latin.
            if (header.Any(column => column.Contains('\0', StringComparison.Ordinal)))
            {
                throw reader.Error(reader.RecordLine,
                    "the column names hold zero characters, as if the text were UTF-16 without a byte order mark; save the file as UTF-8");
            }
            var separator = header.Length > 1 ? default : ";\t|".FirstOrDefault(c => header[0].Contains(c, StringComparison.Ordinal));
            var hint = separator == default ? "" : $" Fields are separated by commas; this file seems to use '{Excerpt([separator])}'.";
            throw new ArgumentException(
                $"{reader.Name}, line {reader.RecordLine}: there is no column '{Excerpt(name)}'; "
                + $"the columns are {ListNames(header)}.{hint}", parameter);
        }
        if (Array.IndexOf(header, name, index + 1) < 0) return index;
        throw reader.Error(reader.RecordLine, $"the column '{name}' occurs twice; give each column that is read its own name");
    }

    private static string ListNames(string[] header)
    {
        const int most = 30;
        var names = string.Join(", ", header.Take(most).Select(name => $"'{Excerpt(name)}'"));
        return header.Length > most ? FormattableString.Invariant($"{names} and {header.Length - most} more") : names;
    }

    private static string Excerpt(ReadOnlySpan<char> text) => LstmDsl.Excerpt.Of(text, LongestExcerpt);
}
