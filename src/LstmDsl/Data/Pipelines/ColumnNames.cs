namespace LstmDsl;

/// <summary>Columns' names in messages.</summary>
internal static class ColumnNames
{
    private const int MostListed = 30;

    /// <summary>Names between quotes, not too many of them.</summary>
    public static string Listed(IReadOnlyCollection<string> names) =>
        $"'{string.Join("', '", names.Take(MostListed))}'{(names.Count > MostListed ? ", …" : "")}";

    /// <summary>Each name's place in a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="names">The names.</param>
    /// <param name="what">What messages call one of them: <c>target</c>.</param>
    /// <param name="parameter">The argument that they came with.</param>
    /// <exception cref="ArgumentException">One is no column of the series, or is named twice; or there is none.</exception>
    public static int[] Find(TimeSeries series, IReadOnlyList<string> names, string what, string parameter)
    {
        if (names.Count == 0) throw new ArgumentException($"Name at least one {what} column.", parameter);
        var places = new Dictionary<string, int>(series.Columns.Count, StringComparer.Ordinal);
        for (var i = 0; i < series.Columns.Count; i++) places.Add(series.Columns[i], i);
        var found = new int[names.Count];
        var taken = new HashSet<int>();
        for (var i = 0; i < found.Length; i++)
        {
            if (names[i] is not { } name || !places.TryGetValue(name, out found[i]))
            {
                throw new ArgumentException(
                    $"The {what} '{names[i]}' is no column; the columns are {Listed(series.Columns)}.", parameter);
            }
            if (!taken.Add(found[i])) throw new ArgumentException($"The {what} '{name}' is named twice.", parameter);
        }
        return found;
    }
}
