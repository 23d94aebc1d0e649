using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>What the generated rows of declared forecasts call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeclaredRows
{
    /// <summary>The number that a word of a column stands for: its place among the column's words.</summary>
    /// <param name="column">The column, with its words.</param>
    /// <param name="word">The word.</param>
    /// <exception cref="InvalidDataException">It is none of the words.</exception>
    public static double NumberOf(CategoryColumn column, string? word)
    {
        ArgumentNullException.ThrowIfNull(column);
        var words = column.Words ?? [];
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == word)
                return i;
        }

        throw new InvalidDataException(
            $"The column '{column.Name}' has {(word is null ? "no word" : $"the word '{word}'")}; declared are '{string.Join("', '", words)}'. "
            + "Declare it too, in Categories, or leave the row out.");
    }
}
