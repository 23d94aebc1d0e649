using System.Globalization;

namespace LstmDsl;

/// <summary>Ticks of an axis of dates, at whole years, months, days, hours, minutes or seconds.</summary>
internal static class DateTicks
{
    private static readonly Interval[] Intervals =
    [
        .. Each(Unit.Second, 1, 5, 15, 30), .. Each(Unit.Minute, 1, 5, 15, 30), .. Each(Unit.Hour, 1, 3, 6, 12),
        .. Each(Unit.Day, 1, 2, 7, 14), .. Each(Unit.Month, 1, 2, 3, 6), .. Each(Unit.Year, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000),
    ];

    private enum Unit
    {
        Second,
        Minute,
        Hour,
        Day,
        Month,
        Year,
    }

    /// <summary>A date as a number on an axis: seconds since <see cref="DateTime.MinValue"/>.</summary>
    public static double ToNumber(DateTime time) => (double)time.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>A horizontal axis: the dates' own range with a little room at both ends.</summary>
    public static ChartAxis Padded(double low, double high, int maxTicks)
    {
        if (high <= low) (low, high) = (low - 1, high + 1);
        var room = 0.02 * (high - low);
        var (from, to) = (ToTime(low - room), ToTime(high + room));
        var chosen = Intervals[^1];
        foreach (var interval in Intervals)
        {
            if (Times(interval, from, to, maxTicks + 1).Count > maxTicks) continue;
            chosen = interval;
            break;
        }

        return new(low - room, high + room, Labelled(Times(chosen, from, to, int.MaxValue), chosen.Unit));
    }

    private static List<DateTime> Times(Interval interval, DateTime from, DateTime to, int enough)
    {
        var times = new List<DateTime>();
        DateTime? time = interval.AtOrBefore(from);
        while (time is { } found && found <= to && times.Count < enough)
        {
            if (found >= from) times.Add(found);
            time = interval.After(found);
        }

        return times;
    }

    private static List<ChartTick> Labelled(List<DateTime> times, Unit unit)
    {
        var (format, contextFormat) = unit switch
        {
            Unit.Second => ("HH:mm:ss", "d MMM yyyy"),
            Unit.Minute or Unit.Hour => ("HH:mm", "d MMM yyyy"),
            Unit.Day => ("d MMM", "yyyy"),
            Unit.Month => ("MMM", "yyyy"),
            _ => ("yyyy", ""),
        };
        var ticks = new List<ChartTick>();
        var shown = "";
        foreach (var time in times)
        {
            var context = contextFormat.Length == 0 ? "" : time.ToString(contextFormat, CultureInfo.InvariantCulture);
            ticks.Add(new(ToNumber(time), time.ToString(format, CultureInfo.InvariantCulture), context == shown ? null : context));
            shown = context;
        }

        return ticks;
    }

    private static DateTime ToTime(double number) =>
        new(Math.Clamp((long)(number * TimeSpan.TicksPerSecond), DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));

    private static IEnumerable<Interval> Each(Unit unit, params int[] counts) => counts.Select(count => new Interval(unit, count));

    private readonly record struct Interval(Unit Unit, int Count)
    {
        private TimeSpan Length => Unit switch
        {
            Unit.Second => TimeSpan.FromSeconds(Count),
            Unit.Minute => TimeSpan.FromMinutes(Count),
            Unit.Hour => TimeSpan.FromHours(Count),
            _ => TimeSpan.FromDays(Count),
        };

        /// <summary>Weeks begin on Monday, as the first of all days was one.</summary>
        public DateTime AtOrBefore(DateTime time) => Unit switch
        {
            Unit.Year => new(Math.Max(time.Year / Count * Count, 1), 1, 1),
            Unit.Month => new(time.Year, ((time.Month - 1) / Count * Count) + 1, 1),
            _ => new(time.Ticks / Length.Ticks * Length.Ticks),
        };

        /// <summary>The next tick; null past the end of all dates.</summary>
        public DateTime? After(DateTime time)
        {
            try
            {
                return Unit switch
                {
                    Unit.Year => AtOrBefore(time.AddYears(Count)),
                    Unit.Month => time.AddMonths(Count),
                    _ => time + Length,
                };
            }
            catch (ArgumentOutOfRangeException)
            {
                return null;
            }
        }
    }
}
