namespace LstmDsl;

/// <summary>What is to be read from a CSV file.</summary>
/// <param name="Time">The time columns.</param>
/// <param name="Columns">The value columns.</param>
/// <param name="TimeFormat">How times are written; null for ISO 8601.</param>
/// <param name="Choices">What becomes of what is wrong.</param>
/// <param name="Unit">The unit of value columns that have none of their own.</param>
/// <param name="Categories">Which value columns hold words.</param>
/// <param name="Where">Which rows are read: those that hold these words in these columns.</param>
/// <param name="Options">The file's form.</param>
internal sealed record CsvRequest(
    TimeColumns Time,
    SeriesColumns Columns,
    TimeFormats? TimeFormat,
    SeriesChoices Choices,
    string? Unit,
    IReadOnlyList<CategoryColumn> Categories,
    IReadOnlyList<(string Column, string Value)> Where,
    CsvOptions Options)
{
    /// <summary>The value columns' names.</summary>
    public IReadOnlyList<string> Values => Columns.Names;

    /// <summary>Refuses what no file can answer.</summary>
    public void Check()
    {
        Choices.Check();
        Options.Check();
        if (Values.Count == 0)
            throw new ArgumentException("Name at least one column of values.", "values");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in Time)
        {
            if (!seen.Add(name))
                throw new ArgumentException($"The time column '{name}' is named twice.", "time");
        }

        foreach (var name in Values)
        {
            if (name is null)
                throw new ArgumentException("A column's name is null.", "values");
            if (seen.Add(name))
                continue;
            var both = Time.Contains(name) ? ", as the time and as a value" : "";
            throw new ArgumentException($"The column '{name}' is named twice{both}.", "values");
        }

        _ = CategoryWords.Of(Categories, Values);
        CheckWhere();
    }

    /// <summary>The value columns with their units; words have none.</summary>
    public SeriesColumns DescribedColumns() =>
        Columns.WithUnit(Unit, column => Categories.Any(words => words.Name == Columns[column].Name));

    private void CheckWhere()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (column, value) in Where)
        {
            if (column is null || value is null)
                throw new ArgumentException("A column or a value by which rows are picked is null.", "where");
            if (!seen.Add(column))
                throw new ArgumentException($"Rows are picked by the column '{column}' twice; no row has two values in it.", "where");
        }
    }
}
