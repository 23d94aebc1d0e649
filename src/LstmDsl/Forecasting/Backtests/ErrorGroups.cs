namespace LstmDsl;

/// <summary>Errors by keys of what was forecast.</summary>
internal static class ErrorGroups
{
    /// <summary>Gathers errors, by rising keys.</summary>
    /// <param name="outcomes">Forecasts beside what came.</param>
    /// <param name="target">The target's place.</param>
    /// <param name="scale">What scaled errors are divided by.</param>
    /// <param name="key">The key of a step of a forecast.</param>
    public static IEnumerable<(int Key, ForecastErrors Errors)> Of(
        IReadOnlyList<ForecastOutcome> outcomes, int target, ErrorScale scale, Func<ForecastOutcome, int, int> key)
    {
        var tallies = new SortedDictionary<int, ErrorTally>();
        foreach (var outcome in outcomes)
        {
            for (var step = 0; step < outcome.Forecast.Steps; step++)
            {
                var group = key(outcome, step);
                if (!tallies.TryGetValue(group, out var tally))
                    tallies.Add(group, tally = new(target));
                tally.Add(outcome, step);
            }
        }

        return tallies.Select(tally => (tally.Key, tally.Value.Errors(scale)));
    }

    /// <summary>A day of the week, counted from Monday.</summary>
    public static int Weekday(DateTime time) => ((int)time.DayOfWeek + 6) % 7;

    /// <summary>A weekday's name, by its number from Monday.</summary>
    public static string WeekdayName(int day) => ((DayOfWeek)((day + 1) % 7)).ToString();
}
