using Parquet;
using Parquet.Schema;

namespace LstmDsl.Tests;

/// <summary>Series from Parquet files: columns of every type of number and time, nulls, several groups of rows, and files that are none.</summary>
public sealed class ParquetSeriesTests : IDisposable
{
    private static readonly DateTime Start = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string folder = Directory.CreateTempSubdirectory("lstmdsl-").FullName;

    private string File => Path.Combine(folder, "series.parquet");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Columns_of_every_type_are_read_through_several_groups_of_rows()
    {
        await Write();
        var series = ParquetSeries.Read(File, "at", [new("demand", "MW"), "price", "count", "big", "exact", "open", "weather"], missing: Missing.Hole, categories: ["weather"]);
        Assert.Equal("""
            series.parquet: 6 rows, step 1 hour, 2020-01-01 00:00Z to 2020-01-01 05:00Z
              demand: 0.5 to 5.5, mean 2.9 MW
              price: 0.25 to 5.25, mean 2.75
              count: 0 to 5, mean 2.5
              big: 0 to 5E+12, mean 2.5E+12
              exact: 0.1 to 5.1, mean 2.6
              open: 0 to 1, mean 0.5
              weather: 0 sun, 1 rain
              2 holes
            """, series.ToString(), ignoreLineEndingDifferences: true);
        Assert.Equal([0.5, 1.5, 2.5, double.NaN, 4.5, 5.5], series.Column("demand"));
        Assert.Equal([0.1, 1.1, 2.1, 3.1, 4.1, 5.1], series.Column("exact"));
        Assert.Equal([0, double.NaN, 0, 1, 0, 1], series.Column("weather"));
        Assert.Equal([1, 1, 1], series.Resample(TimeStep.Hours(2), coverage: 0.5).Column("open"));
        Assert.Equal(series.ToString(), (await ParquetSeries.ReadAsync(File, "at", [new("demand", "MW"), "price", "count", "big", "exact", "open", "weather"], missing: Missing.Hole, categories: ["weather"])).ToString());
    }

    [Fact]
    public async Task Times_are_timestamps_in_UTC_or_of_no_zone_dates_texts_or_counted()
    {
        await Write();
        TimeSeries By(string time, TimeFormats? format = null, string? zone = null) => ParquetSeries.Read(File, time, ["count"], format, zone: zone);
        Assert.Equal(("UTC", "1 hour"), (By("at").Zone, By("at").Step));
        Assert.Equal("Europe/Berlin", By("at", zone: "Europe/Berlin").Zone);
        Assert.Equal((null, "1 hour", Start), (By("shown").Zone, By("shown").Step, DateTime.SpecifyKind(By("shown").Start!.Value.DateTime, DateTimeKind.Utc)));
        Assert.Equal("1 day", By("day").Step);
        Assert.Equal(("1 hour", Start), (By("unix", TimeFormats.UnixSeconds).Step, By("unix", TimeFormats.UnixSeconds).Start!.Value.UtcDateTime));
        Assert.Equal("1 month", By("text").Step);
    }

    [Fact]
    public async Task What_is_wrong_is_named_with_file_row_and_column()
    {
        await Write();
        string Refused(Action action) => Assert.ThrowsAny<Exception>(action).Message;
        Assert.Contains("series.parquet: there is no column 'power'; the columns are 'at', 'shown', 'day'", Refused(() => ParquetSeries.Read(File, "at", ["power"])), StringComparison.Ordinal);
        Assert.Contains("series.parquet, row 4, column 'demand': the value is missing. Choose Missing.Hole", Refused(() => ParquetSeries.Read(File, "at", ["demand"])), StringComparison.Ordinal);
        Assert.Contains("row 1, column 'weather': the value is the text 'sun'", Refused(() => ParquetSeries.Read(File, "at", ["weather"])), StringComparison.Ordinal);
        Assert.Contains("'raw' is of bytes; expected numbers", Refused(() => ParquetSeries.Read(File, "at", ["raw"])), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ParquetSeries.Read(Path.Combine(folder, "none.parquet"), "at", ["demand"]));
    }

    [Fact]
    public async Task A_file_that_is_damaged_is_refused_or_read_and_nothing_else_happens()
    {
        await Write();
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        var random = new Random(7);
        var refused = 0;
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = round % 4 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (var flips = random.Next(1, 4); flips > 0 && bytes.Length > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            await System.IO.File.WriteAllBytesAsync(File, bytes);
            try
            {
                ParquetSeries.Read(File, "at", ["demand", "count"], missing: Missing.Hole, gaps: Gaps.Close, duplicates: Duplicates.Last);
            }
            catch (Exception exception) when (exception is InvalidDataException or ArgumentException)
            {
                Assert.Contains("series.parquet", exception.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 500, 2_000);
    }

    private async Task Write()
    {
        DataField<double?> demand = new("demand");
        DataField<float> price = new("price");
        DataField<int> count = new("count");
        DataField<long?> big = new("big");
        DecimalDataField exact = new("exact", 9, 2);
        DataField<bool> open = new("open");
        DataField<string> weather = new("weather");
        DataField<byte[]> raw = new("raw");
        DateTimeDataField at = new("at", DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros);
        DateTimeDataField shown = new("shown", DateTimeFormat.Timestamp, isAdjustedToUTC: false, DateTimeTimeUnit.Micros);
        DataField<DateOnly> day = new("day");
        DataField<long> unix = new("unix");
        DataField<string> text = new("text");
        await using var file = System.IO.File.Create(File);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(at, shown, day, unix, text, demand, price, count, big, exact, open, weather, raw), file);
        for (var first = 0; first < 6; first += 3)
        {
            int[] rows = [first, first + 1, first + 2];
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<DateTime>(at, rows.Select(row => Start.AddHours(row)).ToArray().AsMemory());
            await group.WriteAsync<DateTime>(shown, rows.Select(row => DateTime.SpecifyKind(Start.AddHours(row), DateTimeKind.Unspecified)).ToArray().AsMemory());
            await group.WriteAsync<DateOnly>(day, rows.Select(row => new DateOnly(2020, 1, 1 + row)).ToArray().AsMemory());
            await group.WriteAsync<long>(unix, rows.Select(row => 1_577_836_800L + (3_600 * row)).ToArray().AsMemory());
            await group.WriteAsync(text, rows.Select(row => $"2020-0{1 + row}-01").ToArray());
            await group.WriteAsync<double>(demand, rows.Select(row => row == 3 ? (double?)null : row + 0.5).ToArray().AsMemory());
            await group.WriteAsync<float>(price, rows.Select(row => row + 0.25f).ToArray().AsMemory());
            await group.WriteAsync<int>(count, rows.ToArray().AsMemory());
            await group.WriteAsync<long>(big, rows.Select(row => (long?)(row * 1_000_000_000_000L)).ToArray().AsMemory());
            await group.WriteAsync<decimal>(exact, rows.Select(row => row + 0.1m).ToArray().AsMemory());
            await group.WriteAsync<bool>(open, rows.Select(row => row % 2 == 0).ToArray().AsMemory());
            await group.WriteAsync(weather, rows.Select(row => row == 1 ? null! : row % 2 == 0 ? "sun" : "rain").ToArray());
            await group.WriteAsync(raw, rows.Select(row => new[] { (byte)row }).ToArray());
        }
    }
}
