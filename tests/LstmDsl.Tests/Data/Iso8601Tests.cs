using System.Globalization;

namespace LstmDsl.Tests;

/// <summary>ISO 8601 in its forms, and days and months of clocks that change.</summary>
public sealed class Iso8601Tests
{
    [Theory]
    [InlineData("2012-01-31T18:30:15.250000000", "2012-01-31T18:30:15.2500000")]
    [InlineData("2012-01-31T18:30:15.123456789Z", "2012-01-31T18:30:15.1234567Z")]
    [InlineData("2012-01-31 18:30:15,5", "2012-01-31T18:30:15.5000000")]
    [InlineData("2012-01-31T18:30+00", "2012-01-31T18:30:00.0000000Z")]
    [InlineData("2012-01-31 18:30:15+01", "2012-01-31T17:30:15.0000000Z")]
    [InlineData("2012-01-31T18:30-0330", "2012-01-31T22:00:00.0000000Z")]
    [InlineData("2012-01-31T18", "2012-01-31T18:00:00.0000000")]
    [InlineData("2012-01-31T18Z", "2012-01-31T18:00:00.0000000Z")]
    [InlineData("20120131", "2012-01-31T00:00:00.0000000")]
    [InlineData("20120131T18", "2012-01-31T18:00:00.0000000")]
    [InlineData("20120131T1830", "2012-01-31T18:30:00.0000000")]
    [InlineData("20120131T183015.25+0100", "2012-01-31T17:30:15.2500000Z")]
    [InlineData("2012-01-31T24:00", "2012-02-01T00:00:00.0000000")]
    [InlineData("2012-12-31T24:00:00.000Z", "2013-01-01T00:00:00.0000000Z")]
    [InlineData("20120131T24", "2012-02-01T00:00:00.0000000")]
    public void All_forms_are_read(string text, string expected)
    {
        Assert.True(Iso8601Time.TryParse(text, out var time));
        Assert.Equal(expected, time.Time.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2012")]
    [InlineData("201201")]
    [InlineData("2012-0131")]
    [InlineData("201201-31")]
    [InlineData("2012-01-31T")]
    [InlineData("2012-01T18:30")]
    [InlineData("2012-01-31T1830")]
    [InlineData("20120131T18:30")]
    [InlineData("2012-01-31T18:3")]
    [InlineData("2012-01-31T18:30:15.")]
    [InlineData("2012-01-31T18:30:15.1234567890")]
    [InlineData("2012-01-31T24:01")]
    [InlineData("2012-01-31T24:00:00.000000001")]
    [InlineData("2012-01-31T23:60")]
    [InlineData("2012-01-31T23:59:60")]
    [InlineData("2012-01-31T18:30+1")]
    [InlineData("2012-01-31T18:30+14:01")]
    [InlineData("2012-01-31T18:30+01:60")]
    [InlineData("2012-01-31T18:30Z+01")]
    [InlineData("2012-01-31T18:30:15+01:00x")]
    [InlineData("2012-00-31")]
    [InlineData("2012-13-31")]
    [InlineData("2012-01-00")]
    [InlineData("0000-01-01")]
    [InlineData("0001-01-01T00:00+01:00")]
    [InlineData("9999-12-31T24:00")]
    [InlineData("-2012-01-31")]
    [InlineData("2012-W05-2")]
    [InlineData("２０１２-01-31")]
    [InlineData("")]
    public void Anything_else_is_not(string text) => Assert.False(Iso8601Time.TryParse(text, out _));

    [Fact]
    public void Nanoseconds_that_are_always_the_same_change_no_step_and_others_are_refused()
    {
        Assert.Equal("1 second", Read("2012-01-31T18:30:15.000000050", "2012-01-31T18:30:16.000000050").Step);
        var error = Assert.Throws<InvalidDataException>(() => Read("2012-01-31T18:30:15.000000050", "2012-01-31T18:30:15.000000100"));
        Assert.Contains("line 3, column 1 ('t'): '2012-01-31T18:30:15.000000100' differs from the times before it by parts of 100 ns", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Days_at_local_midnight_are_days_though_the_clocks_change()
    {
        var series = Read("2020-03-28T00:00+01:00", "2020-03-29T00:00+01:00", "2020-03-30T00:00+02:00");
        Assert.Equal(("1 day", new DateTime(2020, 3, 28), null), (series.Step, series.Start?.DateTime, series.Zone));
        Assert.Equal(new DateTime(2020, 3, 31), series.TimeAt(3)?.DateTime);
        Assert.Equal("1 day", Read("2020-10-24T06:00:00+02:00", "2020-10-25T06:00:00+01:00").Step);
        Assert.Equal("1 day", Read(["28.03.2020 00:00 +01:00", "29.03.2020 00:00 +01:00", "30.03.2020 00:00 +02:00"], "dd.MM.yyyy HH:mm zzz").Step);
    }

    [Fact]
    public void Months_and_years_at_local_midnight_are_months_and_years()
    {
        Assert.Equal("1 month", Read("2020-02-01T00:00+01:00", "2020-03-01T00:00+01:00", "2020-04-01T00:00+02:00", "2020-05-01T00:00+02:00").Step);
        Assert.Equal("1 month", Read("2020-01-31T00:00+01:00", "2020-02-29T00:00+01:00", "2020-03-31T00:00+01:00").Step);
        Assert.Equal("1 year", Read("2018-07-01T00:00+02:00", "2019-07-01T00:00+02:00", "2020-07-01T00:00+01:00").Step);
    }

    [Fact]
    public void Quarters_of_a_day_by_the_clock_are_one_step()
    {
        var series = Read("2020-03-28T18:00+01:00", "2020-03-29T00:00+01:00", "2020-03-29T06:00+02:00", "2020-03-29T12:00+02:00");
        Assert.Equal(("6 hours", new DateTime(2020, 3, 28, 18, 0, 0)), (series.Step, series.Start?.DateTime));
    }

    [Fact]
    public void Hours_through_a_change_of_the_clocks_stay_in_UTC()
    {
        var series = Read("2020-10-25T01:00+02:00", "2020-10-25T02:00+02:00", "2020-10-25T02:00+01:00", "2020-10-25T03:00+01:00");
        Assert.Equal(("1 hour", new DateTimeOffset(2020, 10, 24, 23, 0, 0, TimeSpan.Zero), "UTC"), (series.Step, series.Start, series.Zone));
        series = Read("2020-03-29T01:00+01:00", "2020-03-29T03:00+02:00", "2020-03-29T04:00+02:00");
        Assert.Equal(("1 hour", 3), (series.Step, series.Count));
    }

    [Fact]
    public void Days_at_one_offset_stay_in_UTC() =>
        Assert.Equal("UTC", Read("2020-01-01T00:00+01:00", "2020-01-02T00:00+01:00").Zone);

    [Fact]
    public void A_day_that_is_absent_is_a_gap_of_days()
    {
        var error = Assert.Throws<InvalidDataException>(
            () => Read("2020-03-27T00:00+01:00", "2020-03-28T00:00+01:00", "2020-03-30T00:00+02:00", "2020-03-31T00:00+02:00"));
        Assert.Contains("between 2020-03-28 (line 3) and 2020-03-30 1 row of the step of 1 day is absent", error.Message, StringComparison.Ordinal);
    }

    private static TimeSeries Read(params string[] times) => Read(times, null);

    private static TimeSeries Read(string[] times, string? format)
    {
        using var file = new TemporaryFile("t,v\n" + string.Concat(times.Select((time, row) => $"{time},{row}\n")));
        return TimeSeries.ReadCsv(file.Path, "t", ["v"], format);
    }
}
