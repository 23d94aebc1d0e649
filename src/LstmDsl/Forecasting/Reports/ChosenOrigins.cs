namespace LstmDsl;

/// <summary>An origin that a report shows, and why.</summary>
/// <param name="Why">Why.</param>
/// <param name="Origin">Its place.</param>
/// <param name="Row">Its errors.</param>
internal sealed record ChosenOrigin(string Why, int Origin, ErrorRow Row);

/// <summary>Chooses origins that tell most: the worst ones first, since averages hide them, then the usual, the best and the last.</summary>
internal static class ChosenOrigins
{
    /// <summary>Up to six origins, each once.</summary>
    public static IReadOnlyList<ChosenOrigin> Of(BacktestResult result, string target)
    {
        var rows = result.ByOrigin(target);
        int[] ranked = [.. Enumerable.Range(0, rows.Count).OrderBy(place => rows[place].Errors.MeanAbsoluteError)];
        (string Why, int Rank)[] wanted =
        [
            ("Largest error", rows.Count - 1), ("Second largest error", rows.Count - 2), ("Larger than nine of ten", rows.Count * 9 / 10),
            ("The middle one", rows.Count / 2), ("Smallest error", 0), ("The last one", Array.IndexOf(ranked, rows.Count - 1)),
        ];
        return
        [
            .. wanted.Where(choice => choice.Rank >= 0).DistinctBy(choice => choice.Rank)
                .Select(choice => new ChosenOrigin(choice.Why, ranked[choice.Rank], rows[ranked[choice.Rank]])),
        ];
    }
}
