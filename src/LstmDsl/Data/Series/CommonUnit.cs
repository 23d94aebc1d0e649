namespace LstmDsl;

/// <summary>The one unit of several columns.</summary>
internal static class CommonUnit
{
    /// <summary>The unit that all have; null where they differ, or have none.</summary>
    public static string? Of(IEnumerable<string?> units) => Differ(units) ? null : units.FirstOrDefault();

    /// <summary>Whether units differ, so that no number is of all columns.</summary>
    public static bool Differ(IEnumerable<string?> units) => units.Distinct(StringComparer.Ordinal).Count() > 1;
}
