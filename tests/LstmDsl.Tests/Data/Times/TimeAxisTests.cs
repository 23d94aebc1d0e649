using System.Globalization;

namespace LstmDsl.Tests;

/// <summary>When rows are: by the clocks of a zone, over days of 23 and 25 hours, and where midnight does not exist.</summary>
public sealed class TimeAxisTests
{
    private const string Melbourne = "Australia/Melbourne";

    private static string Text(DateTimeOffset? time) => time!.Value.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    [Fact]
    public void Days_are_those_of_the_zone_1090_of_24_hours_3_of_23_and_3_of_25()
    {
        var days = new TimeAxis(1_096, At("2012-01-01T00:00+11:00"), TimeStep.Days(1), Melbourne);
        var lengths = Enumerable.Range(0, days.Count).CountBy(day => (days[day + 1] - days[day])!.Value.TotalHours).ToDictionary();
        Assert.Equal((1_090, 3, 3, 3), (lengths[24], lengths[23], lengths[25], lengths.Count));
        Assert.Equal("2014-12-31 00:00 +11:00", Text(days[1_095]));
        Assert.All(Enumerable.Range(-5, 1_110), day => Assert.Equal(TimeSpan.Zero, days[day]!.Value.TimeOfDay));
    }

    [Fact]
    public void Hours_are_equally_long_and_shown_by_the_clocks_of_the_zone()
    {
        var hours = new TimeAxis(8, At("2012-04-01T01:00+11:00"), TimeStep.Hours(1), Melbourne);
        Assert.Equal(["2012-04-01 01:00 +11:00", "2012-04-01 02:00 +11:00", "2012-04-01 02:00 +10:00", "2012-04-01 03:00 +10:00"],
            Enumerable.Range(0, 4).Select(hour => Text(hours[hour])));
        Assert.Equal(24, (new TimeAxis(2, At("2012-03-31T12:00+11:00"), TimeStep.Hours(24), Melbourne)[1] - At("2012-03-31T12:00+11:00"))!.Value.TotalHours);
        Assert.Equal("2012-04-01 11:00 +10:00", Text(new TimeAxis(2, At("2012-03-31T12:00+11:00"), TimeStep.Hours(24), Melbourne)[1]));
    }

    [Fact]
    public void A_day_whose_midnight_the_clocks_skip_begins_behind_it_and_the_next_at_midnight()
    {
        // In 2018 the clocks of São Paulo were put forward on 4 November at midnight.
        var days = new TimeAxis(4, At("2018-11-02T00:00-03:00"), TimeStep.Days(1), "America/Sao_Paulo");
        string[] shown = ["2018-11-02 00:00 -03:00", "2018-11-03 00:00 -03:00", "2018-11-04 01:00 -02:00", "2018-11-05 00:00 -02:00"];
        Assert.Equal(shown, Enumerable.Range(0, 4).Select(day => Text(days[day])));
        var series = TimeSeries.FromArrays([1, 2, 3, 4], new DateTime(2018, 11, 2), TimeStep.Days(1), zone: "America/Sao_Paulo");
        Assert.Equal(shown[2..], Enumerable.Range(0, 2).Select(day => Text(series[2..].TimeAt(day))));
        Assert.Equal("2018-11-05 00:00 -02:00", Text(series[2..3].TimeAt(1)));
    }

    [Fact]
    public void Local_midnights_in_UTC_are_days_also_in_one_season_and_where_one_was_skipped()
    {
        string[] times = ["2018-11-02T03:00Z", "2018-11-03T03:00Z", "2018-11-04T03:00Z", "2018-11-05T02:00Z", "2018-11-06T02:00Z"];
        using var file = new TemporaryFile("t,v\n" + string.Concat(times.Select((time, day) => $"{time},{day}\n")));
        var days = TimeSeries.ReadCsv(file.Path, "t", ["v"], zone: "America/Sao_Paulo");
        Assert.Equal(("1 day", 5, "2018-11-04 01:00 -02:00", "2018-11-07 00:00 -02:00"), (days.Step, days.Count, Text(days.TimeAt(2)), Text(days.TimeAt(5))));

        using var summer = new TemporaryFile("t,v\n2012-01-01T13:00Z,1\n2012-01-02T13:00Z,2\n");
        var melbourne = TimeSeries.ReadCsv(summer.Path, "t", ["v"], zone: Melbourne);
        Assert.Equal(("1 day", "2012-07-01 00:00 +10:00"), (melbourne.Step, Text(melbourne.TimeAt(181))));
        Assert.Equal("1 day", TimeSeries.ReadCsv(summer.Path, "t", ["v"]).Step);

        using var utc = new TemporaryFile("t,v\n2012-03-31T00:00Z,1\n2012-04-01T00:00Z,2\n2012-04-02T00:00Z,3\n");
        Assert.Equal("24 hours", TimeSeries.ReadCsv(utc.Path, "t", ["v"], zone: Melbourne).Step);
    }

    [Theory]
    [InlineData("2013-10-25")]
    [InlineData("2013-03-29")]
    public void A_zone_whose_clocks_rows_follow_rather_than_time_is_not_dropped_without_a_word(string start)
    {
        var first = DateTime.Parse(start, CultureInfo.InvariantCulture);
        var lines = Enumerable.Range(0, 30).Select(row => string.Create(CultureInfo.InvariantCulture, $"{first.AddHours(4 * row):s},{row}\n"));
        using var file = new TemporaryFile("t,v\n" + string.Concat(lines));
        Assert.EndsWith(
            ": rows are 4 hours apart by the clocks of Europe/Berlin, but not in time, since these clocks were changed in between. Leave the zone out to "
            + "take the times as what some clocks showed.",
            Assert.Throws<InvalidDataException>(() => TimeSeries.ReadCsv(file.Path, "t", ["v"], zone: "Europe/Berlin")).Message, StringComparison.Ordinal);
        Assert.Equal(("4 hours", 30), (TimeSeries.ReadCsv(file.Path, "t", ["v"]).Step, TimeSeries.ReadCsv(file.Path, "t", ["v"]).Count));
    }

    [Fact]
    public void A_zone_is_looked_up_when_a_time_needs_it()
    {
        var axis = new TimeAxis(3, At("2012-01-01T00:00+11:00"), TimeStep.Hours(1), "Mars/Olympus");
        Assert.Equal(("Mars/Olympus", 3, At("2012-01-01T00:00+11:00")), (axis.Zone, axis.Count, axis[0]));
        Assert.Contains("'Mars/Olympus' is not known", Assert.Throws<ArgumentException>(() => axis[1]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_in_UTC_are_shown_by_the_clocks_of_a_zone_and_others_cannot_be()
    {
        var utc = TimeSeries.FromArrays([1, 2], new DateTime(2012, 1, 1, 0, 0, 0, DateTimeKind.Utc), TimeStep.Hours(1));
        Assert.Equal(("UTC", "2012-01-01 11:00 +11:00", Melbourne), (utc.Zone, Text(utc.InZone(Melbourne).Start), utc.InZone(Melbourne).Zone));
        Assert.Equal([1, 2], utc.InZone(Melbourne).Column("value"));
        var shown = TimeSeries.FromArrays([1, 2], new DateTime(2012, 1, 1), TimeStep.Hours(1));
        Assert.Null(shown.Zone);
        Assert.Contains("not known in which time zone", Assert.Throws<InvalidOperationException>(() => shown.InZone(Melbourne)).Message, StringComparison.Ordinal);
        var days = TimeSeries.FromArrays([1, 2], new DateTime(2012, 1, 1), TimeStep.Days(1), zone: Melbourne);
        Assert.Contains("go by the calendar", Assert.Throws<InvalidOperationException>(() => days.InZone("Europe/Berlin")).Message, StringComparison.Ordinal);
        Assert.Equal("24 hours", TimeSeries.FromArrays([1, 2], new DateTime(2012, 1, 1, 0, 0, 0, DateTimeKind.Utc), TimeStep.Days(1)).InZone(Melbourne).Step);
    }

    [Fact]
    public void Items_have_times_of_any_kind()
    {
        int[] items = [0, 1];
        Assert.Equal("UTC", TimeSeries.From(items, item => new DateTimeOffset(2020, 1, 1, item, 0, 0, TimeSpan.FromHours(2)), item => item).Zone);
        Assert.Equal(At("2020-01-01T00:00Z"), TimeSeries.From(items, item => new DateTimeOffset(2020, 1, 1, 2 + item, 0, 0, TimeSpan.FromHours(2)), item => item).Start);
        var days = TimeSeries.From(items, item => new DateOnly(2020, 1, 1 + item), item => item, zone: "Europe/Berlin");
        Assert.Equal(("1 day", "2020-01-01 00:00 +01:00"), (days.Step, Text(days.Start)));
        Assert.Null(TimeSeries.From(items, item => new DateTime(2020, 1, 1, item, 0, 0), item => item).Zone);
        var local = TimeSeries.From(items, item => new DateTime(2020, 1, 1, item, 0, 0, DateTimeKind.Local), item => item);
        Assert.Equal(new DateTimeOffset(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Local)).UtcDateTime, local.Start!.Value.UtcDateTime);
        var berlin = TimeSeries.From(items, item => new DateTime(2020, 1, 1, item, 0, 0), item => item, zone: "Europe/Berlin");
        Assert.Equal("2020-01-01 00:00 +01:00", Text(berlin.Start));
        Assert.Contains("item 1, time: the clocks of Europe/Berlin skipped the time 2020-03-29 02:00", Assert.Throws<InvalidDataException>(
            () => TimeSeries.From(items, item => new DateTime(2020, 3, 29, 1 + item, 0, 0), item => item, zone: "Europe/Berlin")).Message, StringComparison.Ordinal);
    }
}
