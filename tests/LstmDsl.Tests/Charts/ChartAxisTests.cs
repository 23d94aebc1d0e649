using FsCheck;
using FsCheck.Fluent;

namespace LstmDsl.Tests;

public class ChartAxisTests
{
    [Theory]
    [InlineData(0.27, 1.01, 8, "0|0.2|0.4|0.6|0.8|1.0|1.2")]
    [InlineData(-1.6, 35.6, 10, "−5|0|5|10|15|20|25|30|35|40")]
    [InlineData(20, 20, 6, "18|19|20|21|22")]
    [InlineData(0, 0, 6, "−1.0|−0.5|0|0.5|1.0")]
    [InlineData(2e-6, 9e-6, 6, "0|2×10⁻⁶|4×10⁻⁶|6×10⁻⁶|8×10⁻⁶|1×10⁻⁵")]
    [InlineData(-3e4, 3e4, 8, "−30,000|−20,000|−10,000|0|10,000|20,000|30,000")]
    public void A_vertical_axis_has_round_ticks(double low, double high, int maxTicks, string expected) =>
        Assert.Equal(expected, Labels(NumberTicks.Rounded(low, high, maxTicks)));

    [Theory]
    [InlineData(1, 14, 17, "1|2|3|4|5|6|7|8|9|10|11|12|13|14")]
    [InlineData(1, 14, 8, "2|4|6|8|10|12|14")]
    [InlineData(1, 30, 8, "1|5|10|15|20|25|30")]
    [InlineData(1, 3, 10, "1|2|3")]
    [InlineData(1, 1, 10, "1")]
    [InlineData(0, 49, 11, "0|5|10|15|20|25|30|35|40|45")]
    public void Epochs_get_whole_numbers(double low, double high, int maxTicks, string expected) =>
        Assert.Equal(expected, Labels(NumberTicks.Padded(low, high, maxTicks, wholeNumbers: true)));

    [Theory]
    [InlineData(0, 29.9, 11, "0|5|10|15|20|25|30")]
    [InlineData(0.1, 1, 12, "0.1|0.2|0.3|0.4|0.5|0.6|0.7|0.8|0.9|1.0")]
    [InlineData(0.01, 0.99, 6, "0|0.2|0.4|0.6|0.8|1.0")]
    [InlineData(0, 29.3, 11, "0|5|10|15|20|25")]
    public void A_tick_in_the_room_at_either_end_is_shown(double low, double high, int maxTicks, string expected) =>
        Assert.Equal(expected, Labels(NumberTicks.Padded(low, high, maxTicks, wholeNumbers: false)));

    [Fact]
    public void Far_from_0_the_last_tick_is_there()
    {
        for (var tenths = 0; tenths < 2_000; tenths++)
        {
            var high = 1e9 + (tenths / 10.0);
            var axis = NumberTicks.Rounded(high - 10, high, 12);
            var step = axis.Ticks[1].Value - axis.Ticks[0].Value;
            Assert.InRange(axis.High - axis.Ticks[^1].Value, -0.01 * step, 0.01 * step);
            Assert.InRange(axis.Ticks[0].Value - axis.Low, -0.01 * step, 0.01 * step);
        }
    }

    [Theory]
    [InlineData(0.02, 3, 9, "0.02|0.05|0.1|0.2|0.5|1|2")]
    [InlineData(3e-6, 0.5, 9, "10⁻⁵|10⁻⁴|10⁻³|10⁻²|10⁻¹")]
    [InlineData(1e-15, 1e10, 9, "10⁻¹⁵|10⁻¹²|10⁻⁹|10⁻⁶|10⁻³|10⁰|10³|10⁶|10⁹")]
    [InlineData(0.031, 0.036, 8, "0.031|0.032|0.033|0.034|0.035|0.036")]
    public void A_logarithmic_axis_has_powers_and_simple_parts_of_them(double low, double high, int maxTicks, string expected) =>
        Assert.Equal(expected, Labels(LogarithmicTicks.Rounded(low, high, maxTicks)));

    [Theory]
    [InlineData("2012-01-01", "2015-12-31", 9, "Jan 2012|Jul|Jan 2013|Jul|Jan 2014|Jul|Jan 2015|Jul|Jan 2016")]
    [InlineData("2015-11-22", "2015-12-31", 10, "23 Nov 2015|30 Nov|7 Dec|14 Dec|21 Dec|28 Dec")]
    [InlineData("2015-12-27", "2016-01-02", 10, "27 Dec 2015|28 Dec|29 Dec|30 Dec|31 Dec|1 Jan 2016|2 Jan")]
    [InlineData("1950-06-01", "2020-01-01", 8, "1950|1960|1970|1980|1990|2000|2010|2020")]
    [InlineData("2015-12-31 03:00", "2016-01-01 12:00", 8, "06:00 31 Dec 2015|12:00|18:00|00:00 1 Jan 2016|06:00|12:00")]
    [InlineData("2016-01-01 00:00:00", "2016-01-01 00:01:00", 8, "00:00:00 1 Jan 2016|00:00:15|00:00:30|00:00:45|00:01:00")]
    public void Dates_get_whole_units_and_their_context_where_it_changes(string from, string to, int maxTicks, string expected) =>
        Assert.Equal(expected, Labels(DateTicks.Padded(Date(from), Date(to), maxTicks)));

    [Fact]
    public void All_of_time_has_ticks() =>
        Assert.NotEmpty(DateTicks.Padded(DateTicks.ToNumber(DateTime.MinValue), DateTicks.ToNumber(DateTime.MaxValue), 5).Ticks);

    [Fact]
    public void Any_range_has_ticks_in_order_within_the_axis()
    {
        var numbers = Gen.Choose(-1_000_000, 1_000_000);
        var ranges = from mantissa in numbers
                     from width in numbers
                     from power in Gen.Choose(-200, 200)
                     from most in Gen.Choose(3, 15)
                     select (Low: mantissa * Math.Pow(10, power), Width: Math.Abs(width) * Math.Pow(10, power), Most: most);
        Prop.ForAll(ranges.ToArbitrary(), range =>
        {
            var (low, width, most) = range;
            Check(NumberTicks.Rounded(low, low + width, most), low, low + width, most + 2);
            Check(NumberTicks.Padded(low, low + width, most, wholeNumbers: false), low, low + width, most + 1);
            if (low > 0) Check(LogarithmicTicks.Rounded(low, low + width, most), low, low + width, most + 2);
        }).Check(Config.QuickThrowOnFailure.WithReplay(1, 1).WithMaxTest(2000));
    }

    private static void Check(ChartAxis axis, double low, double high, int most)
    {
        Assert.InRange(axis.Ticks.Count, 1, most);
        Assert.InRange(axis.Fraction(low), -1e-9, 1 + 1e-9);
        Assert.InRange(axis.Fraction(high), -1e-9, 1 + 1e-9);
        Assert.All(axis.Ticks, tick => Assert.InRange(axis.Fraction(tick.Value), -1e-9, 1 + 1e-9));
        Assert.All(axis.Ticks.Zip(axis.Ticks.Skip(1)), pair => Assert.True(pair.First.Value < pair.Second.Value));
    }

    private static string Labels(ChartAxis axis) =>
        string.Join('|', axis.Ticks.Select(tick => tick.Context is { Length: > 0 } context ? $"{tick.Label} {context}" : tick.Label));

    private static double Date(string text) => DateTicks.ToNumber(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
}
