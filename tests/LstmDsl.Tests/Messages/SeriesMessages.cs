using System.Text;

namespace LstmDsl.Tests;

/// <summary>What can be wrong with a CSV file, and with rows that a program hands over.</summary>
internal static class SeriesMessages
{
    public static IEnumerable<MessageCase> Of(TemporaryFolder folder)
    {
        const string Header = "date,t\n";
        Action Read(string csv, string time = "date", string[]? values = null, string? format = null,
            Missing missing = Missing.Error, Gaps gaps = Gaps.Error, Duplicates duplicates = Duplicates.Error) => () =>
            {
                File.WriteAllText(folder.File("series.csv"), csv);
                TimeSeries.ReadCsv(folder.File("series.csv"), time, values ?? ["t"], format, missing, gaps, duplicates);
            };
        Action InZone(string csv) => () =>
        {
            File.WriteAllText(folder.File("series.csv"), csv);
            TimeSeries.ReadCsv(folder.File("series.csv"), "date", ["t"], zone: "Europe/Berlin");
        };
        Action ReadBytes(params byte[] bytes) => () =>
        {
            File.WriteAllBytes(folder.File("series.csv"), bytes);
            TimeSeries.ReadCsv(folder.File("series.csv"), "date", ["t"]);
        };

        // The file.
        yield return new("no such file", () => TimeSeries.ReadCsv(folder.File("none.csv"), "date", ["t"]));
        yield return new("no such folder", () => TimeSeries.ReadCsv(folder.File("none/none.csv"), "date", ["t"]));
        yield return new("a folder", () => TimeSeries.ReadCsv(folder.Path, "date", ["t"]));
        yield return new("an empty file", Read(""));
        yield return new("a header alone", Read(Header));
        yield return new("one row", Read(Header + "2020-01-01,1\n"));
        yield return new("not UTF-8", ReadBytes([.. "date,t\n2020-01-01,"u8, 0xFC]));
        yield return new("UTF-16 without a byte order mark", ReadBytes(Encoding.Unicode.GetBytes("date,t\n2020-01-01,1\n2020-01-02,2\n")));

        yield return new("a choice that there is not", Read(Header, missing: (Missing)9));
        yield return new("a choice of gaps that there is not", Read(Header, gaps: (Gaps)9));
        yield return new("a choice of duplicates that there is not", Read(Header, duplicates: (Duplicates)9));

        // Columns and fields.
        yield return new("no such column", Read(Header, values: ["temp"]));
        yield return new("no such time column", Read(Header, time: "Date Time"));
        yield return new("semicolons", Read("date;t\n2020-01-01;1\n", values: ["temp"]));
        yield return new("a column twice", Read("date,t,t\n2020-01-01,1,2\n"));
        yield return new("a name that is null", Read(Header, values: [null!]));
        yield return new("a name twice", Read(Header, values: ["t", "t"]));
        yield return new("the time as a value", Read(Header, values: ["date"]));
        yield return new("no value's name", Read(Header, values: []));
        yield return new("a field too many", Read(Header + "2020-01-01,1,5\n"));
        yield return new("a field missing", Read(Header + "2020-01-01\n"));
        yield return new("a quote inside a field", Read(Header + "2020-01-01,1\"\n"));
        yield return new("text after a quote", Read(Header + "2020-01-01,\"1\"2\n"));
        yield return new("a quote that stays open", Read(Header + "2020-01-01,\"1\n"));
        yield return new("too many columns", Read(new string(',', 20_000)));
        yield return new("a record too long", Read(string.Concat(Enumerable.Repeat(new string('x', 60_000) + ",", 80))));
        yield return new("a field too long", Read(new string('x', 2_000_000)));

        // Times.
        yield return new("a time missing", Read(Header + ",1\n"));
        yield return new("a time of another form", Read(Header + "01.02.2020,1\n"));
        yield return new("a time of another form than the format's", Read(Header + "2020-01-01,1\n", format: "dd.MM.yyyy"));
        yield return new("a format without a year", Read(Header, format: "dd.MM."));
        yield return new("a format with minutes for months", Read(Header, format: "yyyy-mm-dd"));
        yield return new("a format of Python's", Read(Header, format: "%Y-%m-%d %H:%M"));
        yield return new("a format of twelve hours without their half", Read(Header, format: "yyyy-MM-dd hh:mm"));
        yield return new("times that differ by nanoseconds", Read(
            Header + "2020-01-01T00:00:00.000000000,1\n2020-01-01T00:00:01.000000001,2\n"));
        yield return new("times that fall", Read(Header + "2020-01-02,1\n2020-01-01,2\n"));
        yield return new("a time twice", Read(Header + "2020-01-01,1\n2020-01-01,2\n2020-01-02,3\n"));
        yield return new("an hour that clocks show twice", Read(
            Header + "2020-10-25T01:00,1\n2020-10-25T02:00,2\n2020-10-25T02:00,3\n2020-10-25T03:00,4\n"));
        yield return new("half an hour that clocks show twice", Read(
            Header + "2020-10-25T02:00,1\n2020-10-25T02:30,2\n2020-10-25T02:00,3\n2020-10-25T02:30,4\n2020-10-25T03:00,4\n"));
        yield return new("an hour of the day twice", Read(
            Header + "2020-10-25T11:00,1\n2020-10-25T12:00,2\n2020-10-25T12:00,3\n2020-10-25T13:00,4\n"));
        yield return new("a time twice by the clocks of a zone", InZone(
            Header + "2020-07-01T00:00Z,1\n2020-07-01T01:00Z,2\n2020-07-01T01:00Z,3\n"));
        yield return new("times of both kinds", Read(Header + "2020-01-01T00:00:00Z,1\n2020-01-02T00:00:00,2\n"));
        yield return new("a time off the step", Read(Header + "2020-01-01,1\n2020-01-02,2\n2020-01-03T05:00,3\n2020-01-04,4\n"));
        yield return new("a gap", Read(Header + "2020-01-01,1\n2020-01-02,2\n2020-01-04,4\n2020-01-05,4\n2020-01-09,4\n"));
        yield return new("an hour that clocks skip", Read(
            Header + "2020-03-29T00:00,1\n2020-03-29T01:00,2\n2020-03-29T03:00,3\n2020-03-29T04:00,4\n"));
        yield return new("a gap by the clocks of a zone", InZone(
            Header + "2020-07-01T00:00Z,1\n2020-07-01T01:00Z,2\n2020-07-01T03:00Z,3\n2020-07-01T04:00Z,4\n"));
        yield return new("a time off the step by the clocks of a zone", InZone(
            Header + "2020-07-01T00:00Z,1\n2020-07-01T01:00Z,2\n2020-07-01T01:30Z,3\n2020-07-01T02:30Z,4\n2020-07-01T03:30Z,4\n"));
        yield return new("a gap that is too wide to fill", Read(
            Header + "1000-01-01T00:00:00,1\n1000-01-01T00:00:01,2\n9000-01-01T00:00:00,4\n", gaps: Gaps.Hole));

        yield return new("seconds since 1970", Read(Header + "1577836800,1\n"));

        // Values.
        yield return new("a value with zeros behind it", Read(Header + "2020-01-01,12\0\0\n"));
        yield return new("a value that is no number", Read(Header + "2020-01-01,1;5\n"));
        yield return new("a decimal comma", Read(Header + "2020-01-01,\"1,5\"\n"));
        yield return new("a word of another program for a missing value", Read(Header + "2020-01-01,N/A\n"));
        yield return new("a word", Read(Header + "2020-01-01,sunny\n"));
        yield return new("points that may stand between thousands", Read("date;t\n2020-01-01;1.234\n2020-01-02;2.500\n"));
        yield return new("columns by two separators", Read("date,t,;date;t\n"));
        yield return new("column names further down", Read("Station 17\ndate,t\n2020-01-01,1\n"));
        yield return new("an infinite value", Read(Header + "2020-01-01,1e999\n"));
        yield return new("values missing", Read(Header + "2020-01-01,1\n2020-01-02,\n2020-01-03,NaN\n"));
        yield return new("the first value missing", Read(Header + "2020-01-01,\n2020-01-02,1\n", missing: Missing.Forward));

        // Arrays and items.
        yield return new("an array of no values", () => TimeSeries.FromArrays([]));
        yield return new("an array with NaN", () => TimeSeries.FromArrays([1, double.NaN]));
        yield return new("an array that begins with NaN", () => TimeSeries.FromArrays([double.NaN, 1], missing: Missing.Forward));
        yield return new("an array with an infinite number", () => TimeSeries.FromArrays([1, double.NegativeInfinity]));
        yield return new("no columns", () => TimeSeries.FromArrays(new double[3, 0], []));
        yield return new("a column without a name", () => TimeSeries.FromArrays(new double[3, 1], [null!]));
        yield return new("a start without a step", () => TimeSeries.FromArrays([1, 2], new DateTime(2020, 1, 1)));
        yield return new("a step of no time", () => TimeSeries.FromArrays([1, 2], new DateTime(2020, 1, 1), TimeSpan.Zero));
        yield return new("times after the calendar's end", () => TimeSeries.FromArrays([1, 2], new DateTime(9999, 12, 31), TimeSpan.FromDays(9)));
        yield return new("a row that there is not", () => _ = TimeSeries.FromArrays([1, 2])[2, 0]);
        yield return new("a column that there is not", () => _ = TimeSeries.FromArrays([1, 2])[0, 1]);
        yield return new("names for other columns", () => TimeSeries.FromArrays(new double[3, 2], ["a"]));
        yield return new("an array's column twice", () => TimeSeries.FromArrays(new double[3, 2], ["a", "a"]));
        yield return new("items that fall", () => TimeSeries.From([2, 1], day => new DateTime(2020, 1, day), day => day));
        yield return new("an item with an infinite number", () => TimeSeries.From([1, 2], day => new DateTime(2020, 1, day), day => day / 0.0));
        yield return new("one item", () => TimeSeries.From([1], day => new DateTime(2020, 1, day), day => day));
    }
}
