namespace LstmDsl.Tests;

/// <summary>Series from arrays and items, slices and times.</summary>
public sealed class TimeSeriesTests
{
    private sealed record Reading(DateTime At, double Celsius, double Wind);

    private static readonly DateTime Start = new(2020, 1, 31);

    [Fact]
    public void Arrays_make_series_with_and_without_times()
    {
        double[] values = [1, 2, 3];
        var bare = TimeSeries.FromArrays(values);
        values[0] = 99;
        Assert.Equal([1, 2, 3], bare.Column("value"));
        Assert.Null(bare.Start);
        Assert.Null(bare.Step);
        Assert.Null(bare.TimeAt(1));
        Assert.Equal("series: 3 rows\n  value: 1 to 3, mean 2", bare.ToString());
        var dated = TimeSeries.FromArrays(new double[,] { { 1, 2 }, { 3, 4 } }, ["a", "b"], Start, TimeSpan.FromHours(6), unit: "m");
        Assert.Equal([2, 4], dated.Column("b"));
        Assert.Equal(("6 hours", Start.AddHours(6), Start.AddHours(12)), (dated.Step, dated.End?.DateTime, dated.TimeAt(2)?.DateTime));
        Assert.Equal("series: 2 rows, step 6 hours, 2020-01-31 00:00 to 2020-01-31 06:00\n  a: 1 to 3, mean 2 m\n  b: 2 to 4, mean 3 m",
            dated.ToString());
    }

    [Fact]
    public void Wrong_arrays_are_named()
    {
        static string Message(Func<TimeSeries> make) => Assert.ThrowsAny<ArgumentException>(make).Message;
        Assert.Contains("There are no values", Message(() => TimeSeries.FromArrays([])), StringComparison.Ordinal);
        Assert.Contains("row 1, column 'value': the value is NaN (and 1 more after it)", Message(() => TimeSeries.FromArrays([1, double.NaN, double.NaN])), StringComparison.Ordinal);
        Assert.Contains("row 1, column 'b': the value is infinite", Message(() => TimeSeries.FromArrays(new[,] { { 1, 2 }, { 1, double.NegativeInfinity } }, ["a", "b"])), StringComparison.Ordinal);
        Assert.Contains("the step is missing", Message(() => TimeSeries.FromArrays([1], Start)), StringComparison.Ordinal);
        Assert.Contains("the start is missing", Message(() => TimeSeries.FromArrays([1], step: TimeSpan.FromDays(1))), StringComparison.Ordinal);
        Assert.Contains("positive", Message(() => TimeSeries.FromArrays([1], Start, TimeSpan.Zero)), StringComparison.Ordinal);
        Assert.Contains("1 name for 2 columns", Message(() => TimeSeries.FromArrays(new double[2, 2], ["a"])), StringComparison.Ordinal);
        Assert.Contains("named twice", Message(() => TimeSeries.FromArrays(new double[2, 2], ["a", "a"])), StringComparison.Ordinal);
        Assert.Contains("at least one column", Message(() => TimeSeries.FromArrays(new double[2, 0], [])), StringComparison.Ordinal);
        Assert.Contains("leave the calendar", Message(() => TimeSeries.FromArrays([1, 2], DateTime.MaxValue, TimeSpan.FromDays(1))), StringComparison.Ordinal);
        Assert.Contains("none before it", Message(() => TimeSeries.FromArrays([double.NaN], missing: Missing.Forward)), StringComparison.Ordinal);
        Assert.Contains("no column 'x'; the columns are 'value'", Message(() => { TimeSeries.FromArrays([1]).Column("x"); return null!; }), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_are_nan_are_mended_as_chosen()
    {
        Assert.Equal([1, 1, 3], TimeSeries.FromArrays([1, double.NaN, 3], missing: Missing.Forward).Column("value"));
        var holes = TimeSeries.FromArrays([double.NaN, 2, double.NaN], missing: Missing.Hole);
        Assert.Equal([0, 2], holes.HoleRows);
        Assert.Equal("series: 3 rows\n  value: 2 to 2, mean 2\n  2 holes", holes.ToString());
        Assert.Contains("value: no values", TimeSeries.FromArrays([double.NaN], missing: Missing.Hole).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Items_make_series_with_selectors()
    {
        Reading[] readings = [new(Start, 1, 10), new(new(2020, 2, 29), 2, 20), new(new(2020, 3, 31), 3, 30)];
        var one = TimeSeries.From(readings, r => r.At, r => r.Celsius, name: "celsius", unit: "°C");
        Assert.Equal((3, "1 month", new DateTime(2020, 4, 30)), (one.Count, one.Step, one.TimeAt(3)?.DateTime));
        var two = TimeSeries.From(readings, r => r.At, [("wind", r => r.Wind), ("celsius", r => r.Celsius)]);
        Assert.Equal(["wind", "celsius"], two.Columns);
        Assert.Equal([10, 1, 20, 2, 30, 3], two.Values.ToArray());
    }

    [Fact]
    public void Wrong_items_are_named_by_their_index()
    {
        static string Message(params (int Day, double Value)[] items) => Assert.Throws<InvalidDataException>(
            () => TimeSeries.From(items, item => Start.AddDays(item.Day), item => item.Value, name: "v")).Message;
        Assert.Contains("item 1, 'v': the value is missing", Message((0, 1), (1, double.NaN)), StringComparison.Ordinal);
        Assert.Contains("item 1, 'v': the value is infinite", Message((0, 1), (1, double.PositiveInfinity)), StringComparison.Ordinal);
        Assert.Contains("item 1, time: the time 2020-01-31 is that of item 0 too", Message((0, 1), (0, 2), (1, 3)), StringComparison.Ordinal);
        Assert.Contains("item 3, time: between 2020-02-02 (item 2) and 2020-02-05 2 rows", Message((0, 1), (1, 2), (2, 3), (5, 4)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_slice_keeps_times_names_and_holes()
    {
        var whole = TimeSeries.FromArrays([1, 2, double.NaN, 4, 5], Start, TimeSpan.FromDays(1), Missing.Hole, "°C");
        var slice = whole[1..^1];
        Assert.Equal((3, "°C", "1 day"), (slice.Count, slice.Unit, slice.Step));
        Assert.Equal((Start.AddDays(1), Start.AddDays(3)), (slice.Start?.DateTime, slice.End?.DateTime));
        Assert.Equal([1], slice.HoleRows);
        Assert.Throws<ArgumentOutOfRangeException>(() => whole.Slice(2, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => whole.Slice(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => whole.Slice(0, 0));
    }

    [Fact]
    public void A_slice_of_month_ends_goes_on_at_month_ends()
    {
        var months = Enumerable.Range(0, 4).Select(i => new DateTime(2021, 1, 31).AddMonths(i));
        var slice = TimeSeries.From(months, time => time, time => time.Month)[1..];
        Assert.Equal(new DateTime(2021, 2, 28), slice.Start?.DateTime);
        Assert.Equal(new DateTime(2021, 5, 31), slice.TimeAt(3)?.DateTime);
    }

    [Fact]
    public void Rows_and_columns_that_are_not_there_are_errors()
    {
        var series = TimeSeries.FromArrays([1, 2]);
        Assert.Contains("There are 2 rows; expected 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => series[2, 0]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => series[0, 1]);
    }
}
