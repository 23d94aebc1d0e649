namespace LstmDsl;

/// <summary>Fields of a file whose lines are cut by a character (RFC 4180).</summary>
internal static class CsvField
{
    /// <summary>A field as it is written: in quotes where it holds the separator, a quote or a line's end.</summary>
    /// <param name="field">The field.</param>
    /// <param name="separator">What cuts the line.</param>
    public static string Quoted(string field, char separator) =>
        field.AsSpan().IndexOfAny([separator, '"', '\n', '\r']) < 0 ? field : InQuotes(field);

    /// <summary>A field in quotes, those within it doubled.</summary>
    public static string InQuotes(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
