namespace LstmDsl.Tests;

/// <summary>Formats of times that mean something else than they seem to are refused before a row is read.</summary>
public sealed class TimeFormatTests
{
    [Theory]
    [InlineData("dd.MM.yyyy HH:mm:ss")]
    [InlineData("yyyy-MM-dd")]
    [InlineData("d/M/yyyy h:mm tt")]
    [InlineData("MM/dd/yyyy hh:mm:ss.fff tt")]
    [InlineData("yyyyMMddHHmmss")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK")]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz")]
    [InlineData("ddd, dd MMM yyyy HH:mm:ss 'GMT'")]
    [InlineData("HH:mm dd.MM.yyyy")]
    [InlineData("HH MM/dd/yyyy")]
    [InlineData("dd.MM.yyyy HH:mm 'Uhr'")]
    [InlineData("HH\\h dd.MM.yyyy")]
    [InlineData("MMMM yyyy")]
    [InlineData("yyyy")]
    [InlineData("%y")]
    [InlineData("o")]
    [InlineData("R")]
    [InlineData("s")]
    public void Sound_formats_pass(string format) => Assert.Null(TimeFormat.Problem(format));

    [Theory]
    [InlineData("yyyy-mm-dd", "has mm, which means minutes, and no months; months are MM")]
    [InlineData("dd/mm/yyyy", "has mm, which means minutes, and no months; months are MM")]
    [InlineData("dd/mm/yyyy HH:MM", "has MM, which means months, behind the hours (HH:); minutes are mm")]
    [InlineData("dd.MM.yyyy HH:MM", "has MM, which means months, behind the hours (HH:); minutes are mm")]
    [InlineData("yyyyMMddHHMM", "has MM, which means months, behind the hours (HH); minutes are mm")]
    [InlineData("dd/mm/yyyy HH:mm", "names the minutes twice (mm and mm); months are MM")]
    [InlineData("MM.MM.yyyy", "names the months twice (MM and MM); minutes are mm")]
    [InlineData("dd.MM.yyyy HH:mm Uhr", "names the hours twice (HH and h); text that stands for itself goes in quotes")]
    [InlineData("dd.MM.yy yyyy", "names the years twice (yy and yyyy); text that stands for itself goes in quotes")]
    [InlineData("dd.yyyy", "has days (dd) but no months; months are MM")]
    [InlineData("dd.MM.yyyy mm", "has minutes (mm) but no hours; hours are HH")]
    [InlineData("dd.MM.yyyy HH:ss", "has seconds (ss) but no minutes; minutes are mm")]
    [InlineData("dd.MM.yyyy HH:mm.fff", "has parts of a second (fff) but no seconds; seconds are ss")]
    [InlineData("MM.yyyy HH:mm", "has hours (HH) but no days; days are dd")]
    [InlineData("dd.MM.yyyy tt", "has half of the day (tt) but no hours; hours of 12 are hh")]
    [InlineData("dd.MM.yyyy hh:mm", "has hh, the hours of a 12-hour clock, without its half, so that noon would be midnight; hours of 24 are HH, and the half (AM or PM) is tt")]
    [InlineData("dd.MM. 'y'", "has no year, so that it names no point of time")]
    [InlineData("HH:mm", "has no year, so that it names no point of time")]
    [InlineData("", "has no year, so that it names no point of time")]
    [InlineData("yyyy-MM-dd 'T", "is no date and time format of .NET")]
    [InlineData("yyyy-MM-dd HH:mm:ss.fffffffff", "is no date and time format of .NET")]
    [InlineData("x", "is no date and time format of .NET")]
    public void A_format_that_cannot_be_meant_names_the_letter_that_is(string format, string problem)
    {
        Assert.StartsWith(problem, TimeFormat.Problem(format), StringComparison.Ordinal);
        using var file = new TemporaryFile("t,v\n01.01.2020,1\n");
        var error = Assert.Throws<ArgumentException>(() => TimeSeries.ReadCsv(file.Path, "t", ["v"], format));
        Assert.StartsWith($"The time format '{format}' {problem}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%Y-%m-%d", "yyyy-MM-dd")]
    [InlineData("%d/%m/%Y %H:%M", "dd/MM/yyyy HH:mm")]
    [InlineData("%Y-%m-%dT%H:%M:%S.%f", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF")]
    [InlineData("%-m/%-d/%y %I:%M %p", "M/d/yy hh:mm tt")]
    [InlineData("%F %T%z", "yyyy-MM-dd HH:mm:sszzz")]
    [InlineData("YYYY-MM-DD", "yyyy-MM-dd")]
    [InlineData("DD.MM.YYYY HH:mm:ss", "dd.MM.yyyy HH:mm:ss")]
    [InlineData("YYYY-MM-DD[T]HH:mm:ss.SSS", "yyyy-MM-dd'T'HH:mm:ss.fff")]
    [InlineData("D/M/YY h:mm A", "d/M/yy h:mm tt")]
    [InlineData("YYYY-MM-DDTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ssK")]
    public void A_format_of_another_language_gets_the_one_of_NET_that_says_the_same(string format, string same)
    {
        Assert.Contains($"the .NET format that says the same is \"{same}\"", TimeFormat.Problem(format), StringComparison.Ordinal);
        Assert.Null(TimeFormat.Problem(same));
    }

    [Theory]
    [InlineData("%Z")]
    [InlineData("%Y-%j")]
    [InlineData("YYYY-mm-DD")]
    [InlineData("%H:%M")]
    public void A_format_that_no_format_of_NET_says_gets_an_example(string format) =>
        Assert.EndsWith("expected a format of .NET such as 'dd.MM.yyyy HH:mm:ss'", TimeFormat.Problem(format), StringComparison.Ordinal);

    [Fact]
    public void What_is_suggested_reads_what_was_written()
    {
        using var file = new TemporaryFile("t,v\n2020-01-31T18:30:15.25,1\n2020-02-29T18:30:15.25,2\n2020-03-31T18:30:15.25,3\n");
        var series = TimeSeries.ReadCsv(file.Path, "t", ["v"], "yyyy-MM-dd'T'HH:mm:ss.FFFFFF");
        Assert.Equal("1 month", series.Step);
        Assert.Equal(new DateTime(2020, 1, 31, 18, 30, 15, 250), series.Start?.DateTime);
    }
}
