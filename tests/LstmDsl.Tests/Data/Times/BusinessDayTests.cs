using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace LstmDsl.Tests;

/// <summary>Business days, and series whose missing times do not exist.</summary>
public sealed class BusinessDayTests
{
    private const string Prices = "day,close\n2024-12-23,1\n2024-12-24,2\n2024-12-27,3\n2024-12-30,4\n2024-12-31,5\n2025-01-02,6\n2025-01-03,7\n";

    private static readonly DateOnly[] Holidays = [new(2024, 12, 25), new(2024, 12, 26), new(2025, 1, 1), new(2025, 1, 6)];

    private static string[] Days(TimeSeries series, params int[] rows) =>
        [.. rows.Select(row => series.TimeAt(row)!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];

    private static TimeSeries Read(string text, Gaps gaps, TimeStep? step = null)
    {
        using var file = new TemporaryFile(text);
        return TimeSeries.ReadCsv(file.Path, "day", ["close"], gaps: gaps, step: step);
    }

    [Fact]
    public void Rows_follow_each_other_and_times_go_on_by_business_days()
    {
        var series = Read(Prices, Gaps.Close);
        Assert.Equal((7, 0, "1 business day"), (series.Count, series.HoleCount, series.Step));
        Assert.Equal(["2024-12-23", "2024-12-24", "2024-12-27", "2025-01-03", "2025-01-06", "2025-01-10", "2025-01-13"], Days(series, 0, 1, 2, 6, 7, 11, 12));
        Assert.Equal(["2024-12-20"], Days(series, -1));
        Assert.Equal("series.csv: 7 rows, step 1 business day, 2024-12-23 to 2025-01-03\n  close: 1 to 7, mean 4\n  2 gaps closed", series.ToString());
        Assert.Equal(["2024-12-27", "2025-01-03", "2025-01-06"], Days(series[2..], 0, 4, 5));
    }

    [Fact]
    public void Holidays_are_no_business_days()
    {
        var step = TimeStep.BusinessDays(holidays: Holidays);
        var series = Read(Prices, Gaps.Error, step);
        Assert.Equal(7, series.Count);
        Assert.Equal(["2025-01-03", "2025-01-07", "2025-01-08"], Days(series, 6, 7, 8));
        Assert.Equal(["2025-01-07"], Days(Read(Prices, Gaps.Close, step), 7));
        Assert.Contains("between 2024-12-24 (line 3) and 2024-12-27 2 rows of the step of 1 business day are absent",
            Assert.Throws<InvalidDataException>(() => Read(Prices, Gaps.Error, TimeStep.BusinessDays())).Message, StringComparison.Ordinal);
        Assert.Contains("Gaps.Close where such times do not exist", Assert.Throws<InvalidDataException>(() => Read(Prices, Gaps.Error)).Message, StringComparison.Ordinal);
        Assert.Contains("2024-12-28 lies off the step of 1 business day from 2024-12-27, which was asked for",
            Assert.Throws<InvalidDataException>(() => Read("day,close\n2024-12-27,1\n2024-12-28,2\n", Gaps.Error, TimeStep.BusinessDays())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_also_fall_on_weekends_go_on_by_days_and_irregular_ones_have_no_times_beyond()
    {
        var daily = Read("day,close\n2024-12-27,1\n2024-12-28,2\n2024-12-29,3\n2025-01-01,4\n", Gaps.Close);
        Assert.Equal(("1 day", 4, "2025-01-02"), (daily.Step, daily.Count, Days(daily, 4)[0]));
        var log = Read("day,close\n2024-12-27T10:00:01,1\n2024-12-27T10:00:07,2\n2024-12-27T11:30:00.5,3\n", Gaps.Close);
        Assert.Equal((null, 3, null), (log.Step, log.Count, log.TimeAt(3)));
        Assert.Equal("series.csv: 3 rows, no equal step, 2024-12-27 10:00:01 to 2024-12-27 11:30:00.5\n  close: 1 to 3, mean 2", log.ToString());
        Assert.Equal(new DateTime(2024, 12, 27, 10, 0, 7), log.TimeAt(1)!.Value.DateTime);
    }

    [Fact]
    public void Windows_cross_a_closed_gap_and_a_forecast_has_the_days_that_will_be()
    {
        var days = Enumerable.Range(0, 400).Select(day => new DateOnly(2023, 1, 2).AddDays(day)).Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
        var series = TimeSeries.From(days.Where(day => day.Day != 17), day => day, day => Math.Sin(day.DayNumber), gaps: Gaps.Close);
        var split = series.Split(0.7, 0.15).Standardize();
        var (training, _, _) = split.Windows(20, batchSize: 16);
        Assert.Equal(split.TrainingRows.End.Value - 20, training.Count);
        var model = new WeatherLstm20(seed: 1);
        new WeatherLstm20.Trainer(model) { Loss = Loss.MeanSquaredError }.Fit(training, epochs: 1, verbose: 0);
        var forecast = model.Forecast(series, 6);
        Assert.Equal(DayOfWeek.Monday, series.End!.Value.DayOfWeek);
        Assert.Equal([DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Monday, DayOfWeek.Tuesday], forecast.Select(point => point.Time!.Value.DayOfWeek));
    }

    [Fact]
    public void Counting_undoes_adding_and_every_step_lands_on_a_business_day()
    {
        var cases = from day in Gen.Choose(700_000, 740_000)
                    from hour in Gen.Choose(0, 23)
                    from length in Gen.Choose(1, 4)
                    from steps in Gen.Choose(-600, 600)
                    from free in Gen.ListOf(Gen.Choose(699_000, 741_000))
                    select (day, hour, length, steps, free);
        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var step = new BusinessDayStep(given.length, given.free.Select(DateOnly.FromDayNumber));
            var start = step.Floor(new DateTime(given.day * TimeSpan.TicksPerDay)).AddHours(given.hour);
            var time = step.Add(start, given.steps);
            Assert.True(step.Holds(time));
            Assert.True(step.TryCount(start, time, out var counted));
            Assert.Equal(given.steps, counted);
            var between = 0;
            for (var day = start.Date; day != time.Date; day = day.AddDays(given.steps > 0 ? 1 : -1))
                between += step.Holds(day) ? 1 : 0;
            Assert.Equal(Math.Abs(given.steps) * given.length, between);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void From_a_day_without_business_the_first_step_leads_to_the_next_one_with()
    {
        var step = TimeStep.BusinessDays();
        var saturday = new DateTime(2024, 12, 28);
        Assert.Equal([new DateTime(2024, 12, 27), saturday, new DateTime(2024, 12, 30), new DateTime(2024, 12, 31)],
            Enumerable.Range(-1, 4).Select(steps => step.Add(saturday, steps)));
        Assert.Throws<ArgumentOutOfRangeException>(() => step.Add(saturday, 4_000_000));
        Assert.Equal(TimeStep.BusinessDays(1, Holidays), TimeStep.BusinessDays(1, Holidays.Reverse()));
        Assert.NotEqual(TimeStep.BusinessDays(1, Holidays), TimeStep.BusinessDays());
        Assert.Equal(TimeStep.Weeks(1), TimeStep.Days(7));
        Assert.Equal((TimeStep.Months(3), TimeStep.Months(12)), (TimeStep.Quarters(1), TimeStep.Years(1)));
        Assert.NotEqual(TimeStep.Days(1), TimeStep.Hours(24));
        Assert.Equal(["10 seconds", "1 hour", "24 hours", "7 days", "3 months", "2 years", "2 business days"],
            new[] { TimeStep.Seconds(10), TimeStep.Minutes(60), TimeStep.Hours(24), TimeStep.Weeks(1), TimeStep.Quarters(1), TimeStep.Years(2), TimeStep.BusinessDays(2) }.Select(one => one.ToString()));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeStep.Days(0));
        Assert.All([TimeStep.Hours, TimeStep.Days, TimeStep.Weeks, TimeStep.Months, TimeStep.Years, (int count) => TimeStep.BusinessDays(count)],
            make => Assert.Contains("longer than the calendar", Assert.Throws<ArgumentOutOfRangeException>(() => make(int.MaxValue)).Message, StringComparison.Ordinal));
    }
}
