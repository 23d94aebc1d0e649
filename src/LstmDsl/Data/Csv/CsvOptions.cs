using System.Text;

namespace LstmDsl;

/// <summary>
/// The form of a CSV file, where it is not the usual one: fields between separators, quoted where they hold separators, line breaks or
/// quotes (doubled), a line of column names first, numbers with a decimal point, UTF-8. What its columns mean is said to
/// <see cref="TimeSeries.ReadCsv"/> itself.
/// </summary>
/// <example>
/// <code>
/// var power = TimeSeries.ReadCsv("household_power_consumption.txt", time: ["Date", "Time"], values: ["Global_active_power"],
///     timeFormat: "d/M/yyyy HH:mm:ss", missing: Missing.Hole, options: new CsvOptions { MissingValues = ["?"] });
/// </code>
/// </example>
public sealed record CsvOptions
{
    /// <summary>What stands in for options that were not given.</summary>
    internal static CsvOptions Usual { get; } = new();

    /// <summary>
    /// What stands between fields, one ASCII character. Null, the default, takes the one of <c>,</c> <c>;</c> tab and <c>|</c> by which
    /// the first line has all columns that are asked for; <see cref="TimeSeries.ToString"/> says which.
    /// </summary>
    public char? Separator { get; init; }

    /// <summary>What stands before a number's decimals; null, the default, is a point, or what <see cref="Numbers"/> says.</summary>
    public char? DecimalSeparator { get; init; }

    /// <summary>
    /// What stands between groups of three digits, such as <c>.</c>, <c>,</c>, <c>'</c> or a space; null, the default, is nothing, or what
    /// <see cref="Numbers"/> says. Groups of other lengths are an error. Either apostrophe (<c>'</c>, <c>’</c>) stands for both, and any
    /// space (plain, no-break, narrow, thin) for all, since programs write one for the other.
    /// </summary>
    public char? ThousandsSeparator { get; init; }

    /// <summary>
    /// Says both separators of numbers at once, such as <c>CultureInfo.GetCultureInfo("de-DE")</c>; null is the invariant culture without
    /// thousands separators. An application in globalization-invariant mode has no such cultures: it names the separators themselves.
    /// </summary>
    public IFormatProvider? Numbers { get; init; }

    /// <summary>
    /// How characters are written as bytes; null, the default, is UTF-8, or UTF-16 or UTF-32 where the file begins with their mark. Others
    /// are named: <c>Encoding.Latin1</c>, or with the package System.Text.Encoding.CodePages registered <c>Encoding.GetEncoding(1252)</c>.
    /// </summary>
    public Encoding? Encoding { get; init; }

    /// <summary>
    /// What stands for a missing value beside empty fields, <c>NaN</c>, <c>NA</c> and <c>null</c>: <c>?</c>, <c>N/A</c>, <c>-999</c>.
    /// Letters are compared without regard to case, numbers by their value (<c>-999</c> is <c>-999.0</c> too).
    /// </summary>
    public IReadOnlyList<string> MissingValues { get; init; } = [];

    /// <summary>Lines that begin with this are passed over, such as <c>#</c>; null, the default, where there are none.</summary>
    public string? Comment { get; init; }

    /// <summary>How many lines stand before the line of column names, empty ones included; 0 by default.</summary>
    public int SkipLines { get; init; }

    /// <summary>The columns' names, in order, where the file has no line of them; null, the default, where it has.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>Which file of a zip is read; null, the default, the only one, or the only one named <c>.csv</c>, <c>.tsv</c> or
    /// <c>.txt</c>.</summary>
    public string? ZipMember { get; init; }

    /// <summary>Refuses what no file can have.</summary>
    internal void Check()
    {
        if (Separator is { } separator && !CanSeparate(separator))
            throw Wrong($"the separator {Shown(separator)} cannot stand between fields; expected an ASCII character such as ',' ';' "
                + "'|' or a tab");
        if (Numbers is not null && (DecimalSeparator ?? ThousandsSeparator) is not null)
            throw Wrong("both Numbers and a separator of numbers are given; give one of them");
        if (SkipLines < 0)
            throw Wrong($"the number of lines to skip is {SkipLines}; expected 0 or more");
        if (Comment is not null && (Comment.Length == 0 || Comment.AsSpan().ContainsAny('\r', '\n')))
            throw Wrong("the beginning of a comment is empty or holds a line break; expected one such as '#'");
        if (MissingValues is null || MissingValues.Any(spelling => spelling is null))
            throw Wrong("a spelling of missing values is null");
        if (ColumnNames is not null)
            CheckNames(ColumnNames);
    }

    private static bool CanSeparate(char separator) =>
        char.IsAscii(separator) && !char.IsAsciiLetterOrDigit(separator) && separator is not ('"' or '\r' or '\n' or '\0');

    private static void CheckNames(IReadOnlyList<string> names)
    {
        if (names.Count == 0 || names.Any(name => name is null))
            throw Wrong("the column names are none, or one of them is null; name every column of the file");
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Wrong($"the column name '{twice.Key}' is given twice");
    }

    /// <summary>An exception about options.</summary>
    internal static ArgumentException Wrong(string text, string parameter = "options") => new($"CsvOptions: {text}.", parameter);

    /// <summary>A separator as messages show it.</summary>
    internal static string Shown(char separator) => separator == '\t' ? "tab" : $"'{Excerpt.Of([separator])}'";
}
