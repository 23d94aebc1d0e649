using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace LstmDsl.Tests;

/// <summary>The step of time: how it is found, counted and written.</summary>
public sealed class TimeStepTests
{
    [Theory]
    [InlineData("1 day", "2012-02-28 2012-02-29 2012-03-01", "2012-03-02")]
    [InlineData("7 days", "2012-01-02 2012-01-09 2012-01-16", "2012-01-23")]
    [InlineData("10 minutes", "2012-01-01T00:00 2012-01-01T00:10 2012-01-01T00:20", "2012-01-01T00:30")]
    [InlineData("90 minutes", "2012-01-01T00:00 2012-01-01T01:30", "2012-01-01T03:00")]
    [InlineData("1 second", "2012-01-01T00:00:00 2012-01-01T00:00:01", "2012-01-01T00:00:02")]
    [InlineData("250 milliseconds", "2012-01-01T00:00:00 2012-01-01T00:00:00.25", "2012-01-01T00:00:00.5")]
    [InlineData("100 nanoseconds", "2012-01-01T00:00:00 2012-01-01T00:00:00.0000001", "2012-01-01T00:00:00.0000002")]
    [InlineData("1 month", "2012-01-01 2012-02-01 2012-03-01", "2012-04-01")]
    [InlineData("1 month", "2011-07-01 2011-08-01 2011-09-01", "2011-10-01")]
    [InlineData("1 month", "2012-01-15T06:00 2012-02-15T06:00", "2012-03-15T06:00")]
    [InlineData("1 month", "2012-01-31 2012-02-29 2012-03-31", "2012-04-30")]
    [InlineData("1 month", "2011-02-28 2011-03-31 2011-04-30", "2011-05-31")]
    [InlineData("1 month", "2012-01-30 2012-02-29 2012-03-30", "2012-04-30")]
    [InlineData("1 month", "2012-04-30 2012-05-30", "2012-06-30")]
    [InlineData("3 months", "2012-06-30 2012-09-30", "2012-12-31")]
    [InlineData("3 months", "2011-11-30 2012-02-29 2012-05-31", "2012-08-31")]
    [InlineData("1 year", "2010-01-01 2011-01-01 2012-01-01 2013-01-01", "2014-01-01")]
    [InlineData("1 year", "2012-02-29 2013-02-28 2014-02-28", "2015-02-28")]
    [InlineData("1 year", "2013-02-28 2014-02-28 2015-02-28", "2016-02-29")]
    [InlineData("2 years", "2010-06-15 2012-06-15", "2014-06-15")]
    public void The_step_is_found(string expected, string times, string next)
    {
        var parsed = times.Split(' ').Select(Parse).ToArray();
        var step = TimeStepFinder.Find(parsed);
        Assert.Equal(expected, step.ToString());
        for (int i = 0; i < parsed.Length; i++)
        {
            Assert.True(step.TryCount(parsed[0], parsed[i], out long count));
            Assert.Equal(i, count);
            Assert.Equal(parsed[i], step.Add(parsed[0], i));
        }
        Assert.Equal(Parse(next), step.Add(parsed[0], parsed.Length));
    }

    [Theory]
    [InlineData("1 day", "2012-01-01 2012-01-02 2012-01-03 2012-01-06 2012-01-07")]
    [InlineData("1 day", "2012-01-01 2012-01-02 2012-01-04")]
    [InlineData("1 month", "2012-01-01 2012-02-01 2012-04-01 2012-05-01")]
    [InlineData("2 days", "2012-01-01 2012-01-03 2012-01-04 2012-01-06")]
    public void The_most_common_difference_counts_and_of_several_the_smallest(string expected, string times) =>
        Assert.Equal(expected, TimeStepFinder.Find([.. times.Split(' ').Select(Parse)]).ToString());

    [Fact]
    public void Counting_undoes_adding()
    {
        var starts = Gen.Choose(1, 3_000_000).Select(day => DateTime.MinValue.AddDays(day).AddMinutes(day % 1_440));
        var steps = Gen.OneOf(Gen.Choose(1, int.MaxValue).Select(ticks => (TimeStep)new FixedStep(ticks)), Gen.Choose(1, 40).Select(months => (TimeStep)new CalendarStep(months, 31)));
        var cases = from start in starts from step in steps from count in Gen.Choose(0, 1_000) select (start, step, count);
        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            // A calendar step of day 31 starts on the last day of a month.
            var start = given.step is CalendarStep ? given.step.Add(given.start, 0) : given.start;
            Assert.True(given.step.TryCount(start, given.step.Add(start, given.count), out long count));
            Assert.Equal(given.count, count);
        }).Check(Config.QuickThrowOnFailure.WithReplay(31, 5));
    }

    [Fact]
    public void Times_before_the_start_are_counted_back() =>
        Assert.Equal((new DateTime(2011, 12, 31), new DateTime(2011, 11, 30)), (new FixedStep(TimeSpan.TicksPerDay).Add(new DateTime(2012, 1, 1), -1), new CalendarStep(1, 31).Add(new DateTime(2012, 1, 31), -2)));

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(4_000_000)]
    public void The_calendar_has_an_end(long count)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedStep(TimeSpan.TicksPerDay).Add(new DateTime(2012, 1, 1), count));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalendarStep(12, 1).Add(new DateTime(2012, 1, 1), count));
    }

    [Fact]
    public void A_time_zone_travels()
    {
        var start = new DateTime(2012, 1, 31, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(DateTimeKind.Utc, new CalendarStep(1, 31).Add(start, 1).Kind);
        Assert.Equal(DateTimeKind.Utc, new FixedStep(1).Add(start, 1).Kind);
    }

    private static DateTime Parse(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.None);
}
