using System.IO.Compression;
using System.Text;

namespace LstmDsl.Tests;

/// <summary>Small files in the forms that files have, made for the tests, each with the line or two that read it.</summary>
internal static class CsvForms
{
    /// <summary>A file and how it is read.</summary>
    public sealed record Form(byte[] Content, Func<string, TimeSeries> Read)
    {
        public Form(string content, Func<string, TimeSeries> read) : this(Encoding.UTF8.GetBytes(content), read) { }
    }

    /// <summary>Every form by its name.</summary>
    public static readonly IReadOnlyDictionary<string, Form> ByName = new Dictionary<string, Form>
    {
        ["usual"] = new(
            "time,load,temperature\n2020-01-01T00:00,1.5,-3\n2020-01-01T01:00,2.25,-3.5\n2020-01-01T02:00,+4e1,.5\n",
            path => TimeSeries.ReadCsv(path, time: "time", values: ["load", "temperature"])),
        ["German"] = new(
            "Datum;Verbrauch;Preis\r\n01.03.2020 00:00;1.234,5;-0,25\r\n01.03.2020 00:15;999;1\r\n01.03.2020 00:30;12.345.678,125;2,5\r\n",
            path => TimeSeries.ReadCsv(path, time: "Datum", values: ["Verbrauch", "Preis"], timeFormat: "dd.MM.yyyy HH:mm",
                options: new CsvOptions { DecimalSeparator = ',', ThousandsSeparator = '.' })),
        ["time in two columns"] = new(
            "Date;Time;Power;Voltage\n16/12/2006;17:24:00;4.216;234.840\n16/12/2006;17:25:00;?;233.630\n16/12/2006;17:26:00;5.374;0.5\n",
            path => TimeSeries.ReadCsv(path, time: ["Date", "Time"], values: ["Power", "Voltage"], timeFormat: "d/M/yyyy HH:mm:ss", missing: Missing.Hole,
                options: new CsvOptions { MissingValues = ["?"], DecimalSeparator = '.' })),
        ["tabs"] = new(
            "when\tvalue\n1/2/2020 11:00 AM\t1\n1/2/2020 12:00 PM\t2\n1/2/2020 1:00 PM\t3\n",
            path => TimeSeries.ReadCsv(path, time: "when", values: ["value"], timeFormat: "M/d/yyyy h:mm tt")),
        ["bars, thousands by commas"] = new(
            "day|sales\n2020-01-01|1,234.5\n2020-01-02|12\n2020-01-03|1,000,000\n",
            path => TimeSeries.ReadCsv(path, time: "day", values: ["sales"], options: new CsvOptions { ThousandsSeparator = ',' })),
        ["Latin-1"] = new(
            Encoding.Latin1.GetBytes("Tag,Größe,Ort\n2020-01-01,1,Köln\n2020-01-02,2,Jülich\n"),
            path => TimeSeries.ReadCsv(path, time: "Tag", values: ["Größe", "Ort"], categories: ["Ort"], options: new CsvOptions { Encoding = Encoding.Latin1 })),
        ["UTF-16"] = new(
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("Tag\tGröße\r\n2020-01-01\t1\r\n2020-01-02\t2\r\n")],
            path => TimeSeries.ReadCsv(path, time: "Tag", values: ["Größe"])),
        ["comments and lines before the header"] = new(
            "Station 17; all in °C\n\n# made for tests\ndate,t\n2020-01-01,1\n# the sensor was moved\n2020-01-02,2\n2020-01-03,3\n",
            path => TimeSeries.ReadCsv(path, time: "date", values: ["t"], options: new CsvOptions { SkipLines = 2, Comment = "#" })),
        ["no header"] = new(
            "1,2020-01-01,10\n2,2020-01-02,20\n3,2020-01-03,30\n",
            path => TimeSeries.ReadCsv(path, time: "day", values: ["kWh"], options: new CsvOptions { ColumnNames = ["id", "day", "kWh"] })),
        ["notes with line breaks, true and false"] = new(
            "date,note,open,t\n2020-01-01,\"one\ntwo, \"\"three\"\"\",TRUE,1\n2020-01-02,,false,2\n",
            path => TimeSeries.ReadCsv(path, time: "date", values: ["t", "open"])),
        ["words"] = new(
            "date,weather,kind\n2020-01-01,rain,b\n2020-01-02,sun,a\n2020-01-03,,b\n2020-01-04,rain,a\n",
            path => TimeSeries.ReadCsv(path, time: "date", values: ["weather", "kind"], categories: ["weather", new("kind", ["a", "b", "c"])],
                missing: Missing.Hole)),
        ["several series below each other"] = new(
            "region,purpose,date,trips\nnorth,work,2020-01-01,1\nnorth,work,2020-04-01,2\nsouth,work,2020-01-01,3\nsouth,fun,2020-01-01,4\nsouth,work,2020-04-01,5\n",
            path => TimeSeries.ReadCsv(path, time: "date", values: [new("trips", "thousand")], where: [("region", "south"), ("purpose", "work")])),
        ["days of an exchange"] = new(
            "date,close\n2020-12-23,1\n2020-12-24,2\n2020-12-28,3\n2020-12-29,4\n",
            path => TimeSeries.ReadCsv(path, time: "date", values: ["close"], unit: "USD", gaps: Gaps.Close)),
        ["days of a time zone, in UTC"] = new(
            "time,v\n2018-11-02T03:00Z,1\n2018-11-03T03:00Z,2\n2018-11-04T03:00Z,3\n2018-11-05T02:00Z,4\n",
            path => TimeSeries.ReadCsv(path, time: "time", values: ["v"], zone: "America/Sao_Paulo")),
        ["milliseconds since 1970"] = new(
            "ts,v\n1577836800000,1\n1577836800250,2\n1577836800500,3\n",
            path => TimeSeries.ReadCsv(path, time: "ts", values: ["v"], timeFormat: TimeFormats.UnixMilliseconds)),
        ["several formats, other words for missing"] = new(
            "date,v\n01.01.2020,1\n01.01.2020 12:00,N/A\n02.01.2020,-999.0\n02.01.2020 12:00,4\n",
            path => TimeSeries.ReadCsv(path, time: "date", values: ["v"], timeFormat: ["dd.MM.yyyy HH:mm", "dd.MM.yyyy"], missing: Missing.Forward,
                options: new CsvOptions { MissingValues = ["N/A", "-999"] })),
        ["clocks of a time zone"] = new(
            "time,v\n2020-10-25T01:30,1\n2020-10-25T02:00,2\n2020-10-25T02:30,3\n2020-10-25T02:00,4\n2020-10-25T02:30,5\n2020-10-25T03:00,6\n",
            path => TimeSeries.ReadCsv(path, time: "time", values: ["v"], zone: "Europe/Berlin")),
        ["gzip"] = new(
            Gzip("time,v\n2020-01-01T00:00+01:00,1\n2020-01-01T01:00+01:00,2\n"),
            path => TimeSeries.ReadCsv(path, time: "time", values: ["v"])),
        ["zip"] = new(
            Zip(("readme.md", "hello"), ("data/values.csv", "time,v\n2020-01-01T00:00Z,1\n2020-01-01T01:00Z,2\n")),
            path => TimeSeries.ReadCsv(path, time: "time", values: ["v"])),
    };

    public static byte[] Gzip(string text)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return stream.ToArray();
    }

    public static byte[] Zip(params (string Name, string Text)[] files) => Zip(CompressionLevel.Optimal, files);

    public static byte[] Zip(CompressionLevel level, params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var member = archive.CreateEntry(name, level).Open();
                member.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }
}
