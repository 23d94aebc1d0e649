using LstmDsl.CompilerServices;

namespace LstmDsl.Tests.Forecasts;

[Forecast(8, 4, Seasons = [144])]
[Target("load", Scaling = Scaling.Seasonal)]
[Known("load", Lag = 288)]
[Known(DatePart.HourOfDay)]
[Lstm(3)]
[Future]
internal sealed partial class ClockModel;

/// <summary>How many rows a forecast needs where clocks change between its lags and its steps ahead.</summary>
public sealed class ForecastClockTests
{
    public static TheoryData<int, string> Changes() => new()
    {
        { 15, "2020-10-15" }, { 10, "2020-10-20" }, { 60, "2020-09-25" }, { 15, "2020-03-19" }, { 10, "2020-03-24" }, { 7, "2020-10-23" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_series_that_ends_at_any_row_is_forecast_as_a_backtest_does_across_a_change_of_clocks(int minutes, string start)
    {
        var series = Minutes(minutes, start, rows: 1500);
        Assert.NotEqual(series.Start!.Value.Offset, series.End!.Value.Offset);
        var model = Trained(series);
        int[] rows = [.. Enumerable.Range(0, 150).Select(index => 450 + (index * 7) - (index % 3)).Where(row => row < 1490)];
        var then = Forecaster.At(model, series, rows);
        for (var origin = 0; origin < rows.Length; origin++)
        {
            var live = DeclaredForecasts.Forecast(model, series.Slice(0, rows[origin] + 1), null);
            Assert.Equal(then[origin].Values.ToArray(), live.Values.ToArray());
            Assert.Equal(then[origin].Times, live.Times);
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void The_rows_that_are_required_are_enough_and_one_less_is_refused(int minutes, string start)
    {
        var series = Minutes(minutes, start, rows: 1500);
        var model = Trained(series);
        var lengths = new HashSet<int>();
        for (var last = 500; last < 1490; last += 11)
        {
            var need = DeclaredForecasts.Required(model, series.TimeAt(last)!.Value);
            var first = Enumerable.Range(0, last).First(row => series.TimeAt(row)!.Value.UtcTicks == need.FirstRow.UtcTicks);
            var enough = DeclaredForecasts.Forecast(model, series.Slice(first, last + 1 - first), null);
            Assert.Equal(Forecaster.At(model, series, [last])[0].Values.ToArray(), enough.Values.ToArray());
            var fault = Assert.Throws<ArgumentException>(() => DeclaredForecasts.Forecast(model, series.Slice(first + 1, last - first), null));
            Assert.StartsWith($"The forecast needs {last + 1 - first} rows, those that lags and seasons reach back to among them; ", fault.Message, StringComparison.Ordinal);
            lengths.Add(last + 1 - first);
        }

        // A lag of 288, and there the change from 144 rows before; an hour more where clocks went back in between, an hour less where they went
        // forward. Seven minutes divide no hour.
        var hour = minutes == 7 ? 0 : 60 / minutes;
        var isSpring = start.StartsWith("2020-03", StringComparison.Ordinal);
        Assert.Equal((isSpring ? 432 - hour : 432, isSpring ? 432 : 432 + hour), (lengths.Min(), lengths.Max()));
    }

    [Fact]
    public void A_known_column_that_changes_over_several_seasons_needs_no_value_of_the_lead()
    {
        // Three steps after a lead of two are more than a season of four.
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard, Scaling.Seasonal, lead: 2));
        var series = SmallForecast.Series(120);
        var model = new SmallForecast(seed: 1);
        new ForecastTrainer<SmallForecast>(model).Fit(
            DeclaredForecasts.Windows<SmallForecast>(series.Split(0.5, 0.25), 16, 1, true, null).Training, epochs: 1, verbose: 0);
        var live = DeclaredForecasts.Forecast(model, series.Slice(0, 100), series.Slice(102, 3));
        Assert.Equal(Forecaster.At(model, series, [99])[0].Values.ToArray(), live.Values.ToArray());
    }

    private static ClockModel Trained(TimeSeries series)
    {
        var model = new ClockModel(seed: 1);
        new ForecastTrainer<ClockModel>(model).Fit(ClockModel.Windows(series.Split(0.3, 0.1), sequenceStride: 8).Training, epochs: 1, verbose: 0);
        return model;
    }

    private static TimeSeries Minutes(int minutes, string start, int rows)
    {
        var values = new double[rows, 1];
        for (var row = 0; row < rows; row++)
            values[row, 0] = 50 + (10 * Math.Sin(row * 0.05)) + (row * 7 % 11);
        var first = DateTime.SpecifyKind(DateTime.Parse(start, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
        return TimeSeries.FromArrays(values, ["load"], first, TimeStep.Minutes(minutes), zone: "Europe/Berlin");
    }
}
