namespace LstmDsl;

/// <summary>Numbers the words of a column.</summary>
internal sealed class CategoryWords
{
    /// <summary>The most different words that a column may have; one with more is no column of categories.</summary>
    public const int Most = 10_000;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly List<string> words = [];

    /// <summary>Takes the words that may occur; null where they are found.</summary>
    /// <exception cref="ArgumentException">There are none or too many, or one is null or given twice.</exception>
    public CategoryWords(CategoryColumn column)
    {
        lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        AreDeclared = column.Words is not null;
        if (column.Words is null)
            return;
        if (column.Words.Count is 0 or > Most)
            throw Wrong(column, FormattableString.Invariant($"has {column.Words.Count} words; expected 1 to {Most}"));
        foreach (var word in column.Words)
        {
            if (word is null)
                throw Wrong(column, "has a word that is null");
            if (!numbers.TryAdd(word, words.Count))
                throw Wrong(column, $"has the word '{Excerpt.Of(word)}' twice");
            words.Add(word);
        }
    }

    /// <summary>The most different words, for messages.</summary>
    public static string MostText => FormattableString.Invariant($"{Most:N0} different words, the most that a column of categories has");

    /// <summary>Whether no other word may occur.</summary>
    public bool AreDeclared { get; }

    /// <summary>The words, in the order of their numbers.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>What numbers the words of each column; null for columns of numbers.</summary>
    /// <exception cref="ArgumentException">A column of categories is none of the columns, is null or is named twice.</exception>
    public static CategoryWords?[] Of(IReadOnlyList<CategoryColumn> categories, IReadOnlyList<string> columns)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in categories)
        {
            if (column?.Name is null)
                throw new ArgumentException("A category column or its name is null.", nameof(categories));
            if (!seen.Add(column.Name))
                throw new ArgumentException($"The category column '{column.Name}' is named twice.", nameof(categories));
            if (!columns.Contains(column.Name))
            {
                throw new ArgumentException($"The category column '{column.Name}' is none of the value columns '{string.Join("', '", columns)}'; "
                    + "name it there too.", nameof(categories));
            }
        }

        return [.. columns.Select(name => categories.FirstOrDefault(column => column.Name == name) is { } column ? new CategoryWords(column) : null)];
    }

    /// <summary>A word's number, if it has one already.</summary>
    public bool TryFind(ReadOnlySpan<char> word, out int number) => lookup.TryGetValue(word, out number);

    /// <summary>Gives a new word the next number; false where there are too many.</summary>
    public bool TryAdd(ReadOnlySpan<char> word, out int number)
    {
        number = words.Count;
        if (words.Count == Most)
            return false;
        words.Add(word.ToString());
        numbers.Add(words[^1], number);
        return true;
    }

    private static ArgumentException Wrong(CategoryColumn column, string text, string parameter = "categories") =>
        new($"The category column '{Excerpt.Of(column.Name)}' {text}.", parameter);
}
