namespace LstmDsl.Tests;

/// <summary>What a person looks at before training: the table of a series' columns, and how they repeat.</summary>
public sealed class LookingTests
{
    private static readonly string Seattle = Path.Combine(AppContext.BaseDirectory, "data", "seattle-weather.csv");

    [Fact]
    public void The_table_shows_each_column_in_its_own_numbers()
    {
        double[,] values = { { 1, 10 }, { 2, double.NaN }, { 3, double.NaN }, { 4, 40 }, { double.NaN, 50 } };
        var series = TimeSeries.FromArrays(values, ["a", "b"], new DateTime(2020, 1, 1), TimeSpan.FromDays(1), Missing.Hole, "kW");
        var table = series.Describe();
        Assert.Equal("""
            series: 5 rows, step 1 day, 2020-01-01 to 2020-01-05
                      count  missing    mean     std  min  25 %  50 %  75 %  max  first  last
              a (kW)      4        1     2.5   1.118    1  1.75   2.5  3.25    4      1     4
              b (kW)      3        2  33.333  16.997   10    25    40    45   50     10    50
              a: the largest gap is 1 row, at 2020-01-05
              b: the largest gap is 2 rows, from 2020-01-02 to 2020-01-03
            """, table.ToString(), ignoreLineEndingDifferences: true);
        Assert.Equal(1..3, table["b"].LargestGap);
        Assert.Equal((3, 2), (table["b"].Count, table["b"].Missing));
        Assert.Contains("'c'", Assert.Throws<ArgumentException>(() => table["c"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_are_those_that_Python_computes()
    {
        // The real series' 1,461 days, their sums exact (Python's math.fsum), quartiles as numpy.quantile.
        var column = TimeSeries.ReadCsv(Seattle, time: "date", values: ["temp_max"]).Describe().Columns[0];
        Assert.Equal(16.43908281998631, column.Mean, 1e-12);
        Assert.Equal(7.347242349178532, column.StandardDeviation, 1e-12);
        Assert.Equal((-1.6, 10.6, 15.6, 22.2, 35.6), (column.Minimum, column.LowerQuartile, column.Median, column.UpperQuartile, column.Maximum));
        Assert.Equal((12.8, 5.6), (column.First, column.Last));
        Assert.Equal(0..0, column.LargestGap);
    }

    [Fact]
    public void Categories_are_listed_and_a_column_without_values_has_none()
    {
        using var file = new TemporaryFile("day,kind,flow\n2020-01-01,rain,\n2020-01-02,sun,\n2020-01-03,rain,\n");
        var table = TimeSeries.ReadCsv(file.Path, time: "day", values: ["kind", "flow"], categories: ["kind"], missing: Missing.Hole).Describe();
        Assert.Contains("kind numbers 'rain', 'sun'", table.ToString(), StringComparison.Ordinal);
        Assert.True(double.IsNaN(table["flow"].Mean) && double.IsNaN(table["flow"].Median));
        Assert.Equal(0..3, table["flow"].LargestGap);
        Assert.Contains("  -", table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Autocorrelation_is_that_of_Box_and_Jenkins()
    {
        double[] values = [3, 1, 4, 1, 5, 9, 2, 6];
        double mean = values.Average(), squares = values.Sum(value => (value - mean) * (value - mean));
        var found = TimeSeries.FromArrays(values).Autocorrelation(maxLag: 3);
        for (int lag = 0; lag <= 3; lag++)
            Assert.Equal(Enumerable.Range(0, 8 - lag).Sum(t => (values[t] - mean) * (values[t + lag] - mean)) / squares, found.Values[lag], 1e-12);
        Assert.Equal(1.96 / Math.Sqrt(8), found.Bound);
    }

    [Fact]
    public void The_day_and_the_week_stand_out_and_their_multiples_do_not()
    {
        double[] load = [.. Enumerable.Range(0, 24 * 7 * 20).Select(hour => Math.Sin(hour * Math.Tau / 24) + (hour / 24 % 7 > 4 ? -1.5 : 0))];
        var repeats = TimeSeries.FromArrays(load, new DateTime(2020, 1, 6), TimeSpan.FromHours(1)).Autocorrelation();
        Assert.Equal([24, 168], repeats.StandsOut);
        Assert.Contains("\n  24 rows (1 day): 0.", repeats.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n  168 rows (7 days): 0.", repeats.ToString(), StringComparison.Ordinal);

        // Holes take away pairs, not seasons.
        for (int hour = 100; hour < load.Length; hour += 37) load[hour] = double.NaN;
        Assert.Equal([24, 168], TimeSeries.FromArrays(load, missing: Missing.Hole).Autocorrelation().StandsOut);
    }

    [Fact]
    public void Where_nothing_repeats_no_lag_stands_out()
    {
        var draws = new System.Random(5);
        double[] noise = [.. Enumerable.Range(0, 3_000).Select(_ => draws.NextDouble())];
        var repeats = TimeSeries.FromArrays(noise).Autocorrelation();
        Assert.DoesNotContain(repeats.StandsOut, lag => repeats.Values[lag] > 0.1);
        var trend = TimeSeries.FromArrays([.. Enumerable.Range(0, 300).Select(row => (double)row)]).Autocorrelation();
        Assert.Empty(trend.StandsOut);
        Assert.Contains("no lag up to 150 stands out", trend.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_repeat_is_refused()
    {
        Assert.Contains("all values are equal", Assert.Throws<InvalidDataException>(() => TimeSeries.FromArrays([2, 2, 2]).Autocorrelation()).Message, StringComparison.Ordinal);
        Assert.Contains("there is 1 value", Assert.Throws<InvalidDataException>(() => TimeSeries.FromArrays([2, double.NaN, double.NaN], missing: Missing.Hole).Autocorrelation()).Message, StringComparison.Ordinal);
        var two = TimeSeries.FromArrays(new double[4, 2], ["a", "b"]);
        Assert.Contains("name one of 'a', 'b'", Assert.Throws<ArgumentException>(() => two.Autocorrelation()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => two.Autocorrelation("a", maxLag: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => two.Autocorrelation("a", maxLag: 0));
    }
}
