namespace LstmDsl;

/// <summary>Ticks of a logarithmic axis: at 1, 2 and 5 times powers of ten, or at fewer where the range is wide.</summary>
internal static class LogarithmicTicks
{
    private const int FewestTicks = 3;

    // Beyond these an axis labels its ticks as powers of ten.
    private const double SmallestPlain = 1e-4;
    private const double LargestPlain = 1e6;
    private static readonly int[][] Factors = [[1, 2, 5], [1, 3], [1]];

    /// <summary>An axis over positive values.</summary>
    public static ChartAxis Rounded(double low, double high, int maxTicks)
    {
        if (high <= low * 1.000001) (low, high) = (low / 2, high * 2);
        var room = Math.Pow(high / low, 0.03);
        (low, high) = (low / room, high * room);
        var wide = Factors.Select(factors => Ticks(low, high, factors, 1)).FirstOrDefault(found => found.Count <= maxTicks);
        for (var decades = 2; wide is null; decades++)
        {
            var candidate = Ticks(low, high, Factors[^1], decades);
            if (candidate.Count <= maxTicks) wide = candidate;
        }

        var ticks = wide.Count >= FewestTicks ? wide : NumberTicks.Between(low, high, NumberTicks.Step(high - low, maxTicks - 1));
        return new(low, high, ticks, IsLogarithmic: true);
    }

    private static List<ChartTick> Ticks(double low, double high, int[] factors, int decades)
    {
        var ticks = new List<ChartTick>();
        var plain = low >= SmallestPlain && high < LargestPlain;
        for (var exponent = (int)Math.Floor(Math.Log10(low)); exponent <= Math.Log10(high); exponent++)
        {
            if (exponent % decades != 0) continue;
            foreach (var factor in factors)
            {
                var value = factor * Math.Pow(10, exponent);
                if (value >= low && value <= high) ticks.Add(new(value, ChartText.PowerLabel(factor, exponent, plain)));
            }
        }

        return ticks;
    }
}
