using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LstmDsl.Tests;

/// <summary>Files in other forms than the usual one, and what is refused because it could mean two things.</summary>
public sealed class CsvFormTests
{
    [Theory]
    [InlineData("usual", "series.csv: 3 rows, step 1 hour, 2020-01-01 00:00 to 2020-01-01 02:00|load: 1.5 to 40, mean 14.583|temperature: -3.5 to 0.5, mean -2")]
    [InlineData("German", "series.csv: 3 rows, step 15 minutes, 2020-03-01 00:00 to 2020-03-01 00:30|Verbrauch: 999 to 1.2346E+07, mean 4.116E+06|"
        + "Preis: -0.25 to 2.5, mean 1.0833|read as fields between ';', decimals after ',', thousands by '.'")]
    [InlineData("time in two columns", "series.csv: 3 rows, step 1 minute, 2006-12-16 17:24 to 2006-12-16 17:26|Power: 4.216 to 5.374, mean 4.795|"
        + "Voltage: 0.5 to 234.84, mean 156.32|1 hole|read as fields between ';'")]
    [InlineData("tabs", "series.csv: 3 rows, step 1 hour, 2020-01-02 11:00 to 2020-01-02 13:00|value: 1 to 3, mean 2|read as fields between tab")]
    [InlineData("bars, thousands by commas", "series.csv: 3 rows, step 1 day, 2020-01-01 to 2020-01-03|sales: 12 to 1E+06, mean 3.3375E+05|"
        + "read as fields between '|', decimals after '.', thousands by ','")]
    [InlineData("Latin-1", "series.csv: 2 rows, step 1 day, 2020-01-01 to 2020-01-02|Größe: 1 to 2, mean 1.5|Ort: 0 Köln, 1 Jülich|read as ISO-8859-1")]
    [InlineData("UTF-16", "series.csv: 2 rows, step 1 day, 2020-01-01 to 2020-01-02|Größe: 1 to 2, mean 1.5|read as fields between tab, UTF-16")]
    [InlineData("comments and lines before the header", "series.csv: 3 rows, step 1 day, 2020-01-01 to 2020-01-03|t: 1 to 3, mean 2")]
    [InlineData("no header", "series.csv: 3 rows, step 1 day, 2020-01-01 to 2020-01-03|kWh: 10 to 30, mean 20")]
    [InlineData("notes with line breaks, true and false", "series.csv: 2 rows, step 1 day, 2020-01-01 to 2020-01-02|t: 1 to 2, mean 1.5|open: 0 to 1, mean 0.5")]
    [InlineData("words", "series.csv: 4 rows, step 1 day, 2020-01-01 to 2020-01-04|weather: 0 rain, 1 sun|kind: 0 a, 1 b, 2 c|1 hole")]
    [InlineData("several series below each other", "series.csv: 2 rows, step 3 months, 2020-01-01 to 2020-04-01|trips: 3 to 5, mean 4 thousand")]
    [InlineData("days of an exchange", "series.csv: 4 rows, step 1 business day, 2020-12-23 to 2020-12-29|close: 1 to 4, mean 2.5 USD|1 gap closed")]
    [InlineData("days of a time zone, in UTC", "series.csv: 4 rows, step 1 day, 2018-11-02 to 2018-11-05, zone America/Sao_Paulo|v: 1 to 4, mean 2.5")]
    [InlineData("milliseconds since 1970", "series.csv: 3 rows, step 250 milliseconds, 2020-01-01 00:00Z to 2020-01-01 00:00:00.5Z|v: 1 to 3, mean 2")]
    [InlineData("several formats, other words for missing", "series.csv: 4 rows, step 12 hours, 2020-01-01 00:00 to 2020-01-02 12:00|v: 1 to 4, mean 1.75|2 values filled")]
    [InlineData("clocks of a time zone", "series.csv: 6 rows, step 30 minutes, 2020-10-25 01:30+02:00 to 2020-10-25 03:00+01:00, zone Europe/Berlin|v: 1 to 6, mean 3.5")]
    [InlineData("gzip", "series.csv: 2 rows, step 1 hour, 2019-12-31 23:00Z to 2020-01-01 00:00Z|v: 1 to 2, mean 1.5|read as gzip")]
    [InlineData("zip", "series.csv: 2 rows, step 1 hour, 2020-01-01 00:00Z to 2020-01-01 01:00Z|v: 1 to 2, mean 1.5|read as 'data/values.csv' of a zip")]
    public void A_file_is_read_in_one_line_and_says_in_what_form(string form, string text) =>
        Assert.Equal(Lines(text), Read(form).ToString());

    [Fact]
    public void Every_form_is_among_those_that_are_read() => Assert.Equal(19, CsvForms.ByName.Count);

    [Fact]
    public void Numbers_are_those_that_are_written_whatever_their_separators()
    {
        Assert.Equal([1_234.5, 999, 12_345_678.125], Read("German").Column("Verbrauch"));
        Assert.Equal([-0.25, 1, 2.5], Read("German").Column("Preis"));
        Assert.Equal([1_234.5, 12, 1_000_000], Read("bars, thousands by commas").Column("sales"));
        Assert.Equal([1.5, 2.25, 40], Read("usual").Column("load"));
        Assert.Equal([1, 1, 1, 4], Read("several formats, other words for missing").Column("v"));
        Assert.Equal([1, 0], Read("notes with line breaks, true and false").Column("open"));
    }

    [Fact]
    public void Words_are_numbered_in_the_order_of_their_first_appearance_or_of_the_list()
    {
        var series = Read("words");
        Assert.Equal([0, 1, double.NaN, 0], series.Column("weather"));
        Assert.Equal([1, 0, 1, 0], series.Column("kind"));
        Assert.Equal(["rain", "sun"], series.Categories("weather"));
        Assert.Equal(["a", "b", "c"], series[1..].Categories("kind"));
        Assert.Empty(Read("usual").Categories("load"));
        Assert.Throws<ArgumentException>(() => series.Categories("wind"));
    }

    [Fact]
    public void The_hour_that_clocks_show_twice_is_told_apart_and_the_one_they_skip_is_refused()
    {
        var series = Read("clocks of a time zone");
        Assert.Equal([1, 2, 3, 4, 5, 6], series.Column("v"));
        Assert.Equal("2020-10-25T02:00:00.0000000+02:00", series.TimeAt(1)!.Value.ToString("O", CultureInfo.InvariantCulture));
        Assert.Equal("2020-10-25T02:00:00.0000000+01:00", series.TimeAt(3)!.Value.ToString("O", CultureInfo.InvariantCulture));
        Assert.Contains("line 3, column 1 ('time'): the clocks of Europe/Berlin skipped the time 2020-03-29 02:30",
            Refused("time,v\n2020-03-29T01:30,1\n2020-03-29T02:30,2\n", path => TimeSeries.ReadCsv(path, "time", ["v"], zone: "Europe/Berlin")), StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_stay_dates_in_a_time_zone_and_times_with_an_offset_are_what_they_say()
    {
        const string Dates = "time,v\n2020-03-28,1\n2020-03-29,2\n2020-03-30,3\n";
        var days = ReadText(Dates, path => TimeSeries.ReadCsv(path, "time", ["v"], zone: "Europe/Berlin"));
        Assert.Equal(("1 day", new DateTimeOffset(2020, 3, 28, 0, 0, 0, TimeSpan.FromHours(1)), "Europe/Berlin"), (days.Step, days.Start, days.Zone));
        Assert.Equal(TimeSpan.FromHours(2), days.TimeAt(2)!.Value.Offset);
        const string Offsets = "time,v\n2020-03-29T00:30Z,1\n2020-03-29T01:00Z,2\n";
        Assert.Equal(new DateTimeOffset(2020, 3, 29, 1, 30, 0, TimeSpan.FromHours(1)), ReadText(Offsets, path => TimeSeries.ReadCsv(path, "time", ["v"], zone: "Europe/Berlin")).Start);
        Assert.Contains("'Europe/Atlantis' is not known", Assert.Throws<ArgumentException>(
            () => ReadText(Dates, path => TimeSeries.ReadCsv(path, "time", ["v"], zone: "Europe/Atlantis"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seconds", "1577836800", "1577836801.5", "2020-01-01T00:00:00.0000000Z", "1.5")]
    [InlineData("milliseconds", "1577836800000", "1577836800001", "2020-01-01T00:00:00.0000000Z", "0.001")]
    [InlineData("microseconds", "1577836800000001", "1577836800000003", "2020-01-01T00:00:00.0000010Z", "0.000002")]
    [InlineData("seconds", "-86400", "0", "1969-12-31T00:00:00.0000000Z", "86400")]
    public void Times_are_counted_from_1970(string unit, string first, string second, string start, string step)
    {
        var formats = unit switch { "seconds" => TimeFormats.UnixSeconds, "milliseconds" => TimeFormats.UnixMilliseconds, _ => TimeFormats.UnixMicroseconds };
        var series = ReadText($"t,v\n{first},1\n{second},2\n", path => TimeSeries.ReadCsv(path, "t", ["v"], formats));
        Assert.Equal(start, (series.Zone is null ? series.Start!.Value.DateTime : series.Start!.Value.UtcDateTime).ToString("O", CultureInfo.InvariantCulture));
        Assert.Equal(double.Parse(step, CultureInfo.InvariantCulture), (series.End - series.Start)!.Value.TotalSeconds, 1e-12);
    }

    [Fact]
    public void Another_unit_since_1970_than_the_numbers_are_of_is_refused()
    {
        Assert.Contains("write timeFormat: TimeFormats.UnixSeconds",
            Refused("t,v\n1577836800,1\n1577836801,2\n", path => TimeSeries.ReadCsv(path, "t", ["v"], TimeFormats.UnixMilliseconds)), StringComparison.Ordinal);
        Assert.Contains("write timeFormat: TimeFormats.UnixMilliseconds",
            Refused("t,v\n1577836800000,1\n1577836801000,2\n", path => TimeSeries.ReadCsv(path, "t", ["v"], TimeFormats.UnixSeconds)), StringComparison.Ordinal);
        Assert.Contains("write timeFormat: TimeFormats.UnixSeconds",
            Refused("t,v\n1577836800,1\n1577836801,2\n", path => TimeSeries.ReadCsv(path, "t", ["v"])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_year_is_no_number_of_seconds_and_says_what_reads_it()
    {
        const string Years = "t,v\n1885,1\n1886,2\n";
        Assert.Contains("'1885' as a number of seconds since 1970-01-01T00:00Z is 1970-01-01 00:31:25Z; write timeFormat: \"yyyy\"",
            Refused(Years, path => TimeSeries.ReadCsv(path, "t", ["v"], TimeFormats.UnixSeconds)), StringComparison.Ordinal);
        Assert.Contains("Where it is a year, write timeFormat: \"yyyy\"",
            Refused(Years, path => TimeSeries.ReadCsv(path, "t", ["v"])), StringComparison.Ordinal);
        Assert.Equal(2, ReadText(Years, path => TimeSeries.ReadCsv(path, "t", ["v"], "yyyy")).Count);
    }

    [Theory]
    [InlineData("t;v\n2020-01-01;1.234\n2020-01-02;12.500\n", "line 2, column 2 ('v'): '1.234' may have a decimal point, or one between thousands")]
    [InlineData("t,v\n2020-01-01,\"1,234\"\n", "If ',' stands before decimals, write CsvOptions { DecimalSeparator = ',' }; if between thousands, { ThousandsSeparator = ',' }")]
    [InlineData("t;v\n2020-01-01;1,5\n", "If ',' stands before decimals, write CsvOptions { DecimalSeparator = ',' }")]
    [InlineData("t,v\n2020-01-01,N/A\n", "Where it stands for a missing value, write CsvOptions { MissingValues = [\"N/A\"] }")]
    [InlineData("t,v\n2020-01-01,sunny\n", "Where the column holds words, write categories: [\"v\"]")]
    public void What_could_mean_two_things_is_refused_with_what_to_write(string text, string message) =>
        Assert.Contains(message, Refused(text, path => TimeSeries.ReadCsv(path, "t", ["v"])), StringComparison.Ordinal);

    [Theory]
    [InlineData("t;v\n2020-01-01;1.234\n2020-01-02;12.5\n")]
    [InlineData("t;v\n2020-01-01;0.234\n2020-01-02;1.500\n")]
    [InlineData("t;v\n2020-01-01;1234.567\n2020-01-02;1.500\n")]
    [InlineData("t,v\n2020-01-01,1.234\n2020-01-02,1.500\n")]
    public void A_point_is_a_decimal_point_where_one_number_of_the_column_or_the_commas_tell(string text) =>
        Assert.Equal(2, ReadText(text, path => TimeSeries.ReadCsv(path, "t", ["v"])).Count);

    [Theory]
    [InlineData("1.2345,5")]
    [InlineData("12.34")]
    [InlineData(".123,5")]
    [InlineData("1..234")]
    [InlineData("1,5.000")]
    [InlineData("1,5,0")]
    [InlineData("1234.567")]
    [InlineData("-.123")]
    public void Thousands_come_in_groups_of_three(string number) => Assert.Contains(
        $"'{number}' is no number; expected one such as -3,5",
        Refused($"t;v\n2020-01-01;{number}\n", path => TimeSeries.ReadCsv(path, "t", ["v"], options: new CsvOptions { DecimalSeparator = ',', ThousandsSeparator = '.' })),
        StringComparison.Ordinal);

    [Fact]
    public void A_separator_that_is_in_doubt_is_asked_for()
    {
        Assert.Contains("by ',' and by ';'; say which it is, such as Separator = ','",
            Assert.Throws<ArgumentException>(() => ReadText("t,v,;t;v\n", path => TimeSeries.ReadCsv(path, "t", ["v"]))).Message, StringComparison.Ordinal);
        Assert.Contains("there is no column 'w'", Assert.Throws<ArgumentException>(() => ReadText("t;v\n2020-01-01;1\n", path => TimeSeries.ReadCsv(path, "t", ["w"]))).Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], ReadText("t,at;v\n2020-01-01;1\n2020-01-02;2\n", path => TimeSeries.ReadCsv(path, "t,at", ["v"])).Column("v"));
    }

    [Fact]
    public void A_header_further_down_is_pointed_to()
    {
        string Message(CsvOptions? options) => Assert.Throws<ArgumentException>(
            () => ReadText("Station;17\nunit;°C\n\nt;v\n2020-01-01;1\n2020-01-02;2\n", path => TimeSeries.ReadCsv(path, "t", ["v"], options: options))).Message;
        Assert.Contains("Line 4 has all of them: write CsvOptions { SkipLines = 3 }", Message(null), StringComparison.Ordinal);
        Assert.Contains("SkipLines is 9, but", Message(new CsvOptions { SkipLines = 9 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xB0 }, "not UTF-8 (byte 0xB0)")]
    [InlineData(new byte[] { 0xC3 }, "not UTF-8 (byte 0xC3)")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "not UTF-8 (byte 0xED)")]
    public void Bytes_that_do_not_decode_are_named_with_line_and_column(byte[] bytes, string message) => Assert.Contains(
        $"series.csv, line 3, column 2 ('v'): the text is {message}",
        Refused([.. "t,v,w\n2020-01-01,1,ö\n2020-01-02,"u8, .. bytes, .. ",3\n"u8], path => TimeSeries.ReadCsv(path, "t", ["v"])), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_another_encoding_does_not_have_are_named_with_line_and_column()
    {
        byte[] utf16 = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("t,v\n2020-01-01,"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("1\n2020-01-02,2\n")];
        Assert.Contains("line 2, column 2 ('v'): the text is not UTF-16", Refused(utf16, path => TimeSeries.ReadCsv(path, "t", ["v"])), StringComparison.Ordinal);
        byte[] ascii = [.. "t,v\n2020-01-01,1\n2020-01-02,"u8, 0xE9, .. "\n"u8];
        Assert.Contains("line 3, column 2 ('v'): the text is not US-ASCII (byte 0xE9)",
            Refused(ascii, path => TimeSeries.ReadCsv(path, "t", ["v"], options: new CsvOptions { Encoding = Encoding.ASCII })), StringComparison.Ordinal);
        Assert.Contains("begins with the mark of utf-16, but CsvOptions.Encoding is iso-8859-1",
            Refused(utf16, path => TimeSeries.ReadCsv(path, "t", ["v"], options: new CsvOptions { Encoding = Encoding.Latin1 })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(65_530)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(131_071)]
    public void Characters_across_the_border_of_what_is_read_at_once_are_whole(int length)
    {
        var note = new string('x', 1_000);
        var text = new StringBuilder("t,note,v\n");
        for (var day = new DateTime(2020, 1, 1); text.Length < 3 * length; day = day.AddDays(1))
            text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},{(text.Length is var at && at < length && at + 1_100 > length ? new string('ö', 2_000) + "€𝄞" : note)},1\n");
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            var bytes = (byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(text.ToString())];
            Assert.All(ReadBytes(bytes, path => TimeSeries.ReadCsv(path, "t", ["v"])).Column("v"), value => Assert.Equal(1, value));
        }
    }

    [Fact]
    public void A_zip_of_several_texts_is_asked_about_and_a_member_can_be_named()
    {
        var zip = CsvForms.Zip(("a.csv", "t,v\n2020-01-01,1\n2020-01-02,2\n"), ("b.csv", "t,v\n2020-01-01,3\n2020-01-02,4\n"));
        Assert.Contains("holds 'a.csv', 'b.csv'; name the one to read by CsvOptions.ZipMember", Refused(zip, path => TimeSeries.ReadCsv(path, "t", ["v"])), StringComparison.Ordinal);
        Assert.Equal([3, 4], ReadBytes(zip, path => TimeSeries.ReadCsv(path, "t", ["v"], options: new CsvOptions { ZipMember = "b.csv" })).Column("v"));
        Assert.Throws<ArgumentException>(() => ReadBytes(zip, path => TimeSeries.ReadCsv(path, "t", ["v"], options: new CsvOptions { ZipMember = "c.csv" })));
        Assert.Throws<ArgumentException>(() => ReadText("t,v\n", path => TimeSeries.ReadCsv(path, "t", ["v"], options: new CsvOptions { ZipMember = "c.csv" })));
    }

    [Fact]
    public void A_compressed_file_that_is_cut_or_damaged_is_refused()
    {
        var text = new StringBuilder("t,v\n");
        for (var day = 0; day < 2_000; day++)
            text.Append(CultureInfo.InvariantCulture, $"{new DateTime(2020, 1, 1).AddDays(day):yyyy-MM-dd},{day * 7919 % 1000}\n");
        var whole = CsvForms.Gzip(text.ToString());
        Assert.Equal(2_000, ReadBytes(whole, path => TimeSeries.ReadCsv(path, "t", ["v"])).Count);
        foreach (var length in Enumerable.Range(20, whole.Length - 20).Where(length => length % 97 == 0 || length >= whole.Length - 10))
            Assert.Contains("it ends too early", Refused(whole[..length], path => TimeSeries.ReadCsv(path, "t", ["v"])), StringComparison.Ordinal);
        Assert.Equal(2_000, ReadBytes([.. CsvForms.Gzip(text.ToString()[..1_000]), .. CsvForms.Gzip(text.ToString()[1_000..])], path => TimeSeries.ReadCsv(path, "t", ["v"])).Count);
        byte[] damaged = [.. whole[..(whole.Length / 2)], .. whole[(whole.Length / 2)..].Select(value => (byte)(value ^ 0x55))];
        Assert.Throws<InvalidDataException>(() => ReadBytes(damaged, path => TimeSeries.ReadCsv(path, "t", ["v"])));
        byte[] otherChecksum = [.. whole[..^8], (byte)(whole[^8] ^ 1), .. whole[^7..]];
        Assert.DoesNotContain("too early", Refused(otherChecksum, path => TimeSeries.ReadCsv(path, "t", ["v"])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t;v\n2020-01-01;1\n2020-01-02;2\n;\n;\n")]
    [InlineData("t;v\r\n2020-01-01;1\r\n2020-01-02;2\r\n ; \r\n;")]
    public void Rows_of_nothing_at_the_files_end_are_passed_over(string text) =>
        Assert.Equal([1, 2], ReadText(text, path => TimeSeries.ReadCsv(path, "t", ["v"])).Column("v"));

    [Theory]
    [InlineData(
        "t;v\n2020-01-01;1\n;\n;\n2020-01-02;2\n",
        "line 3, column 1 ('t'): the row is empty, and rows with values follow. Write the row's time, or remove the row.")]
    [InlineData("t;v\n2020-01-01;1\n2020-01-02;2\n;3\n", "line 4, column 1 ('t'): the time is missing; expected ISO 8601")]
    public void Rows_of_nothing_between_rows_and_values_without_a_time_are_refused(string text, string message) =>
        Assert.Contains(message, Refused(text, path => TimeSeries.ReadCsv(path, "t", ["v"])), StringComparison.Ordinal);

    [Theory]
    [InlineData('\'', '.', "4'382.83", 4_382.83)]
    [InlineData('\'', '.', "4\u2019382\u2019001.5", 4_382_001.5)]
    [InlineData('\u2019', '.', "-4'382", -4_382)]
    [InlineData(' ', ',', "1\u00a0234,5", 1_234.5)]
    [InlineData('\u202f', ',', "1 234,5", 1_234.5)]
    [InlineData('\u202f', ',', "1\u00a0234", 1_234)]
    [InlineData('\u00a0', ',', "1\u2009234", 1_234)]
    public void Apostrophes_and_spaces_stand_for_each_other_between_thousands(char thousands, char point, string number, double value)
    {
        var culture = new NumberFormatInfo { NumberDecimalSeparator = point.ToString(), NumberGroupSeparator = thousands.ToString() };
        CsvOptions[] same = [new() { DecimalSeparator = point, ThousandsSeparator = thousands }, new() { Numbers = culture }];
        foreach (var options in same)
        {
            var text = $"t;v\n2020-01-01;{number}\n2020-01-02;1\n";
            Assert.Equal([value, 1], ReadText(text, path => TimeSeries.ReadCsv(path, "t", ["v"], options: options)).Column("v"));
        }
    }

    [Theory]
    [InlineData("4'382.83", "If ''' stands between thousands, write CsvOptions { ThousandsSeparator = '\\'' }")]
    [InlineData("4\u2019382.83", "If '\u2019' stands between thousands, write CsvOptions { ThousandsSeparator = '\\'' }")]
    [InlineData("4 382.83", "If ' ' stands between thousands, write CsvOptions { ThousandsSeparator = ' ' }")]
    public void An_apostrophe_or_a_space_in_a_number_says_what_reads_it(string number, string message) =>
        Assert.Contains(message, Refused($"t;v\n2020-01-01;{number}\n", path => TimeSeries.ReadCsv(path, "t", ["v"])), StringComparison.Ordinal);

    [Fact]
    public void A_zip_whose_text_is_not_that_of_its_checksum_is_refused()
    {
        var zip = CsvForms.Zip(CompressionLevel.NoCompression, ("a.csv", "t,v\n2020-01-01,1\n2020-01-02,2\n"));
        zip[zip.AsSpan().IndexOf("02,2"u8) + 3] = (byte)'7';
        Assert.EndsWith(
            ": what is compressed in it is damaged: its bytes are not those of its checksum.",
            Refused(zip, path => TimeSeries.ReadCsv(path, "t", ["v"])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_file_that_becomes_far_too_much_is_refused()
    {
        var bomb = CsvForms.Gzip("t,v\n2020-01-01,1\n" + new string('\n', 64 << 20));
        Assert.Contains("unpack the file first", Refused(bomb, path => TimeSeries.ReadCsv(path, "t", ["v"])), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_no_file_can_have_are_refused()
    {
        void Wrong(string message, CsvOptions options) => Assert.Contains(message, Assert.Throws<ArgumentException>(
            () => ReadText("t,v\n2020-01-01,1\n2020-01-02,2\n", path => TimeSeries.ReadCsv(path, "t", ["v"], options: options))).Message, StringComparison.Ordinal);
        Wrong("the separator '\"' cannot stand between fields", new CsvOptions { Separator = '"' });
        Wrong("the separator '1' cannot stand between fields", new CsvOptions { Separator = '1' });
        Wrong("decimals and thousands have the same separator ','", new CsvOptions { DecimalSeparator = ',', ThousandsSeparator = ',' });
        Wrong("decimals and thousands have the same separator '''", new CsvOptions { DecimalSeparator = '\'', ThousandsSeparator = '\u2019' });
        Wrong("the decimal separator '-' has another meaning", new CsvOptions { DecimalSeparator = '-' });
        Wrong("both Numbers and a separator", new CsvOptions { DecimalSeparator = ',', Numbers = CultureInfo.InvariantCulture });
        Wrong("the number of lines to skip is -1", new CsvOptions { SkipLines = -1 });
        Wrong("the beginning of a comment is empty", new CsvOptions { Comment = "" });
        Wrong("the column name 'a' is given twice", new CsvOptions { ColumnNames = ["a", "a"] });
        Wrong("ColumnNames has 3 names, but the first row of", new CsvOptions { ColumnNames = ["t", "v", "w"] });
        Wrong("a spelling of missing values is null", new CsvOptions { MissingValues = [null!] });
    }

    [Fact]
    public void Categories_that_cannot_be_are_refused()
    {
        void Wrong(string message, params CategoryColumn[] categories) => Assert.Contains(message, Assert.Throws<ArgumentException>(
            () => ReadText("t,v\n2020-01-01,1\n2020-01-02,2\n", path => TimeSeries.ReadCsv(path, "t", ["v"], categories: categories))).Message, StringComparison.Ordinal);
        Wrong("'w' is none of the value columns 'v'", "w");
        Wrong("'v' is named twice", "v", "v");
        Wrong("has 0 words", new CategoryColumn("v", []));
        Wrong("has the word 'a' twice", new CategoryColumn("v", ["a", "a"]));
        Assert.Contains("line 3, column 2 ('v'): '2' is none of the words that were declared: '1'", Refused("t,v\n2020-01-01,1\n2020-01-02,2\n",
            path => TimeSeries.ReadCsv(path, "t", ["v"], categories: [new("v", ["1"])])), StringComparison.Ordinal);
        var many = string.Concat(Enumerable.Range(0, 10_001).Select(i => $"{new DateTime(2020, 1, 1).AddDays(i):yyyy-MM-dd},w{i}\n"));
        Assert.Contains("line 10002, column 2 ('v'): 'w10000' is one more than 10,000 different words",
            Refused("t,v\n" + many, path => TimeSeries.ReadCsv(path, "t", ["v"], categories: ["v"])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_culture_names_both_separators()
    {
        var german = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };
        var series = ReadText("t;v\n2020-01-01;1.234,5\n2020-01-02;2\n", path => TimeSeries.ReadCsv(path, "t", ["v"], options: new CsvOptions { Numbers = german }));
        Assert.Equal([1_234.5, 2], series.Column("v"));
        var french = new CsvOptions { DecimalSeparator = ',', ThousandsSeparator = '\u202f' };
        Assert.Equal([1_234.5, 2], ReadText("t;v\n2020-01-01;1\u202f234,5\n2020-01-02;2\n", path => TimeSeries.ReadCsv(path, "t", ["v"], options: french)).Column("v"));
    }

    private static string Lines(string text) => text.Replace("|", "\n  ", StringComparison.Ordinal).Replace("between '\n  '", "between '|'", StringComparison.Ordinal);

    private static TimeSeries Read(string form) => ReadBytes(CsvForms.ByName[form].Content, CsvForms.ByName[form].Read);

    private static TimeSeries ReadText(string text, Func<string, TimeSeries> read) => ReadBytes(Encoding.UTF8.GetBytes(text), read);

    private static TimeSeries ReadBytes(byte[] bytes, Func<string, TimeSeries> read)
    {
        using var file = new TemporaryFile(bytes);
        return read(file.Path);
    }

    private static string Refused(string text, Func<string, TimeSeries> read) => Refused(Encoding.UTF8.GetBytes(text), read);

    private static string Refused(byte[] bytes, Func<string, TimeSeries> read) => Assert.Throws<InvalidDataException>(() => ReadBytes(bytes, read)).Message;
}
