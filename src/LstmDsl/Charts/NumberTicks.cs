namespace LstmDsl;

/// <summary>Ticks at steps of 1, 2 or 5 times a power of ten.</summary>
internal static class NumberTicks
{
    // Below this share of the magnitude, neighbouring ticks would read alike.
    private const double SmallestRange = 1e-9;

    private const double Tolerance = 1e-9;
    private const double RelativeTolerance = 4e-16;

    /// <summary>A vertical axis: begins and ends at a tick, at 0 where the values reach down near it.</summary>
    public static ChartAxis Rounded(double low, double high, int maxTicks)
    {
        (low, high) = Widened(low, high);
        if (low > 0 && low < 0.35 * high) low = 0;
        var step = Step(high - low, maxTicks - 1);
        low = Math.Floor((low / step) + 1e-9) * step;
        high = Math.Ceiling((high / step) - 1e-9) * step;
        return new(low, high, Between(low, high, step));
    }

    /// <summary>A horizontal axis: the values' own range with a little room at both ends.</summary>
    public static ChartAxis Padded(double low, double high, int maxTicks, bool wholeNumbers)
    {
        if (wholeNumbers && low == high) return new(low - 1, high + 1, Between(low, high, 1));
        (low, high) = Widened(low, high);
        var step = Step(high - low, maxTicks);
        if (wholeNumbers) step = Math.Max(step, 1);
        var room = 0.02 * (high - low);
        // Whole numbers count something that begins with the first of them; other ticks may stand in the room at either end.
        var ticks = Between(wholeNumbers ? low : low - room, high + room, step);

        // Where counting begins at 1, so do the ticks: 1, 5, 10 rather than a bare start; beside a tick at 2 it would only crowd.
        if (wholeNumbers && low == 1 && step > 2) ticks.Insert(0, new(1, ChartText.TickLabel(1, step, high)));
        return new(low - room, high + room, ticks);
    }

    /// <summary>The ticks of a step within a range.</summary>
    public static List<ChartTick> Between(double low, double high, double step)
    {
        var ticks = new List<ChartTick>();
        // Far from 0 a quotient of two doubles is off by more than any fixed share of a step.
        var last = Math.Floor((high / step) + Math.Max(Tolerance, Math.Abs(high / step) * RelativeTolerance));
        for (var index = Math.Ceiling((low / step) - Math.Max(Tolerance, Math.Abs(low / step) * RelativeTolerance)); index <= last; index++)
            ticks.Add(new(index * step, ChartText.TickLabel(index * step, step, Math.Max(Math.Abs(low), Math.Abs(high)))));
        return ticks;
    }

    /// <summary>The smallest step with at most so many intervals.</summary>
    public static double Step(double range, int maxIntervals)
    {
        var raw = range / Math.Max(maxIntervals, 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var factor = (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        return factor * power;
    }

    private static (double Low, double High) Widened(double low, double high)
    {
        var magnitude = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low > SmallestRange * magnitude) return (low, high);
        var room = magnitude == 0 ? 1 : 0.1 * magnitude;
        return (low - room, high + room);
    }
}
