using Microsoft.Data.Sqlite;

namespace LstmDsl.Tests;

/// <summary>Series from the rows of a query, in a real database.</summary>
public sealed class DatabaseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteConnection connection;

    public DatabaseTests()
    {
        connection = new($"Data Source={folder.File("meter.db")};Pooling=False");
        connection.Open();
        Run("""
            CREATE TABLE readings (at TEXT, unix INTEGER, demand REAL, count INTEGER, weather TEXT, station TEXT);
            INSERT INTO readings VALUES
                ('2020-03-28 23:00:00', 1585436400, 1.5, 10, 'sun', 'a'), ('2020-03-29 00:00:00', 1585440000, 2.5, NULL, 'rain', 'a'),
                ('2020-03-29 01:00:00', 1585443600, NULL, 30, 'sun', 'a'), ('2020-03-29 02:00:00', 1585447200, 4.5, 40, NULL, 'a'),
                ('2020-03-28 23:00:00', 1585436400, 9, 9, 'sun', 'b');
            """);
    }

    public void Dispose()
    {
        connection.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Rows_of_a_query_are_a_series_and_NULL_is_missing()
    {
        using var rows = Query("SELECT * FROM readings WHERE station = 'a' ORDER BY at");
        var series = TimeSeries.From(rows, "at", [new("demand", "MW"), "count", "weather"], timeFormat: "yyyy-MM-dd HH:mm:ss", missing: Missing.Hole, categories: ["weather"]);
        Assert.Equal("""
            query: 4 rows, step 1 hour, 2020-03-28 23:00 to 2020-03-29 02:00
              demand: 1.5 to 4.5, mean 2.8333 MW
              count: 10 to 40, mean 26.667
              weather: 0 sun, 1 rain
              3 holes
            """, series.ToString(), ignoreLineEndingDifferences: true);
        Assert.Equal([1.5, 2.5, double.NaN, 4.5], series.Column("demand"));
        Assert.Equal([0, 1, 0, double.NaN], series.Column("weather"));
    }

    [Fact]
    public async Task Times_are_counted_from_1970_and_rows_come_one_after_the_other()
    {
        await using var rows = Query("SELECT unix, coalesce(demand, 3.5) AS demand FROM readings WHERE station = 'a' ORDER BY unix");
        var series = await TimeSeries.FromAsync(rows, "unix", ["demand"], TimeFormats.UnixSeconds, zone: "Europe/Berlin");
        Assert.Equal([1.5, 2.5, 3.5, 4.5], series.Column("demand"));
        Assert.Equal("2020-03-29 00:00:00 +01:00|2020-03-29 04:00:00 +02:00",
            FormattableString.Invariant($"{series.Start:yyyy-MM-dd HH:mm:ss zzz}|{series.End:yyyy-MM-dd HH:mm:ss zzz}"));
    }

    [Theory]
    [InlineData("SELECT * FROM readings WHERE station = 'a'", "row 2, column 'count': the value is missing (and 1 more missing value after it). Choose Missing.Hole")]
    [InlineData("SELECT at, 1 AS demand, weather AS count FROM readings", "row 1, column 'count': the value is the text 'sun'; expected a number. Where the column holds words, write categories: [\"count\"]")]
    [InlineData("SELECT at, 1 AS demand, x'00' AS count FROM readings", "row 1, column 'count': the value is of the type Byte[]; expected a number")]
    [InlineData("SELECT at, 9e999 AS demand, 1 AS count FROM readings", "row 1, column 'demand': the value is infinite")]
    [InlineData("SELECT unix AS at, 1 AS demand, 1 AS count FROM readings", "row 1, column 'at': the time is the number 1585436400; where it is counted from 1970, write timeFormat: TimeFormats.UnixSeconds")]
    [InlineData("SELECT NULL AS at, 1 AS demand, 1 AS count", "row 1, column 'at': the time is missing")]
    [InlineData("SELECT 'now' AS at, 1 AS demand, 1 AS count", "row 1, column 'at': 'now' is no time in the form expected")]
    [InlineData("SELECT at, 1 AS demand, 1 AS count FROM readings", "row 5, column 'at': the time 2020-03-28 23:00 is that of row 1 too")]
    public void What_is_wrong_has_its_row_and_column(string sql, string message)
    {
        using var rows = Query(sql);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => TimeSeries.From(rows, "at", ["demand", "count"], missing: Missing.Error)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_not_there_is_named_with_those_that_are()
    {
        using var rows = Query("SELECT at, demand, demand FROM readings");
        Assert.Contains("no column 'power'; the columns are 'at', 'demand', 'demand'", Assert.Throws<ArgumentException>(() => TimeSeries.From(rows, "at", ["power"])).Message, StringComparison.Ordinal);
        Assert.Contains("has the column 'demand' twice", Assert.Throws<ArgumentException>(() => TimeSeries.From(rows, "at", ["demand"])).Message, StringComparison.Ordinal);
        Assert.Contains("'at' is named twice", Assert.Throws<ArgumentException>(() => TimeSeries.From(rows, "at", ["at"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_that_come_one_after_the_other_are_a_series()
    {
        async IAsyncEnumerable<(int Day, double Value)> Items()
        {
            for (var day = 1; day <= 3; day++)
            {
                await Task.Yield();
                yield return (day, day * 1.5);
            }
        }

        var series = await TimeSeries.FromAsync(Items(), item => new DateOnly(2020, 1, item.Day), item => item.Value, "v", unit: "mm");
        Assert.Equal("series: 3 rows", series.ToString().Replace("items", "series", StringComparison.Ordinal)[..14]);
        Assert.Equal([1.5, 3, 4.5], series.Column("v"));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TimeSeries.FromAsync(Waiting(cancelled.Token), item => item, _ => 1, cancellation: cancelled.Token));
    }

    private static async IAsyncEnumerable<DateTime> Waiting([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        yield return default;
    }

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteDataReader Query(string sql)
    {
        // A command that is disposed closes its reader.
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteReader();
    }
}
