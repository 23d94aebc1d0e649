using System.Globalization;

namespace LstmDsl.Tests;

/// <summary>Backtests of a forecaster as it is.</summary>
public sealed class BacktestTests
{
    private static readonly double[] Levels = [0.1, 0.5, 0.9];

    [Fact]
    public void Origins_are_the_last_ones_that_have_all_they_need_a_horizon_apart()
    {
        var series = FakeForecaster.Hourly(Numbers(100));
        var result = Backtest.Run(Fake(10, 24), series, origins: 3);
        Assert.Equal([27, 51, 75], Rows(result));
        Assert.Equal([27, 51, 75], Rows(Backtest.Run(Fake(10, 24), series)));
        Assert.Equal([74, 75], Rows(Backtest.Run(Fake(10, 24), series, origins: 2, stride: TimeStep.Hours(1))));
        Assert.Equal([9, 33, 57], Rows(Backtest.Run(Fake(10, 24), series, from: series.TimeAt(9))));
        Assert.Equal([20, 26], Rows(Backtest.Run(Fake(10, 24), series, origins: 2, from: series.TimeAt(20), stride: TimeStep.Hours(6))));
        Assert.Equal([70], Rows(Backtest.Run(Fake(10, 24, lead: 5), series, origins: 1)));
        Assert.Equal(29, result.Outcomes[0].Actual(1));
    }

    [Fact]
    public void Origins_with_values_missing_are_passed_over_and_counted()
    {
        var values = Numbers(100);
        values[60] = double.NaN;
        var result = Backtest.Run(Fake(10, 5), FakeForecaster.Hourly(values), origins: 4, stride: TimeStep.Hours(5));
        // From 54 the row 60 lies beyond the horizon; from 55 to 59 within; from 60 to 69 in the window.
        Assert.Equal([79, 84, 89, 94], Rows(result));
        result = Backtest.Run(Fake(10, 5), FakeForecaster.Hourly(values), origins: 7, stride: TimeStep.Hours(5));
        Assert.Equal([49, 54, 74, 79, 84, 89, 94], Rows(result));
        Assert.Contains(result.Warnings, warning => warning.StartsWith("3 origins passed over", StringComparison.Ordinal));
    }

    [Fact]
    public void A_stride_of_days_goes_by_the_clock_and_one_of_hours_does_not()
    {
        var series = FakeForecaster.Hourly(Numbers(24 * 30), new DateTime(2012, 3, 20, 13, 0, 0, DateTimeKind.Utc), "Australia/Melbourne");
        var days = Backtest.Run(Fake(24, 24), series, origins: 20, stride: TimeStep.Days(1));
        Assert.Equal([series.TimeAt(695)!.Value.Hour], days.Outcomes.Select(outcome => outcome.Origin!.Value.Hour).Distinct());
        var hours = Backtest.Run(Fake(24, 24), series, origins: 20, stride: TimeStep.Hours(24));
        Assert.Single(hours.Outcomes.Select(outcome => outcome.Origin!.Value.UtcDateTime.Hour).Distinct());
        Assert.Equal(2, hours.Outcomes.Select(outcome => outcome.Origin!.Value.Hour).Distinct().Count());
    }

    [Fact]
    public void A_stride_or_a_start_that_does_not_fit_is_refused_with_what_would()
    {
        var series = FakeForecaster.Hourly(Numbers(100));
        string Refused(Action run) => Assert.ThrowsAny<ArgumentException>(run).Message;
        Assert.Contains("rows are 1 hour apart", Refused(() => Backtest.Run(Fake(10, 5), series, stride: TimeStep.Minutes(90))), StringComparison.Ordinal);
        Assert.Contains("Asked for 30 origins; series has 18", Refused(() => Backtest.Run(Fake(10, 5), series, origins: 30)), StringComparison.Ordinal);
        Assert.Contains("each needs 10 known rows and 5 rows that came", Refused(() => Backtest.Run(Fake(10, 5), series, origins: 30)), StringComparison.Ordinal);
        Assert.Contains("No row is at 2024-01-01 05:30:00+00:00", Refused(() =>
            Backtest.Run(Fake(10, 5), series, from: new DateTimeOffset(2024, 1, 1, 5, 30, 0, TimeSpan.Zero))), StringComparison.Ordinal);
        Assert.Contains("has no times", Refused(() =>
            Backtest.Run(FakeOf("value"), TimeSeries.FromArrays(Numbers(100)), stride: TimeStep.Days(1))), StringComparison.Ordinal);
        Assert.Contains("There is no column 'x'", Refused(() => Backtest.Run(FakeOf("x"), series)), StringComparison.Ordinal);
        Assert.Contains("Asked for origins; series has 0", Refused(() => Backtest.Run(Fake(98, 5), series)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_series_without_a_zone_times_are_what_clocks_showed_whatever_their_offset()
    {
        double[,] values = new double[100, 1];
        for (var row = 0; row < 100; row++)
            values[row, 0] = row;
        var series = TimeSeries.FromArrays(values, ["y"], new DateTime(2024, 1, 1), TimeStep.Hours(1));
        foreach (var offset in (int[])[0, 2, -7])
        {
            DateTimeOffset At(int row) => new(new DateTime(2024, 1, 1).AddHours(row), TimeSpan.FromHours(offset));
            Assert.Equal([20, 25], Rows(Backtest.Run(Fake(10, 5), series, origins: 2, from: At(20))));
            var split = series.Split(At(50), At(70));
            Assert.Equal((50, 70), (split.TrainingRows.End.Value, split.ValidationRows.End.Value));
            FakeForecaster learnt = new(FakeForecaster.Plan(10, 5), (_, _, _) => [1.0], At(84));
            Assert.Equal(85, Backtest.Run(learnt, series, origins: 3).Scale().Rows);
        }

        // Where the zone is known, they are instants.
        var known = FakeForecaster.Hourly(Numbers(100));
        var (validation, test) = (new DateTimeOffset(2024, 1, 3, 2, 0, 0, TimeSpan.FromHours(2)), new DateTimeOffset(2024, 1, 4, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(48, known.Split(validation, test).TrainingRows.End.Value);
    }

    [Fact]
    public void Rows_that_the_model_learnt_from_are_refused_unless_they_are_allowed()
    {
        var series = FakeForecaster.Hourly(Numbers(100));
        FakeForecaster Learnt(int row) => new(FakeForecaster.Plan(10, 5), (_, _, _) => [1.0], series.TimeAt(row));
        Assert.Equal(3, Backtest.Run(Learnt(84), series, origins: 3).Outcomes.Count);
        var fault = Assert.Throws<ArgumentException>(() => Backtest.Run(Learnt(85), series, origins: 3));
        Assert.Contains("1 of 3 origins forecast rows that Fake learnt from, which were those until 2024-01-04 13:00Z", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Ask for the last 2 origins", fault.Message, StringComparison.Ordinal);
        var allowed = Backtest.Run(Learnt(99), series, origins: 3, allowTrainingRows: true);
        Assert.Contains(allowed.Warnings, warning => warning.StartsWith("3 of 3 origins forecast rows", StringComparison.Ordinal));
        Assert.Contains(Backtest.Run(Fake(10, 5), series).Warnings, warning => warning.StartsWith("It is not known until when", StringComparison.Ordinal));
        // The scale of MASE is of the rows that the model learnt from.
        Assert.Equal(86, Backtest.Run(Learnt(85), series, origins: 1).Scale().Rows);
    }

    [Fact]
    public void Forecasts_are_the_same_bits_however_many_are_asked_for_at_once()
    {
        double[] values = [.. Enumerable.Range(0, 900).Select(row => 100 + (10 * Math.Sin(row * 0.7)))];
        var series = FakeForecaster.Hourly(values, zone: "Australia/Melbourne");
        var model = Fake(24, 24);
        var all = Backtest.Run(model, series, origins: 600, stride: TimeStep.Hours(1));
        Assert.Equal([256, 256, 88], model.Calls);
        foreach (var row in (int[])[0, 255, 256, 599])
        {
            var alone = Backtest.Run(Fake(24, 24), series, origins: 1, from: all.Outcomes[row].Origin);
            foreach (var name in all.Forecasters)
                Assert.Equal(all.OutcomesOf(name)[row].Forecast.Values.ToArray(), alone.OutcomesOf(name)[0].Forecast.Values.ToArray());
        }
    }

    [Fact]
    public void A_forecaster_that_gives_no_numbers_is_named()
    {
        var series = FakeForecaster.Hourly(Numbers(100));
        var fault = Assert.Throws<InvalidOperationException>(() =>
            Backtest.Run(new FakeForecaster(FakeForecaster.Plan(10, 5), (row, _, _) => [row == 94 ? double.NaN : 1]), series));
        Assert.StartsWith("Fake, from 2024-01-04 22:00Z, forecasts NaN of 'y' at 2024-01-04 23:00Z. Its weights", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_of_hundreds_of_digits_is_written_as_a_power_of_ten()
    {
        var series = FakeForecaster.Hourly([.. Numbers(100).Select((value, row) => row == 97 ? 1e300 : value)]);
        var result = Backtest.Run(new FakeForecaster(FakeForecaster.Plan(10, 5), (_, _, _) => [1]), series);
        // Its square is no number that a double holds: scaled errors are none, and never NaN.
        Assert.Null(result.Errors().RootMeanSquaredScaledError);
        Assert.True(double.IsFinite(result.Errors().MeanAbsoluteScaledError ?? 0));
        var text = result.ToString();
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.Contains("E+2", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 200));
        Assert.Equal(["1.000E+300", "-1.000E+015", "999,999,999,999,999"], new[] { 1e300, -1e15, 999_999_999_999_999 }.Select(NumberText.Of));
    }

    [Fact]
    public void Errors_by_weekday_and_hour_go_by_the_clock_of_what_is_forecast()
    {
        // On Sundays and at three in the morning, by the clocks of Melbourne, values are 10 and 100 more than forecast.
        var times = FakeForecaster.Hourly(new double[24 * 40], new DateTime(2012, 3, 20, 13, 0, 0, DateTimeKind.Utc), "Australia/Melbourne");
        var series = FakeForecaster.Hourly(
            [.. Enumerable.Range(0, times.Count).Select(row => times.TimeAt(row)!.Value).Select(time =>
                (time.DayOfWeek == DayOfWeek.Sunday ? 10.0 : 0) + (time.Hour == 3 ? 100 : 0))],
            times.Start!.Value.UtcDateTime, "Australia/Melbourne");
        var result = Backtest.Run(new FakeForecaster(FakeForecaster.Plan(24, 24), (_, _, _) => [0.0]), series, origins: 28, stride: TimeStep.Days(1));
        var days = result.ByWeekday();
        Assert.Equal(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], days.Select(row => row.Name));
        Assert.Equal(days["Monday"].MeanAbsoluteError + 10, days["Sunday"].MeanAbsoluteError, 1.0);
        var hours = result.ByHour();
        Assert.Equal(24, hours.Count);
        Assert.InRange(hours["03"].MeanAbsoluteError, 100, 110);
        Assert.All(hours.Where(row => row.Name != "03"), row => Assert.InRange(row.Errors.MeanAbsoluteError, 0, 10));
        Assert.Equal(result.Errors().Count, hours.Sum(row => row.Errors.Count));
        Assert.Equal(result.Errors().Count, days.Sum(row => row.Errors.Count));
        Assert.Equal(28, result.ByOrigin().Count);
        Assert.Contains("'24'", Assert.Throws<KeyNotFoundException>(() => hours["24"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_sees_units_baselines_the_worst_origin_coverage_and_warnings()
    {
        var result = Typical();
        Snapshot.Verify(string.Join("\n\n", result, result.ByStep(), result.ByHour(), result.ByOrigin()) + "\n", "txt");
    }

    [Fact]
    public void Errors_and_forecasts_are_read_back_from_their_files_as_they_were()
    {
        using var folder = new TemporaryFolder();
        var result = Typical();
        result.SaveForecasts(folder.File("forecasts.csv"));
        var lines = File.ReadAllLines(folder.File("forecasts.csv"));
        Assert.Equal("origin,time,step,target,unit,actual,q0.1,q0.5,q0.9,naive (last value),\"seasonal naive, 24 steps before\"", lines[0]);
        Assert.Equal(1 + 12, lines.Length);
        var first = result.Outcomes[0];
        Assert.Equal(
            FormattableString.Invariant($"2024-01-04T15:00:00+00:00,2024-01-04T16:00:00+00:00,1,y,MW,{first.Actual(0)},{first.Forecast.At(0.1, 0)},")
            + FormattableString.Invariant($"{first.Forecast.Point(0)},{first.Forecast.At(0.9, 0)},87,64"), lines[1]);

        result.SaveCsv(folder.File("errors.csv"));
        var row = File.ReadAllLines(folder.File("errors.csv")).Single(line => line.StartsWith("y,MW,Fake,step,2,", StringComparison.Ordinal));
        Assert.Equal(result.ByStep()["2"].RootMeanSquaredError, double.Parse(row.Split(',')[7], CultureInfo.InvariantCulture));

        result.SaveMarkdown(folder.File("errors.md"));
        var markdown = File.ReadAllText(folder.File("errors.md"));
        string[] headings = ["# Fake", "## y (MW)", "### Intervals", "### Levels", "### By step", "### By weekday", "### By hour", "### By origin"];
        foreach (var heading in headings)
            Assert.Contains(heading + "\n", markdown, StringComparison.Ordinal);
        Assert.Contains("\n| naive (last value) | 2.500 |", markdown, StringComparison.Ordinal);
        Assert.Equal(["errors.csv", "errors.md", "forecasts.csv"], folder.Names);
    }

    [Fact]
    public void A_forecast_from_elsewhere_is_taken_where_it_is_one()
    {
        var (series, plan) = (FakeForecaster.Hourly(Numbers(10)), FakeForecaster.Plan(2, 2, Levels, hasMean: true));
        var table = ForecastTable.From(plan, series, 5, [1, 2, 3, 9, 4, 4, 5, 9]);
        Assert.Equal((series.TimeAt(5), series.TimeAt(7), "MW"), (table.Origin, table.Times[1], table.Units[0]));
        Assert.Equal((3, 4, 9), (table.At(0.9, 0), table.Point(1), table.Mean(1)));
        string Refused(params double[] values) => Assert.Throws<ArgumentException>(() => ForecastTable.From(plan, series, 5, values)).Message;
        Assert.Contains("2 steps × 1 targets × 4 numbers for each take 8", Refused(1, 2, 3), StringComparison.Ordinal);
        Assert.Contains("At step 2 the value NaN is no number", Refused(1, 2, 3, 9, 4, 4, double.NaN, 9), StringComparison.Ordinal);
        Assert.Contains("At step 2 the quantile 0.9 is 3, below that of 0.5, 4", Refused(1, 2, 3, 0, 4, 4, 3, 9), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_do_not_break_out_of_a_markdown_table()
    {
        using var folder = new TemporaryFolder();
        var model = new FakeForecaster(FakeForecaster.Plan(10, 5), (_, _, _) => [1.0]) { Name = "<b>|*x*|\n# y" };
        Backtest.Run(model, FakeForecaster.Hourly(Numbers(100)), origins: 2).SaveMarkdown(folder.File("x.md"));
        Assert.Contains("\n| \\<b>\\|\\*x\\*\\| \\# y |", File.ReadAllText(folder.File("x.md")), StringComparison.Ordinal);
    }

    private static BacktestResult Typical()
    {
        double[] off = [1, -2, -2, -3];
        return Backtest.Run(
            new FakeForecaster(FakeForecaster.Plan(24, 4, Levels, seasons: [24]), (row, step, _) =>
            {
                var middle = row + 1 + step + (row == 91 ? off[step] / 2 : off[step]);
                return [middle - 2, middle, middle + 2];
            }),
            FakeForecaster.Hourly(Numbers(100)), origins: 3);
    }

    private static FakeForecaster Fake(int window, int horizon, int lead = 0) =>
        new(FakeForecaster.Plan(window, horizon, lead: lead), (row, step, _) => [row + (step * 0.5)]);

    private static FakeForecaster FakeOf(string column) =>
        new(new ForecastPlan { Window = 10, Horizon = 5, Columns = [new(column, ForecastRole.Target)] }, (_, _, _) => [1.0]);

    private static double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(row => (double)row)];

    private static int[] Rows(BacktestResult result) => [.. result.Outcomes.Select(outcome => outcome.LastRow)];
}
