using System.Globalization;

namespace LstmDsl;

/// <summary>Two quantiles that lie symmetrically about the median, and so are the ends of an interval.</summary>
/// <param name="Lower">The lower one's level.</param>
/// <param name="Upper">The upper one's level, 1 − the lower.</param>
internal readonly record struct LevelPair(double Lower, double Upper)
{
    // Levels are decimals as they were written; their sum may miss 1 by a rounding.
    private const double Rounding = 1e-9;

    /// <summary>The share that is meant to lie between them.</summary>
    public double Nominal => Math.Round(Upper - Lower, 12);

    /// <summary>The pairs among levels, the innermost first.</summary>
    public static IReadOnlyList<LevelPair> Of(IReadOnlyList<double> levels) =>
    [
        .. levels.Where(lower => lower < 0.5 - Rounding)
            .SelectMany(lower => levels.Where(upper => Math.Abs(lower + upper - 1) < Rounding).Select(upper => new LevelPair(lower, upper)))
            .OrderBy(pair => pair.Nominal),
    ];

    /// <summary>The pair whose interval is meant to hold a share.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It was not declared.</exception>
    public static LevelPair Find(IReadOnlyList<double> levels, double coverage, string parameter)
    {
        var pairs = Of(levels);
        foreach (var pair in pairs)
        {
            if (Math.Abs(pair.Nominal - coverage) < Rounding)
                return pair;
        }

        var lower = Math.Round((1 - coverage) / 2, 9);
        var needed = coverage is > 0 and < 1
            ? FormattableString.Invariant($"An interval of {Percent(coverage)} has the levels {lower} and {1 - lower}")
            : "An interval's coverage lies between 0 and 1";
        var there = pairs.Count == 0
            ? "the forecast has no two levels that lie symmetrically about 0.5"
            : $"the forecast's intervals are those of {string.Join(" and ", pairs.Select(pair => Percent(pair.Nominal)))}";
        throw new ArgumentOutOfRangeException(parameter, coverage,
            $"{needed}; {there}. Declare the levels with [Quantiles(…)], or choose one that was declared.");
    }

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
