using System.Text;

namespace LstmDsl;

/// <summary>Picks the rows of a file that hold given words in given columns.</summary>
internal sealed class RowFilter
{
    private const int MostListed = 12;

    private readonly int[] columns;
    private readonly byte[][] words;
    private readonly SortedSet<string>[] others;
    private bool hasRows;

    /// <summary>Takes columns with the words that rows are to hold in them.</summary>
    /// <param name="where">The columns' names and words.</param>
    /// <param name="columns">Where these columns stand in the file.</param>
    public RowFilter(IReadOnlyList<(string Column, string Value)> where, int[] columns)
    {
        this.columns = columns;
        words = [.. where.Select(picked => Encoding.UTF8.GetBytes(picked.Value.Trim()))];
        others = [.. where.Select(_ => new SortedSet<string>(StringComparer.Ordinal))];
    }

    /// <summary>Whether the reader's row is picked.</summary>
    public bool Takes(CsvReader reader)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var field = reader.FieldBytes(columns[i]);
            if (field.Trim(" \t"u8).SequenceEqual(words[i]))
                continue;
            // For the message, should no row be picked: what stands there instead, in rows that fit so far.
            if (!hasRows && others[i].Count <= MostListed)
                others[i].Add(Encoding.UTF8.GetString(field).Trim());
            return false;
        }

        return hasRows = true;
    }

    /// <summary>Refuses a file in which no row was picked.</summary>
    /// <exception cref="ArgumentException">There was none.</exception>
    public void RequireRows(IReadOnlyList<(string Column, string Value)> where, string file)
    {
        if (hasRows)
            return;
        var last = Array.FindLastIndex(others, found => found.Count > 0);
        if (last < 0)
            return;
        var before = last == 0 ? "" : $" where {string.Join(" and ", where.Take(last).Select(picked => $"'{picked.Column}' is '{picked.Value}'"))}";
        var listed = string.Join(", ", others[last].Take(MostListed).Select(word => $"'{Excerpt.Of(word)}'"));
        throw new ArgumentException($"{file}: no row has '{Excerpt.Of(where[last].Value)}' in the column '{where[last].Column}'{before}; found there "
            + $"{(others[last].Count > MostListed ? "among others " : "")}{listed}.", nameof(where));
    }
}
