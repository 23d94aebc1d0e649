using System.Buffers;
using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>Turns the fields of the value columns into numbers: what is missing into NaN, words into the numbers of their
/// categories.</summary>
internal sealed class CsvCells
{
    private const int LongestExcerpt = 40;

    /// <summary>What numbers consist of in any form.</summary>
    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789+-'\u2019. ,\u00a0\u202f\u2009");

    // Other programs' words for a value that is missing. A file may mean something else by them, so they are only suggested.
    private static readonly string[] LikelyMissing =
        ["?", "-", "--", "N/A", "#N/A", "NAN(IND)", "None", "nil", "missing", "#VALUE!", "#DIV/0!", "."];

    private readonly NumberForm form;
    private readonly SeriesOrigin origin;
    private readonly string[] missingWords;
    private readonly double[] missingNumbers;
    private readonly CategoryWords?[] categories;
    private readonly DecimalDoubt? doubt;
    private readonly bool[] hasTruth, hasNumbers;

    /// <summary>Makes ready for columns.</summary>
    /// <param name="form">How numbers are written.</param>
    /// <param name="options">Spellings of missing values.</param>
    /// <param name="origin">Where the columns stand.</param>
    /// <param name="categories">What numbers each column's words; null for a column of numbers.</param>
    /// <param name="separator">What stands between fields.</param>
    public CsvCells(NumberForm form, CsvOptions options, SeriesOrigin origin, CategoryWords?[] categories, char separator)
    {
        (this.form, this.origin, this.categories) = (form, origin, categories);
        (hasTruth, hasNumbers) = (new bool[categories.Length], new bool[categories.Length]);
        missingWords = [.. options.MissingValues.Select(spelling => spelling.Trim())];
        missingNumbers = [.. missingWords.Select(word => form.TryParse(word, out var number) ? number : double.NaN).Where(double.IsFinite)];
        doubt = separator == ';' && !form.IsStated ? new DecimalDoubt(categories.Length) : null;
    }

    /// <summary>A value; NaN where it is missing.</summary>
    /// <param name="column">Which of the value columns.</param>
    /// <param name="line">The field's line.</param>
    /// <param name="field">Its text in UTF-8.</param>
    /// <exception cref="InvalidDataException">It is no such value.</exception>
    public double Read(int column, int line, ReadOnlySpan<byte> field)
    {
        if (categories[column] is null && form.TryPlain(field, out var value))
        {
            doubt?.See(column, line, field);
            hasNumbers[column] = true;
            return missingNumbers.Length > 0 && missingNumbers.Contains(value) ? double.NaN : value;
        }

        return ReadText(column, line, Encoding.UTF8.GetString(field).AsSpan().Trim());
    }

    /// <summary>Which columns held true and false, and nothing else.</summary>
    public bool[] AreFlags() => [.. hasTruth.Zip(hasNumbers, (truth, numbers) => truth && !numbers)];

    /// <summary>Refuses a column in which it is in doubt what a point means.</summary>
    public void CheckDoubt()
    {
        for (var column = 0; doubt is not null && column < categories.Length; column++)
        {
            if (doubt.Of(column) is not var (line, text))
                continue;
            throw origin.ValueError(line, column, $"'{Excerpt.Of(text, LongestExcerpt)}' may have a decimal point, or one between thousands: fields lie "
                + "between ';', and no number of this column tells which. Write CsvOptions { DecimalSeparator = '.' } for the first, and "
                + "{ DecimalSeparator = ',', ThousandsSeparator = '.' } for the second");
        }
    }

    private double ReadText(int column, int line, ReadOnlySpan<char> text)
    {
        if (categories[column] is { } words)
            return ReadWord(column, line, text, words);
        if (IsMissing(text))
            return double.NaN;
        if (Is(text, "TRUE") || Is(text, "FALSE"))
        {
            hasTruth[column] = true;
            return Is(text, "TRUE") ? 1 : 0;
        }

        var isNumber = form.TryParse(text, out var value);
        if (isNumber && double.IsFinite(value))
        {
            hasNumbers[column] = true;
            doubt?.See(column, line, Encoding.UTF8.GetBytes(text.ToString()));
            return missingNumbers.Contains(value) ? double.NaN : value;
        }

        var shown = Excerpt.Of(text, LongestExcerpt);
        throw origin.ValueError(line, column, isNumber
            ? $"'{shown}' is no finite number; clear the field where the value is missing"
            : $"'{shown}' is no number; expected one such as {Example()}, or an empty field, NaN, NA or null where the value is missing"
                + Advice(text, origin.ColumnNames[column]));
    }

    private double ReadWord(int column, int line, ReadOnlySpan<char> word, CategoryWords words)
    {
        if (words.TryFind(word, out var number))
            return number;
        if (IsMissing(word))
            return double.NaN;
        if (!words.AreDeclared && words.TryAdd(word, out number))
            return number;
        throw origin.ValueError(line, column, words.AreDeclared
            ? $"'{Excerpt.Of(word, LongestExcerpt)}' is none of the words that were declared: {Listed(words.Words)}"
            : $"'{Excerpt.Of(word, LongestExcerpt)}' is one more than {CategoryWords.MostText}");
    }

    private bool IsMissing(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || Is(text, "NaN") || Is(text, "NA") || Is(text, "null"))
            return true;
        foreach (var word in missingWords)
        {
            if (Is(text, word))
                return true;
        }

        return false;
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private string Example() => form.Decimal == '.'
        ? "-3.5 or 1e3, with a decimal point"
        : $"-3{form.Decimal}5 or 1e3, with decimals after '{form.Decimal}'";

    /// <summary>What to write where a text is no number, as further sentences without the last stop; nothing where that is not
    /// known.</summary>
    private string Advice(ReadOnlySpan<char> text, string column)
    {
        foreach (var word in LikelyMissing)
        {
            if (Is(text, word))
                return $". Where it stands for a missing value, write CsvOptions {{ MissingValues = [\"{word}\"] }}";
        }

        var other = form.Decimal == '.' ? ',' : '.';
        var isOfNumbers = !text.ContainsAnyExcept(OfNumbers);
        if (isOfNumbers && text.Contains(other))
        {
            return $". If '{other}' stands before decimals, write CsvOptions {{ DecimalSeparator = '{other}' }}; if between thousands, "
                + $"{{ ThousandsSeparator = '{other}' }}";
        }

        foreach (var (separator, written) in new[] { ('\'', "\\'"), (' ', " ") })
        {
            var family = NumberForm.Family(separator);
            if (isOfNumbers && text.ContainsAny(family) && (form.Thousands is not { } own || !family.Contains(own)))
            {
                var found = Excerpt.Of([text[text.IndexOfAny(family)]]);
                return $". If '{found}' stands between thousands, write CsvOptions {{ ThousandsSeparator = '{written}' }}"
                    + (form.Decimal == '.' ? "" : $" with DecimalSeparator = '{form.Decimal}'");
            }
        }

        var isWord = text.Length > 0 && char.IsLetter(text[0]) && !text.ContainsAnyInRange('\0', '\u001f');
        return isWord ? $". Where the column holds words, write categories: [\"{Excerpt.Of(column, LongestExcerpt)}\"]" : "";
    }

    private static string Listed(IReadOnlyList<string> words)
    {
        const int Most = 20;
        var listed = string.Join(", ", words.Take(Most).Select(word => $"'{Excerpt.Of(word, LongestExcerpt)}'"));
        return words.Count > Most ? string.Create(CultureInfo.InvariantCulture, $"{listed} and {words.Count - Most} more") : listed;
    }
}
