using System.Globalization;

namespace LstmDsl;

/// <summary>Where the columns that are asked for stand in a file.</summary>
/// <param name="Names">All columns' names.</param>
/// <param name="Time">The time columns, from 0.</param>
/// <param name="Values">The value columns, from 0.</param>
/// <param name="Where">The columns by which rows are picked, from 0.</param>
internal sealed record CsvHeader(string[] Names, int[] Time, int[] Values, int[] Where)
{
    private const int LongestExcerpt = 40;

    /// <summary>How many records are looked through for a header that stands further down, before its absence is reported.</summary>
    private const int RecordsLookedThrough = 50;

    private static readonly char[] UsualSeparators = [',', ';', '\t', '|'];

    /// <summary>
    /// Finds the separator, unless it is given, and the columns. The reader stands before the first row afterwards.
    /// </summary>
    /// <exception cref="ArgumentException">A column is not in the file, or it is in doubt by what fields are separated.</exception>
    /// <exception cref="InvalidDataException">The file is empty, its first line is no CSV, or a column occurs twice.</exception>
    public static CsvHeader Read(CsvReader reader, CsvRequest request)
    {
        var (time, values, options) = (request.Time, request.Values, request.Options);
        string[] where = [.. request.Where.Select(picked => picked.Column)];
        for (var skipped = 0; skipped < options.SkipLines; skipped++)
        {
            if (!reader.SkipLine())
                throw CsvOptions.Wrong(FormattableString.Invariant($"SkipLines is {options.SkipLines}, but {reader.Name} has {skipped} lines"));
        }

        char[] separators = options.Separator is { } given ? [given] : UsualSeparators;
        string[] asked = [.. time, .. values, .. where];
        var names = options.ColumnNames is { } own ? NamedByUser(reader, separators, own) : NamedByFile(reader, separators, asked);
        var header = new CsvHeader(
            names,
            [.. time.Select(name => Find(reader, names, name, asked, nameof(time), options))],
            [.. values.Select(name => Find(reader, names, name, asked, nameof(values), options))],
            [.. where.Select(name => Find(reader, names, name, asked, nameof(where), options))]);
        reader.Columns = names;
        return header;
    }

    /// <summary>The separator by which the first line has all columns, else the one by which it has most.</summary>
    private static string[] NamedByFile(CsvReader reader, char[] separators, string[] asked)
    {
        var found = Splits(reader, separators, out var problem);
        if (found.Count == 0)
            throw problem ?? new InvalidDataException($"{reader.Name}: the file is empty; expected a line of column names, then rows.");
        var fits = found.Where(split => HasAll(split.Fields, asked)).ToList();
        if (fits.Count > 1)
            throw InDoubt(reader, fits.Select(split => split.Separator), "the first line has all columns");
        var (separator, names) = fits.Count == 1 ? fits[0] : found.MaxBy(split => split.Fields.Length);
        // Where it is no CSV by the one, and a single field by the others, the one was meant.
        if (fits.Count == 0 && names.Length == 1 && problem is not null)
            throw problem;
        reader.Separator = separator;
        reader.ReadRecord();
        return names;
    }

    /// <summary>The separator by which the first row has as many fields as there are names.</summary>
    private static string[] NamedByUser(CsvReader reader, char[] separators, IReadOnlyList<string> names)
    {
        var found = Splits(reader, separators, out var problem);
        if (found.Count == 0)
            throw problem ?? new InvalidDataException($"{reader.Name}: the file is empty; expected rows.");
        var fits = found.Where(split => split.Fields.Length == names.Count).ToList();
        if (fits.Count > 1)
            throw InDoubt(reader, fits.Select(split => split.Separator), $"the first row has {Counted.Of(names.Count, "field")}");
        if (fits.Count == 0)
        {
            var (separator, fields) = found.MaxBy(split => split.Fields.Length);
            throw CsvOptions.Wrong($"ColumnNames has {Counted.Of(names.Count, "name")}, but the first row of {reader.Name}, line "
                + FormattableString.Invariant($"{reader.RecordLine}, has ") + $"{Counted.Of(fields.Length, "field")} between {CsvOptions.Shown(separator)}");
        }

        reader.Separator = fits[0].Separator;
        return [.. names];
    }

    /// <summary>What the next record is by each separator, where it is CSV; the reader stands before it afterwards.</summary>
    private static List<(char Separator, string[] Fields)> Splits(CsvReader reader, char[] separators, out InvalidDataException? problem)
    {
        var splits = new List<(char, string[])>();
        problem = null;
        foreach (var separator in separators)
        {
            reader.Separator = separator;
            try
            {
                if (reader.ReadRecord())
                    splits.Add((separator, Fields(reader)));
            }
            catch (InvalidDataException e)
            {
                problem ??= e;
            }

            reader.Rewind();
        }

        return splits;
    }

    private static string[] Fields(CsvReader reader)
    {
        var fields = new string[reader.FieldCount];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = reader.FieldText(i).Trim();
        return fields;
    }

    private static bool HasAll(string[] fields, string[] asked) => asked.All(name => Array.IndexOf(fields, name) >= 0);

    private static ArgumentException InDoubt(CsvReader reader, IEnumerable<char> separators, string what) => CsvOptions.Wrong(
        $"{what} of {reader.Name} by {string.Join(" and by ", separators.Select(CsvOptions.Shown))}; say which it is, such as "
        + $"Separator = {(separators.First() == '\t' ? "'\\t'" : $"'{separators.First()}'")}");

    private static int Find(CsvReader reader, string[] names, string name, string[] asked, string parameter, CsvOptions options)
    {
        var index = Array.IndexOf(names, name);
        if (index >= 0 && Array.IndexOf(names, name, index + 1) < 0)
            return index;
        var line = reader.RecordLine;
        if (index >= 0)
            throw reader.Error(line, $"the column '{Excerpt.Of(name)}' occurs twice; give each column that is read its own name");
        // Every other byte of UTF-16 is such a zero, where the letters are Latin.
        if (names.Any(column => column.Contains('\0', StringComparison.Ordinal)))
        {
            throw reader.Error(line, "the column names hold zero characters, as if the text were UTF-16 without a byte order mark; save the file "
                + "as UTF-8, or write CsvOptions { Encoding = Encoding.Unicode }");
        }

        var hint = options.ColumnNames is null ? FurtherDown(reader, asked, options) : "";
        throw new ArgumentException(
            $"{reader.Name}, line {line}: there is no column '{Excerpt.Of(name, LongestExcerpt)}'; the columns are {Listed(names)}.{hint}", parameter);
    }

    /// <summary>Says where the header stands, if not in the first line.</summary>
    private static string FurtherDown(CsvReader reader, string[] asked, CsvOptions options)
    {
        char[] separators = options.Separator is { } given ? [given] : UsualSeparators;
        for (var record = 0; record < RecordsLookedThrough; record++)
        {
            var splits = Splits(reader, separators, out _);
            if (splits.Count == 0)
                return "";
            if (splits.Any(split => HasAll(split.Fields, asked)))
            {
                var line = reader.RecordLine;
                return FormattableString.Invariant($" Line {line} has all of them: write CsvOptions {{ SkipLines = {line - 1} }}.");
            }

            reader.Separator = splits[0].Separator;
            reader.ReadRecord();
        }

        return "";
    }

    private static string Listed(string[] names)
    {
        const int Most = 30;
        var listed = string.Join(", ", names.Take(Most).Select(name => $"'{Excerpt.Of(name, LongestExcerpt)}'"));
        return names.Length > Most ? string.Create(CultureInfo.InvariantCulture, $"{listed} and {names.Length - Most} more") : listed;
    }
}
