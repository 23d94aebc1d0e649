namespace LstmDsl.Tests;

/// <summary>Forecasts that nothing is trained for.</summary>
public sealed class BaselineTests
{
    [Fact]
    public void Each_is_what_one_finds_by_hand()
    {
        var series = FakeForecaster.Hourly([1, 3, 2, 4, 8, 99, 99, 99, 99]);
        Assert.Equal([8, 8, 8], From(Baseline.Naive, series, 4));
        Assert.Equal([4, 8, 4], From(Baseline.SeasonalNaive(2), series, 4));
        Assert.Equal([8 + 1.75, 8 + 3.5, 8 + 5.25], From(Baseline.Drift(), series, 4));
        Assert.Equal([8 + 3, 8 + 6, 8 + 9], From(Baseline.Drift(3), series, 4));
        Assert.Equal([3.6, 3.6, 3.6], From(Baseline.WindowMean(), series, 4));
        Assert.Equal([6, 6, 6], From(Baseline.WindowMean(2), series, 4));
    }

    [Fact]
    public void A_lead_moves_what_is_forecast_and_not_what_is_known()
    {
        var series = FakeForecaster.Hourly([1, 3, 2, 4, 8, 99, 99, 99, 99]);
        Assert.Equal([8 + 3.5, 8 + 5.25], From(Baseline.Drift(), series, 4, FakeForecaster.Plan(5, 2, lead: 1)));
        // Of rows 6 and 7, those 3 rows before, of which the second is not known; so 6 rows before it.
        Assert.Equal([4, 8], From(Baseline.SeasonalNaive(3), series, 4, FakeForecaster.Plan(5, 2, lead: 1)));
        Assert.Equal([4, 3], From(Baseline.SeasonalNaive(3), series, 3, FakeForecaster.Plan(5, 2, lead: 2)));
        var table = Baseline.Naive.For(FakeForecaster.Plan(5, 2, lead: 1)).ForecastFrom(series, [4])[0];
        Assert.Equal([series.TimeAt(6), series.TimeAt(7)], table.Times);
        Assert.Equal((series.TimeAt(4), "MW"), (table.Origin, table.Units[0]));
    }

    [Fact]
    public void Missing_values_are_passed_over_and_none_at_all_is_refused_with_when()
    {
        var series = FakeForecaster.Hourly([1, double.NaN, 5, double.NaN, double.NaN, 7]);
        Assert.Equal([5, 5, 5], From(Baseline.Naive, series, 4));
        Assert.Equal([5 + 6, 5 + 8, 5 + 10], From(Baseline.Drift(), series, 4));
        Assert.Equal([3, 3, 3], From(Baseline.WindowMean(5), series, 4));
        // Row 5 is forecast by row 2, and row 6 by row 0: rows 4 and 3 are missing.
        Assert.Equal([5, 1], From(Baseline.SeasonalNaive(3), series, 4, FakeForecaster.Plan(5, 2)));
        var fault = Assert.Throws<ArgumentException>(() => From(Baseline.SeasonalNaive(24), series, 4));
        Assert.Contains("'y' cannot be forecast from 2024-01-01 04:00Z: no value is known 24 steps, or a multiple of that, before step 1",
            fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<ArgumentException>(() => From(Baseline.WindowMean(2), series, 4));
        Assert.Contains("no value is known of the last 2 rows", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>In Melbourne clocks were put back on 1 April 2012 and forward on 7 October; a row knows what its clock showed.</summary>
    [Theory]
    [InlineData("2012-03-20", 24)]
    [InlineData("2012-03-20", 168)]
    [InlineData("2012-09-25", 24)]
    [InlineData("2012-09-25", 168)]
    public void The_seasonal_naive_forecast_goes_by_the_clock_over_a_change_of_clocks(string start, int season)
    {
        var times = FakeForecaster.Hourly(new double[24 * 24], DateTime.SpecifyKind(DateTime.Parse(start, null), DateTimeKind.Utc), "Australia/Melbourne");
        double Shown(int row) => times.TimeAt(row)!.Value.DateTime.Ticks / TimeSpan.TicksPerHour;
        var series = FakeForecaster.Hourly([.. Enumerable.Range(0, times.Count).Select(Shown)], times.Start!.Value.UtcDateTime, "Australia/Melbourne");
        var changes = Enumerable.Range(1, series.Count - 1).Count(row => series.TimeAt(row)!.Value.Offset != series.TimeAt(row - 1)!.Value.Offset);
        Assert.Equal(1, changes);

        var rowShowing = Enumerable.Range(0, series.Count).Reverse().ToLookup(Shown).ToDictionary(rows => rows.Key, rows => rows.Min());
        var behindSkipped = 0;
        for (var row = 200; row < series.Count - 24; row++)
        {
            var found = From(Baseline.SeasonalNaive(season), series, row, FakeForecaster.Plan(24, 24));
            for (var step = 0; step < found.Length; step++)
            {
                // A time that the clocks skipped is that of the row behind; what is not known yet is looked for a season further back.
                var shown = Shown(row + 1 + step) - season;
                if (!rowShowing.ContainsKey(shown))
                    (shown, behindSkipped) = (shown + 1, behindSkipped + 1);
                if (rowShowing[shown] > row)
                    shown = Shown(row + 1 + step) - (2 * season);
                Assert.True(found[step] == shown, $"{series.TimeAt(row + 1 + step)}: {found[step] - shown} hours off");
            }
        }

        Assert.Equal(start == "2012-09-25" ? 24 : 0, behindSkipped);
    }

    [Fact]
    public void Rows_without_a_zone_in_days_and_in_months_go_by_rows()
    {
        var days = TimeSeries.FromArrays([1, 2, 3, 4, 5, 6, 7, 8, 9], new DateTime(2012, 3, 28), TimeStep.Days(1), zone: "Australia/Melbourne");
        var plan = new ForecastPlan { Window = 2, Horizon = 3, Seasons = [7], Columns = [new("value", ForecastRole.Target)] };
        Assert.Equal([2, 3, 4], From(Baseline.SeasonalNaive(), days, 7, plan));
        var bare = TimeSeries.FromArrays([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        Assert.Equal([2, 3, 4], From(Baseline.SeasonalNaive(), bare, 7, plan));
    }

    [Fact]
    public void No_baseline_sees_what_is_not_known_yet()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(row => Math.Sin(row) * 10)];
        var series = FakeForecaster.Hourly(values, zone: "Australia/Melbourne");
        var changed = FakeForecaster.Hourly([.. values.Select((value, row) => row <= 300 ? value : 1e6 + row)], zone: "Australia/Melbourne");
        Baseline[] all = [Baseline.Naive, Baseline.SeasonalNaive(24), Baseline.SeasonalNaive(5), Baseline.Drift(), Baseline.WindowMean()];
        foreach (var baseline in all)
            Assert.Equal(From(baseline, series, 300, FakeForecaster.Plan(24, 48)), From(baseline, changed, 300, FakeForecaster.Plan(24, 48)));
    }

    [Fact]
    public void Sizes_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Baseline.SeasonalNaive(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Baseline.Drift(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Baseline.WindowMean(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => From(Baseline.Naive, FakeForecaster.Hourly([1, 2]), 2));
    }

    private static double[] From(Baseline baseline, TimeSeries series, int row, ForecastPlan? plan = null)
    {
        var table = baseline.For(plan ?? FakeForecaster.Plan(5, 3)).ForecastFrom(series, [row])[0];
        return [.. Enumerable.Range(0, table.Steps).Select(step => table.Point(step))];
    }
}
