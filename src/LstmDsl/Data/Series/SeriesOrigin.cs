namespace LstmDsl;

/// <summary>Where a series' rows come from, so that messages can name the place.</summary>
/// <param name="Name">The file, or what stands for it.</param>
/// <param name="RowWord">What a row's number counts: <c>line</c> or <c>item</c>.</param>
/// <param name="TimePlace">The time column in words.</param>
/// <param name="ColumnPlaces">The value columns in words.</param>
/// <param name="ColumnNames">The value columns' names.</param>
internal sealed record SeriesOrigin(
    string Name, string RowWord, string TimePlace, IReadOnlyList<string> ColumnPlaces, IReadOnlyList<string> ColumnNames)
{
    /// <summary>The columns of a file, by their numbers from 1 and names.</summary>
    public static string FileColumn(int number, string name) => FormattableString.Invariant($"column {number} ('{name}')");

    /// <summary>A row in words.</summary>
    public string Row(int number) => FormattableString.Invariant($"{RowWord} {number}");

    /// <summary>An exception about a row's time.</summary>
    public InvalidDataException TimeError(int row, string text) => new($"{Name}, {Row(row)}, {TimePlace}: {text}.");

    /// <summary>An exception about one of a row's values.</summary>
    public InvalidDataException ValueError(int row, int column, string text) => new($"{Name}, {Row(row)}, {ColumnPlaces[column]}: {text}.");
}
