using FsCheck;
using FsCheck.Fluent;

namespace LstmDsl.Tests;

/// <summary>Series at another step: down and up, by the clocks of their zone, with holes that stay holes.</summary>
public sealed class ResampleTests
{
    private static readonly DateTime Start = new(2020, 1, 1);

    private static TimeSeries Hourly(params double[] values) => TimeSeries.FromArrays(values, Start, TimeStep.Hours(1), Missing.Hole, "mm");

    private static string Refused(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    [Fact]
    public void Three_years_of_half_hours_are_1090_days_of_24_hours_3_of_23_and_3_of_25()
    {
        var utc = new DateTime(2011, 12, 31, 13, 0, 0, DateTimeKind.Utc);
        var demand = TimeSeries.FromArrays([.. Enumerable.Repeat(0.5, 52_608)], utc, TimeStep.Minutes(30), zone: "Australia/Melbourne");
        var days = demand.Resample(TimeStep.Days(1), [("value", Aggregate.Sum)]);
        Assert.Equal((1_096, "1 day", 0), (days.Count, days.Step, days.HoleCount));
        var hours = days.Column("value").CountBy(length => length).ToDictionary();
        Assert.Equal((1_090, 3, 3), (hours[24], hours[23], hours[25]));
        Assert.Equal((new DateTime(2012, 1, 1), new DateTime(2014, 12, 31)), (days.Start!.Value.DateTime, days.End!.Value.DateTime));
        Assert.Equal(26_304, demand.Resample(TimeStep.Hours(1)).Count);
        Assert.Equal(36, demand.Resample(TimeStep.Months(1)).Count);
    }

    [Theory]
    [InlineData(Aggregate.Mean, 3.25)]
    [InlineData(Aggregate.Sum, 13)]
    [InlineData(Aggregate.First, 1)]
    [InlineData(Aggregate.Last, 3)]
    [InlineData(Aggregate.Min, 1)]
    [InlineData(Aggregate.Max, 7)]
    [InlineData(Aggregate.Median, 2.5)]
    public void Rows_of_a_step_come_together(Aggregate aggregate, double expected) =>
        Assert.Equal([expected, 5 * (aggregate == Aggregate.Sum ? 4 : 1)], Hourly(1, 7, 2, 3, 5, 5, 5, 5).Resample(TimeStep.Hours(4), [("value", aggregate)]).Column("value"));

    [Fact]
    public void Steps_begin_where_people_count_them_and_those_that_reach_beyond_the_rows_are_left_out()
    {
        var series = TimeSeries.FromArrays([.. Enumerable.Range(0, 400).Select(day => (double)day)], new DateTime(2020, 1, 15), TimeStep.Days(1));
        var months = series.Resample(TimeStep.Months(1), [("value", Aggregate.Sum)]);
        Assert.Equal((new DateTime(2020, 2, 1), 12, "1 month"), (months.Start!.Value.DateTime, months.Count, months.Step));
        Assert.Equal(Enumerable.Range(17, 29).Sum(), months[0, 0]);
        Assert.Equal("series: 12 rows, step 1 month, 2020-02-01 to 2021-01-01\n  value: 899 to 11377, mean 6084.8\n  2 partial steps left out", months.ToString());
        Assert.Equal(DayOfWeek.Monday, series.Resample(TimeStep.Weeks(1)).Start!.Value.DayOfWeek);
        Assert.Equal(new DateTime(2020, 4, 1), series.Resample(TimeStep.Quarters(1)).Start!.Value.DateTime);
        Assert.Equal(new DateTime(2020, 1, 1), series.Resample(TimeStep.Quarters(1), coverage: 0.5).Start!.Value.DateTime);
        Assert.Contains("No step of 2 years lies within the rows", Refused(() => series.Resample(TimeStep.Years(2))), StringComparison.Ordinal);
        var quarters = TimeSeries.FromArrays([.. Enumerable.Repeat(1.0, 96)], Start.AddMinutes(7), TimeStep.Minutes(15)).Resample(TimeStep.Hours(1));
        Assert.Equal((Start.AddHours(0), 24), (quarters.Start!.Value.DateTime, quarters.Count));
    }

    [Fact]
    public void A_business_day_has_the_rows_until_the_next_one()
    {
        var series = TimeSeries.FromArrays([.. Enumerable.Range(0, 14).Select(day => (double)day)], new DateTime(2024, 1, 1), TimeStep.Days(1));
        Assert.Equal([0, 1, 2, 3, 6, 7, 8, 9, 10, 13], series.Resample(TimeStep.BusinessDays(), [("value", Aggregate.Last)]).Column("value"));
    }

    [Fact]
    public void Holes_stay_holes_unless_enough_of_a_step_is_there()
    {
        var series = Hourly(1, double.NaN, 3, 4, 5, 6, 7, 8);
        Assert.Equal([double.NaN, 6.5], series.Resample(TimeStep.Hours(4)).Column("value"));
        Assert.Equal([8 / 3.0, 6.5], series.Resample(TimeStep.Hours(4), coverage: 0.75).Column("value"));
        Assert.Equal([double.NaN, 26], series.Resample(TimeStep.Hours(4), [("value", Aggregate.Sum)], coverage: 0.75).Column("value"));
        var filled = Hourly(1, double.NaN, 3).Resample(TimeStep.Minutes(30), fill: Fill.Forward);
        Assert.Equal([1, 1, double.NaN, double.NaN, 3, 3], filled.Column("value"));
        Assert.Equal([1, 1, 1, 1, 3, 3], Hourly(1, double.NaN, 3).Resample(TimeStep.Minutes(30), fill: Fill.Forward, longestRun: 3).Column("value"));
        Assert.Equal([1, double.NaN, double.NaN, double.NaN, 3, 3], Hourly(1, double.NaN, 3).Resample(TimeStep.Minutes(30), fill: Fill.Forward, longestRun: 2).Column("value"));
    }

    [Fact]
    public void Steps_between_rows_repeat_the_value_or_lie_on_the_line_only_where_that_is_said()
    {
        Assert.Equal([1, 1, 3, 3], Hourly(1, 3).Resample(TimeStep.Minutes(30), fill: Fill.Forward).Column("value"));
        Assert.Equal([1, 2, 3], Hourly(1, 3).Resample(TimeStep.Minutes(30), fill: Fill.Linear).Column("value"));
        Assert.Equal([0.5, 0.5, 1.5, 1.5], Hourly(1, 3).Resample(TimeStep.Minutes(30), [("value", Aggregate.Sum)], Fill.Forward).Column("value"));
        Assert.Contains("choose Fill.Forward to repeat values", Refused(() => Hourly(1, 3).Resample(TimeStep.Minutes(30))), StringComparison.Ordinal);
        Assert.Contains("has no line between two rows", Refused(() => Hourly(1, 3).Resample(TimeStep.Minutes(30), [("value", Aggregate.Sum)], Fill.Linear)), StringComparison.Ordinal);
        var months = TimeSeries.FromArrays([31, 29, 31], Start, TimeStep.Months(1)).Resample(TimeStep.Days(1), [("value", Aggregate.Sum)], Fill.Forward);
        Assert.Equal(91, months.Count);
        Assert.All(months.Column("value"), value => Assert.Equal(1, value));
    }

    [Fact]
    public void A_sum_of_rows_that_lie_in_two_steps_is_refused_and_their_mean_is_not()
    {
        var weeks = TimeSeries.FromArrays([.. Enumerable.Repeat(1.0, 60)], new DateTime(2020, 1, 6), TimeStep.Weeks(1));
        Assert.Contains("The row of 2020-01-27 lies in several steps of 1 month, so that there is no sum of 'value'",
            Refused(() => weeks.Resample(TimeStep.Months(1), [("value", Aggregate.Sum)])), StringComparison.Ordinal);
        Assert.Equal(14, weeks.Resample(TimeStep.Months(1)).Count);
    }

    [Fact]
    public void Rows_at_no_equal_steps_come_to_one()
    {
        (int Minute, double Value)[] events = [(3, 1), (4, 3), (70, 5), (200, 7), (481, 9)];
        var log = TimeSeries.From(events, one => Start.AddMinutes(one.Minute), one => one.Value, gaps: Gaps.Close);
        var hours = log.Resample(TimeStep.Hours(1));
        Assert.Equal([2, 5, double.NaN, 7, double.NaN, double.NaN, double.NaN, double.NaN, 9], hours.Column("value"));
        Assert.Equal(("1 hour", Start), (hours.Step, hours.Start!.Value.DateTime));
        Assert.Equal([2, 5, 5, 7, double.NaN, double.NaN, double.NaN, double.NaN, 9], log.Resample(TimeStep.Hours(1), fill: Fill.Forward, longestRun: 3).Column("value"));
        Assert.Equal([2, 5, 6, 7, 7.4, 7.8, 8.2, 8.6, 9], log.Resample(TimeStep.Hours(1), fill: Fill.Linear, longestRun: 4).Column("value").Select(value => Math.Round(value, 12)));
        Assert.Contains("give longestRun", Refused(() => log.Resample(TimeStep.Hours(1), fill: Fill.Forward)), StringComparison.Ordinal);
        (int Day, double Value)[] wrong = [(0, 1), (1, 2), (3_000_000, 3)];
        var far = TimeSeries.From(wrong, one => new DateTime(1, 1, 1).AddDays(one.Day), one => one.Value, gaps: Gaps.Close);
        Assert.Contains("there are more than", Refused(() => far.Resample(TimeStep.Seconds(1))), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_and_true_and_false_have_their_first_value_and_no_mean()
    {
        using var file = new TemporaryFile("t,weather,open,v\n2020-01-01T00:00,sun,TRUE,1\n2020-01-01T01:00,rain,FALSE,3\n2020-01-01T02:00,rain,FALSE,5\n2020-01-01T03:00,sun,TRUE,7\n");
        var series = TimeSeries.ReadCsv(file.Path, "t", ["weather", "open", "v"], categories: ["weather"]);
        var two = series.Resample(TimeStep.Hours(2));
        Assert.Equal([0, 1], two.Column("weather"));
        Assert.Equal([1, 0], two.Column("open"));
        Assert.Equal([2, 6], two.Column("v"));
        Assert.Equal(["sun", "rain"], two.Categories("weather"));
        Assert.Equal([0.5, 0.5], series.Resample(TimeStep.Hours(2), [("open", Aggregate.Mean)]).Column("open"));
        Assert.Contains("holds words, which have no Mean", Refused(() => series.Resample(TimeStep.Hours(2), [("weather", Aggregate.Mean)])), StringComparison.Ordinal);
        Assert.Equal([0, 0, 1, 1, 1, 1, 0], series.Resample(TimeStep.Minutes(30), fill: Fill.Linear).Column("weather"));
        Assert.Contains("two aggregates", Refused(() => series.Resample(TimeStep.Hours(2), [("v", Aggregate.Sum), ("v", Aggregate.Max)])), StringComparison.Ordinal);
        Assert.Contains("There is no column 'w'", Refused(() => series.Resample(TimeStep.Hours(2), [("w", Aggregate.Sum)])), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => TimeSeries.FromArrays([1, 2]).Resample(TimeStep.Days(1)));
    }

    [Fact]
    public void Sums_and_means_are_conserved_down_and_up()
    {
        string?[] zones = [null, "UTC", "Australia/Melbourne", "America/Sao_Paulo"];
        var cases = from values in Gen.ListOf(Gen.Choose(-1_000, 1_000)).Where(list => list.Count > 0)
                    from first in Gen.Choose(0, 50_000)
                    from minutes in Gen.Elements(10, 15, 30, 60)
                    from down in Gen.Elements(TimeStep.Hours(1), TimeStep.Hours(3), TimeStep.Days(1))
                    from zone in Gen.Elements(zones)
                    select (values, first, minutes, down, zone);
        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            double[] values = [.. given.values.SelectMany(value => Enumerable.Repeat((double)value, 7))];
            var kind = given.zone is null ? DateTimeKind.Unspecified : DateTimeKind.Utc;
            var start = new DateTime(2015, 1, 1, 0, 0, 0, kind).AddHours(given.first);
            var series = TimeSeries.FromArrays(values, start, TimeStep.Minutes(given.minutes), zone: given.zone);

            var covered = series.Resample(given.down, [("value", Aggregate.Mean)], coverage: 1e-9);
            Assert.Equal(series.Start!.Value.UtcDateTime, Later(covered.Start!.Value.UtcDateTime, series.Start.Value.UtcDateTime));
            TimeSeries summed;
            try
            {
                summed = series.Resample(given.down, [("value", Aggregate.Sum)]);
            }
            catch (ArgumentException)
            {
                // Too short a series for one whole step.
                return;
            }

            var from = summed.Start!.Value;
            var to = summed.TimeAt(summed.Count)!.Value;
            double[] within = [.. Enumerable.Range(0, series.Count).Where(row => series.TimeAt(row) >= from && series.TimeAt(row) < to).Select(row => values[row])];
            Assert.Equal(within.Sum(), summed.Column("value").Sum());

            var means = series.Resample(given.down);
            var weighted = Enumerable.Range(0, means.Count).Sum(row => means[row, 0] * (means.TimeAt(row + 1)!.Value - means.TimeAt(row)!.Value).TotalMinutes / given.minutes);
            Assert.Equal(within.Sum(), weighted, 1e-6);

            var up = summed.Resample(TimeStep.Minutes(5), [("value", Aggregate.Sum)], Fill.Forward);
            Assert.Equal(within.Sum(), up.Column("value").Sum(), 1e-6);
            Assert.Equal(summed.Column("value"), up.Resample(given.down, [("value", Aggregate.Sum)]).Column("value").Select(value => Math.Round(value, 6)));
        }).QuickCheckThrowOnFailure();
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
