using FsCheck;
using FsCheck.Fluent;

namespace LstmDsl.Tests;

/// <summary>Series as files that read back the same.</summary>
public sealed class WriteCsvTests
{
    [Fact]
    public void What_is_written_reads_back_bit_for_bit_in_every_zone_and_step()
    {
        TimeStep[] steps = [TimeStep.Seconds(1), TimeStep.Minutes(30), TimeStep.Hours(1), TimeStep.Days(1), TimeStep.Weeks(1), TimeStep.Months(1), TimeStep.Quarters(1), TimeStep.Years(1)];
        string?[] zones = [null, "UTC", "Australia/Melbourne", "America/Sao_Paulo", "Europe/Berlin"];
        var values = from bits in ArbMap.Default.GeneratorFor<long>() select BitConverter.Int64BitsToDouble(bits);
        var cases = from numbers in Gen.ListOf(values)
                    from day in Gen.Choose(0, 6_000)
                    from step in Gen.Elements(steps)
                    from zone in Gen.Elements(zones)
                    select (numbers, day, step, zone);
        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            // Three rows at least, so that there is a step; finite, or missing.
            double[] numbers = [.. given.numbers.Concat([1, 2, 3, 4, 5, 6]).Select(number => double.IsInfinity(number) ? 0.1 : number)];
            var table = new double[numbers.Length / 2, 2];
            for (var i = 0; i < table.Length; i++)
                table[i / 2, i % 2] = numbers[i];
            var start = new DateTime(2005, 1, 1).AddDays(given.day);
            var series = TimeSeries.FromArrays(table, [new("a,\"b\"", "MW"), "c"], start, given.step, Missing.Hole, zone: given.zone);
            using var folder = new TemporaryFolder();
            series.WriteCsv(folder.File("series.csv"));
            var back = TimeSeries.ReadCsv(folder.File("series.csv"), "time", [new("a,\"b\"", "MW"), "c"], missing: Missing.Hole, zone: given.zone);
            Assert.Equal(Bits(series), Bits(back));
            Assert.Equal(Times(series), Times(back));
            Assert.Equal((series.Step, series.Zone, "MW"), (back.Step, back.Zone, back.UnitOf("a,\"b\"")));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Words_and_true_and_false_and_closed_gaps_read_back_too()
    {
        const string Text = "time,weather,open,v\n2024-01-05,\"sun, mostly\",TRUE,0.1\n2024-01-08,rain,FALSE,\n2024-01-11,\"sun, mostly\",TRUE,1E-300\n";
        using var file = new TemporaryFile(Text);
        TimeSeries Read(string path) => TimeSeries.ReadCsv(path, "time", ["weather", "open", "v"], missing: Missing.Hole, gaps: Gaps.Close, categories: ["weather"]);
        var series = Read(file.Path);
        using var folder = new TemporaryFolder();
        series.WriteCsv(folder.File("again.csv"));
        Assert.Equal(Text, File.ReadAllText(folder.File("again.csv")));
        Assert.Equal(Times(series), Times(Read(folder.File("again.csv"))));
    }

    [Fact]
    public void What_cannot_be_read_back_is_refused_and_leaves_the_file_as_it_was()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("series.csv"), "before");
        Assert.Contains("have no times", Assert.Throws<InvalidOperationException>(() => TimeSeries.FromArrays([1, 2]).WriteCsv(folder.File("series.csv"))).Message, StringComparison.Ordinal);
        var series = TimeSeries.FromArrays([1, 2], new DateTime(2020, 1, 1), TimeStep.Days(1));
        Assert.Contains("choose another name", Assert.Throws<ArgumentException>(() => series.WriteCsv(folder.File("series.csv"), "value")).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => series.WriteCsv(folder.File("none/series.csv")));
        Assert.Equal("before", File.ReadAllText(folder.File("series.csv")));
        Assert.Equal(["series.csv"], folder.Names);
    }

    private static long[] Bits(TimeSeries series) => [.. series.Columns.SelectMany(series.Column).Select(value => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value))];

    private static DateTimeOffset?[] Times(TimeSeries series) => [.. Enumerable.Range(0, series.Count + 3).Select(row => series.TimeAt(row))];
}
