namespace LstmDsl;

/// <summary>What the units of several columns have to do with each other.</summary>
internal static class ColumnUnits
{
    /// <summary>The unit that all have; null where they differ, or have none.</summary>
    public static string? Same(IEnumerable<string?> units) => Differ(units) ? null : units.FirstOrDefault();

    /// <summary>Whether units differ, so that no number is of all columns.</summary>
    public static bool Differ(IEnumerable<string?> units) => units.Distinct(StringComparer.Ordinal).Count() > 1;
}
