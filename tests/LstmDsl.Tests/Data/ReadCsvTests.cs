using System.Globalization;

namespace LstmDsl.Tests;

/// <summary>Series from CSV files: forms of times and values, what is mended, and what errors say.</summary>
public sealed class ReadCsvTests
{
    private static TimeSeries Read(string text, string[]? values = null, string time = "t", string? format = null,
        Missing missing = Missing.Error, Gaps gaps = Gaps.Error, Duplicates duplicates = Duplicates.Error)
    {
        using var file = new TemporaryFile(text);
        return TimeSeries.ReadCsv(file.Path, time, values ?? ["v"], format, missing, gaps, duplicates);
    }

    private static string Error(string text, string[]? values = null, string? format = null, Missing missing = Missing.Error, Gaps gaps = Gaps.Error,
        Duplicates duplicates = Duplicates.Error) =>
        Assert.Throws<InvalidDataException>(() => Read(text, values, "t", format, missing, gaps, duplicates)).Message;

    [Theory]
    [InlineData("\ufeff\ufeffv", "'\\ufeffv'")]
    [InlineData("v\u200b", "'v\\u200b'")]
    [InlineData("v\u00a0x", "'v\\u00a0x'")]
    [InlineData("v\u202ex", "'v\\u202ex'")]
    public void What_cannot_be_seen_in_a_header_is_shown_escaped(string column, string shown)
    {
        // The first of two marks of byte order is understood where the file begins with it.
        string message = Assert.Throws<ArgumentException>(() => Read($"{column},t\n1,2012-01-01\n2,2012-01-02\n")).Message;
        Assert.Contains($"there is no column 'v'; the columns are {shown}, 't'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_named_columns_in_the_order_asked_for()
    {
        var series = Read("x,b,t,a\nword,1.5,2012-01-01,-2e3\nword,+3,2012-01-02, 4 \n", ["a", "b"]);
        Assert.Equal(["a", "b"], series.Columns);
        Assert.Equal(2, series.Count);
        Assert.Equal([-2_000, 1.5, 4, 3], series.Values.ToArray());
        Assert.Equal([1.5, 3], series.Column("b"));
        Assert.Equal("1 day", series.Step);
        Assert.Equal(new DateTime(2012, 1, 3), series.TimeAt(2)?.DateTime);
    }

    [Fact]
    public void The_culture_of_the_machine_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = german;
            var series = Read("t,v\n2012-01-01,1.5\n2012-01-02,2.5\n");
            Assert.Equal([1.5, 2.5], series.Column("v"));
            Assert.Contains("v: 1.5 to 2.5, mean 2", series.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("2012-01-31", "2012-01-31T00:00:00.0000000")]
    [InlineData("2012-01-31T18:30", "2012-01-31T18:30:00.0000000")]
    [InlineData("2012-01-31 18:30:15", "2012-01-31T18:30:15.0000000")]
    [InlineData("2012-01-31T18:30:15.25", "2012-01-31T18:30:15.2500000")]
    [InlineData("2012-01-31T18:30:15Z", "2012-01-31T18:30:15.0000000Z")]
    [InlineData("2012-01-31T18:30:15+01:00", "2012-01-31T17:30:15.0000000Z")]
    [InlineData("2012-01", "2012-01-01T00:00:00.0000000")]
    public void Times_are_iso_8601(string text, string expected)
    {
        var series = Read($"t,v\n{text},1\n2022-01-31{(expected.EndsWith('Z') ? "T00:00Z" : "")},2\n");
        Assert.Equal(expected, (series.Zone is null ? series.Start!.Value.DateTime : series.Start!.Value.UtcDateTime).ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("31.01.2012")]
    [InlineData("01/31/2012")]
    [InlineData("2012")]
    [InlineData("2012-1-31")]
    [InlineData("2012-02-30")]
    [InlineData("41000")]
    [InlineData("2012-01-31T25:00")]
    [InlineData("18:30")]
    public void Other_times_are_never_guessed(string text)
    {
        string message = Error($"t,v\n{text},1\n");
        Assert.Contains($"line 2, column 1 ('t'): '{text}' is no time", message, StringComparison.Ordinal);
        Assert.Contains("ISO 8601", message, StringComparison.Ordinal);
        Assert.Contains("timeFormat", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_format_is_the_only_one()
    {
        Assert.Equal(new DateTime(2012, 2, 1), Read("t,v\n01.02.2012,1\n02.02.2012,2\n", format: "dd.MM.yyyy").Start?.DateTime);
        Assert.Contains("the format 'dd.MM.yyyy'", Error("t,v\n2012-02-01,1\n", format: "dd.MM.yyyy"), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Read("t,v\n01.02.,1\n", format: "dd.MM."));
        Assert.Throws<ArgumentException>(() => Read("t,v\n18:30,1\n", format: "t"));
    }

    [Fact]
    public void Times_with_and_without_an_offset_do_not_mix() =>
        Assert.Contains("line 3, column 1 ('t'): the time is of no time zone, that of line 2 is in UTC", Error("t,v\n2012-01-01T00:00Z,1\n2012-01-02T00:00,2\n"), StringComparison.Ordinal);

    [Fact]
    public void A_word_in_a_number_column_is_named()
    {
        string message = Error("t,u,v\n2012-01-01,1,1\n2012-01-02,2,sunny\n", ["u", "v"]);
        Assert.Contains("series.csv, line 3, column 3 ('v'): 'sunny' is no number", message, StringComparison.Ordinal);
        Assert.Contains("with a decimal point", message, StringComparison.Ordinal);
        Assert.Contains("line 2, column 2 ('v'): '1,5' is no number", Error("t,v\n2012-01-01,\"1,5\"\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12\0\0\0")]
    [InlineData("12\0")]
    [InlineData("\u000012")]
    [InlineData("NaN\0")]
    [InlineData("12\u200B")]
    [InlineData("12 kW")]
    public void Nothing_may_follow_a_number(string text)
    {
        string shown = text.Replace("\0", "\\u0000", StringComparison.Ordinal).Replace("\u200B", "\\u200b", StringComparison.Ordinal);
        Assert.Contains($"line 2, column 2 ('v'): '{shown}' is no number", Error($"t,v\n2012-01-01,{text}\n2012-01-02,3\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2012-01-31\0", null)]
    [InlineData("2012-01-31T18:30\0\0", null)]
    [InlineData("2012-01-31x", null)]
    [InlineData("31.01.2012\0", "dd.MM.yyyy")]
    [InlineData("31.01.2012 18:30\0\0", "dd.MM.yyyy HH:mm")]
    [InlineData("31.01.2012x", "dd.MM.yyyy")]
    public void Nothing_may_follow_a_time(string text, string? format) =>
        Assert.Contains("is no time in the form expected", Error($"t,v\n{text},1\n", format: format), StringComparison.Ordinal);

    [Fact]
    public void White_space_around_a_number_or_a_time_is_nothing() =>
        Assert.Equal([1, 2], Read("t,v\n 2012-01-01\t,\t1 \n2012-01-02 ,\u00A02\n").Column("v"));

    [Theory]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e999")]
    [InlineData("-NaN")]
    public void Values_are_finite(string text) =>
        Assert.Contains($"line 2, column 2 ('v'): '{text}' is no finite number", Error($"t,v\n2012-01-01,{text}\n"), StringComparison.Ordinal);

    [Fact]
    public void What_a_message_shows_of_a_field_is_short_and_harmless()
    {
        Assert.Contains("'\\u001b[2J' is no number", Error("t,v\n2012-01-01,\u001b[2J\n"), StringComparison.Ordinal);
        Assert.Contains($"'{new string('x', 40)}…' is no number", Error($"t,v\n2012-01-01,{new string('x', 5_000)}\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("NA")]
    [InlineData("Null")]
    [InlineData("  ")]
    public void Missing_values_are_an_error_that_counts_the_others(string text)
    {
        string message = Error($"t,v\n2012-01-01,1\n2012-01-02,{text}\n2012-01-03,{text}\n2012-01-04,4\n2012-01-05,{text}\n");
        Assert.Contains("line 3, column 2 ('v'): the value is missing (and 2 more missing values after it)", message, StringComparison.Ordinal);
        Assert.Contains("Missing.Hole", message, StringComparison.Ordinal);
        Assert.Contains("Missing.Forward", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_values_become_holes_or_repeat_the_one_before()
    {
        const string text = "t,a,b\n2012-01-01,1,10\n2012-01-02,,20\n2012-01-03,NA,\n2012-01-04,4,40\n";
        var holes = Read(text, ["a", "b"], missing: Missing.Hole);
        Assert.Equal([1, 2], holes.HoleRows);
        Assert.True(holes.IsHole(1));
        Assert.False(holes.IsHole(3));
        Assert.True(double.IsNaN(holes[1, 0]));
        Assert.Equal(20, holes[1, 1]);
        var filled = Read(text, ["a", "b"], missing: Missing.Forward);
        Assert.Equal([1, 1, 1, 4], filled.Column("a"));
        Assert.Equal([10, 20, 20, 40], filled.Column("b"));
        Assert.Equal((0, 3), (filled.HoleCount, filled.Repairs.FilledValues));
        Assert.Contains("line 2, column 2 ('v'): the first value is missing", Error("t,v\n2012-01-01,\n2012-01-02,2\n", missing: Missing.Forward), StringComparison.Ordinal);
    }

    [Fact]
    public void Gaps_are_an_error_that_counts_the_others()
    {
        string message = Error("t,v\n2012-02-27,1\n2012-02-28,2\n2012-03-02,3\n2012-03-03,4\n2012-03-05,5\n");
        Assert.Contains("line 4, column 1 ('t'): between 2012-02-28 (line 3) and 2012-03-02 2 rows of the step of 1 day are absent (and 1 more gap after it), 3 absent rows in all", message, StringComparison.Ordinal);
        Assert.Contains("Gaps.Hole", message, StringComparison.Ordinal);
        Assert.Contains("Gaps.Forward", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gaps_become_holes_or_repeat_the_row_before()
    {
        const string text = "t,a,b\n2012-02-27,1,10\n2012-02-28,2,20\n2012-03-02,3,30\n2012-03-03,4,40\n";
        var holes = Read(text, ["a", "b"], gaps: Gaps.Hole);
        Assert.Equal(6, holes.Count);
        Assert.Equal([2, 3], holes.HoleRows);
        Assert.Equal(new DateTime(2012, 3, 3), holes.End?.DateTime);
        Assert.Equal(3, holes[4, 0]);
        var filled = Read(text, ["a", "b"], gaps: Gaps.Forward);
        Assert.Equal([1, 2, 2, 2, 3, 4], filled.Column("a"));
        Assert.Equal([10, 20, 20, 20, 30, 40], filled.Column("b"));
        Assert.Equal(2, filled.Repairs.GapRows);
    }

    [Fact]
    public void A_gap_of_millions_of_rows_is_refused()
    {
        const string text = "t,v\n2012-01-01T00:00:00,1\n2012-01-01T00:00:01,2\n2012-01-01T00:00:02,3\n9999-01-01T00:00:00,4\n";
        Assert.Contains("one of these times may be wrong.", Error(text, gaps: Gaps.Hole), StringComparison.Ordinal);
        Assert.Contains("line 5", Error(text, gaps: Gaps.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void Duplicates_are_an_error_that_counts_the_others()
    {
        string message = Error("t,v\n2012-01-01,1\n2012-01-02,2\n2012-01-02,3\n2012-01-03,4\n2012-01-03,5\n");
        Assert.Contains("line 4, column 1 ('t'): the time 2012-01-02 is that of line 3 too (and 1 more duplicate after it)", message, StringComparison.Ordinal);
        Assert.Contains("Duplicates.Last", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_duplicate_counts_also_where_a_whole_block_is_repeated()
    {
        var series = Read("t,v\n2012-01-01,1\n2012-01-02,2\n2012-01-03,3\n2012-01-02,20\n2012-01-03,30\n2012-01-04,4\n", duplicates: Duplicates.Last);
        Assert.Equal([1, 20, 30, 4], series.Column("v"));
        Assert.Equal(2, series.Repairs.Duplicates);
    }

    [Fact]
    public void A_missing_value_that_a_duplicate_replaces_is_not_missing() =>
        Assert.Equal([1, 2, 3], Read("t,v\n2012-01-01,1\n2012-01-02,\n2012-01-02,2\n2012-01-03,3\n", duplicates: Duplicates.Last).Column("v"));

    [Fact]
    public void Times_that_fall_are_an_error()
    {
        string message = Error("t,v\n2012-01-01,1\n2012-01-03,2\n2012-01-02,3\n", duplicates: Duplicates.Last);
        Assert.Contains("line 4, column 1 ('t'): the time 2012-01-02 comes before 2012-01-03 of line 3", message, StringComparison.Ordinal);
        Assert.Contains("sort", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_off_the_step_is_an_error()
    {
        string message = Error("t,v\n2012-01-01T00:00,1\n2012-01-01T00:10,2\n2012-01-01T00:20,3\n2012-01-01T00:23,4\n2012-01-01T00:30,4\n2012-01-01T00:41,4\n", gaps: Gaps.Hole);
        Assert.Contains("line 5, column 1 ('t'): the time 2012-01-01 00:23 lies off the step of 10 minutes", message, StringComparison.Ordinal);
        Assert.Contains("(and 1 more time after it)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_is_that_of_the_field_though_a_field_before_it_has_line_breaks() =>
        Assert.Contains("line 4, column 3 ('v')", Error("t,note,v\n2012-01-01,\"one\ntwo\nthree\",word\n"), StringComparison.Ordinal);

    [Fact]
    public void Files_without_enough_rows_are_named()
    {
        Assert.Contains("the file is empty", Error(""), StringComparison.Ordinal);
        Assert.Contains("there is none", Error("t,v\n"), StringComparison.Ordinal);
        Assert.Contains("there is one", Error("t,v\n2012-01-01,1\n"), StringComparison.Ordinal);
        Assert.Contains("line 3: the row has 3 fields, the header 2 columns", Error("t,v\n2012-01-01,1\n2012-01-02,1,2\n"), StringComparison.Ordinal);
        Assert.Contains("line 2, column 1 ('t'): the time is missing", Error("t,v\n,1\n"), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => TimeSeries.ReadCsv("no such file.csv", "t", ["v"]));
    }

    [Fact]
    public void Columns_that_are_not_there_are_listed_with_those_that_are()
    {
        var error = Assert.Throws<ArgumentException>(() => Read("t,v\n2012-01-01,1\n", ["w"]));
        Assert.Contains("there is no column 'w'; the columns are 't', 'v'", error.Message, StringComparison.Ordinal);
        Assert.Contains("occurs twice", Error("t,v,v\n2012-01-01,1,2\n"), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Read("t,v\n", []));
        Assert.Throws<ArgumentException>(() => Read("t,v\n", ["v", "v"]));
        Assert.Throws<ArgumentException>(() => Read("t,v\n", ["t"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Read("t,v\n", missing: (Missing)9));
    }

    [Fact]
    public void The_jena_climate_format_is_read_with_its_gaps_and_duplicates()
    {
        // Rows made up in the form of the Jena climate data: a repeated row, and two that are absent.
        const string text = """
            "Date Time","p (mbar)","T (degC)","rh (%)"
            31.12.2009 23:40:00,996.52,-8.02,93.30
            31.12.2009 23:50:00,996.57,-8.41,93.40
            01.01.2010 00:00:00,996.53,-8.51,93.90
            01.01.2010 00:00:00,996.53,-8.50,93.90
            01.01.2010 00:10:00,996.51,-8.31,94.20
            01.01.2010 00:40:00,996.50,-8.27,94.10
            01.01.2010 00:50:00,996.50,-8.05,94.40
            """;
        using var file = new TemporaryFile(text);
        TimeSeries Open(Gaps gaps, Duplicates duplicates) =>
            TimeSeries.ReadCsv(file.Path, "Date Time", ["T (degC)"], "dd.MM.yyyy HH:mm:ss", gaps: gaps, duplicates: duplicates, unit: "°C");
        Assert.Contains("line 5, column 1 ('Date Time'): the time 2010-01-01 is that of line 4 too", Assert.Throws<InvalidDataException>(() => Open(Gaps.Error, Duplicates.Error)).Message, StringComparison.Ordinal);
        Assert.Contains("line 7, column 1 ('Date Time'): between 2010-01-01 00:10 (line 6) and 2010-01-01 00:40 2 rows", Assert.Throws<InvalidDataException>(() => Open(Gaps.Error, Duplicates.Last)).Message, StringComparison.Ordinal);
        var series = Open(Gaps.Hole, Duplicates.Last);
        Assert.Equal(8, series.Count);
        Assert.Equal(-8.50, series[2, 0]);
        Assert.Equal([4, 5], series.HoleRows);
        Assert.Equal("""
            series.csv: 8 rows, step 10 minutes, 2009-12-31 23:40 to 2010-01-01 00:50
              T (degC): -8.5 to -8.02, mean -8.26 °C
              2 holes, 2 rows of gaps, 1 duplicate replaced
            """, series.ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void The_real_series_are_read()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "data");
        var daily = TimeSeries.ReadCsv(Path.Combine(folder, "seattle-weather.csv"), "date", ["temp_max", "wind"], unit: "°C");
        Assert.Equal("""
            seattle-weather.csv: 1,461 rows, step 1 day, 2012-01-01 to 2015-12-31
              temp_max: -1.6 to 35.6, mean 16.439 °C
              wind: 0.4 to 9.5, mean 3.2411 °C
            """, daily.ToString(), ignoreLineEndingDifferences: true);
        Assert.Equal(new DateTime(2016, 1, 5), daily.TimeAt(daily.Count + 4)?.DateTime);
        var hourly = TimeSeries.ReadCsv(Path.Combine(folder, "seattle-weather-hourly-normals.csv"), "date", ["temperature"]);
        Assert.Equal((8_759, "1 hour"), (hourly.Count, hourly.Step));
    }
}
