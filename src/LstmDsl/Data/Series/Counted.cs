namespace LstmDsl;

/// <summary>Numbers of things in messages and summaries, culture-free.</summary>
internal static class Counted
{
    /// <summary>A number with its noun in the singular or plural: <c>1 row</c>, <c>1,461 rows</c>.</summary>
    public static string Of(long number, string noun) => FormattableString.Invariant($"{number:N0} {noun}{(number == 1 ? "" : "s")}");
}
