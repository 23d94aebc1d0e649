using LstmDsl.CompilerServices;

namespace LstmDsl.Tests.Forecasts;

/// <summary>A series, or rows that are known ahead, by other clocks, steps or units than those that the model learnt from.</summary>
public sealed class ForecastFitTests
{
    private const string Melbourne = "Australia/Melbourne";

    [Fact]
    public void A_series_without_a_zone_is_refused_by_a_model_that_learnt_with_one_wherever_it_is_given()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var (series, bare) = (SmallForecast.Series(120), SmallForecast.Series(120, zone: null));
        var trainer = Trained(series);
        var before = DeclaredForecasts.Forecast(trainer.Model, series.Slice(0, 100), series.Slice(100, 3)).Values.ToArray();
        const string expected = "The series has no time zone, the model was trained by the clocks of Australia/Melbourne: which hour of theirs a row is "
            + "is not known. Name the zone whose clocks showed its times where it is made: zone: \"Australia/Melbourne\", or another and then "
            + "InZone(\"Australia/Melbourne\"). (Parameter 'series')";
        Assert.Equal(expected, Refused(() => DeclaredForecasts.Forecast(trainer.Model, bare.Slice(0, 100), bare.Slice(100, 3))));
        Assert.Equal(expected, Refused(() => DeclaredForecasts.Forecast(trainer.Model, bare.Slice(0, 100), series.Slice(100, 3))));
        Assert.Equal(expected, Refused(() => trainer.Model.Backtest(bare, origins: 3)));
        Assert.Equal(expected, Refused(() => trainer.Model.AsForecaster().ForecastFrom(bare, [100])));
        Assert.Equal(expected, Refused(() => trainer.Refit(bare, epochs: 1, verbose: 0)));
        const string windows = "the time zone is Australia/Melbourne, the other's is not known";
        Assert.Contains(windows, Refused(() => trainer.Evaluate(Windows(bare).Test)), StringComparison.Ordinal);
        Assert.Contains(windows, Refused(() => trainer.Model.Calibrate(Windows(bare).Validation)), StringComparison.Ordinal);
        Assert.Contains("time zone", Refused(() => trainer.Fit(Windows(series).Training, Windows(bare).Validation, epochs: 1, verbose: 0)), StringComparison.Ordinal);
        Assert.Equal(before, DeclaredForecasts.Forecast(trainer.Model, series.Slice(0, 100), series.Slice(100, 3)).Values.ToArray());
    }

    [Fact]
    public void A_series_with_a_zone_is_refused_by_a_model_that_learnt_without_one()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var (series, bare) = (SmallForecast.Series(120), SmallForecast.Series(120, zone: null));
        var trainer = Trained(bare);
        Assert.Equal(3, DeclaredForecasts.Forecast(trainer.Model, bare.Slice(0, 100), bare.Slice(100, 3)).Steps);
        const string expected = "The series goes by the clocks of Australia/Melbourne, the model was trained on times of no zone: whether these were the "
            + "same clocks is not known. Make the series without a zone where they were, or train on one with zone: \"Australia/Melbourne\". "
            + "(Parameter 'series')";
        Assert.Equal(expected, Refused(() => DeclaredForecasts.Forecast(trainer.Model, series.Slice(0, 100), series.Slice(100, 3))));
        Assert.Equal(expected, Refused(() => trainer.Model.Backtest(series, origins: 3)));
        Assert.Equal(expected, Refused(() => trainer.Refit(series, epochs: 1, verbose: 0)));
        Assert.Contains("the time zone is not known", Refused(() => trainer.Evaluate(Windows(series).Test)), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_known_ahead_without_a_zone_are_refused_and_those_of_another_zone_are_the_same_instants()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var (series, bare) = (SmallForecast.Series(120), SmallForecast.Series(120, zone: null));
        var model = Trained(series).Model;
        var past = series.Slice(0, 100);
        Assert.Equal(
            "What is known of the steps ahead has no time zone, the series goes by the clocks of Australia/Melbourne: which hour of theirs a row is "
            + "is not known. Name the zone whose clocks showed its times where it is made: zone: \"Australia/Melbourne\", or another and then "
            + "InZone(\"Australia/Melbourne\"). (Parameter 'known')",
            Refused(() => DeclaredForecasts.Forecast(model, past, bare)));
        var expected = DeclaredForecasts.Forecast(model, past, series).Values.ToArray();
        Assert.Equal(expected, DeclaredForecasts.Forecast(model, past, series.InZone("UTC")).Values.ToArray());
        Assert.Equal(expected, DeclaredForecasts.Forecast(model, past, series.InZone("Asia/Tokyo")).Values.ToArray());
        var other = Trained(bare).Model;
        Assert.StartsWith("What is known of the steps ahead goes by the clocks of Australia/Melbourne, the series has no time zone",
            Refused(() => DeclaredForecasts.Forecast(other, bare.Slice(0, 100), series)), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_known_ahead_of_another_step_are_refused_with_both_steps()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var series = SmallForecast.Series(120);
        var model = Trained(series).Model;
        var halves = Warmth(series.TimeAt(90)!.Value.UtcDateTime, TimeStep.Minutes(30), 60);
        Assert.Equal(
            "What is known of the steps ahead has rows 30 minutes apart, the series 1 hour: a value of the one is none of the other. Bring it to the "
            + "series' step (Resample), or read rows of that step. (Parameter 'known')",
            Refused(() => DeclaredForecasts.Forecast(model, series.Slice(0, 100), halves)));
        Assert.Contains("has rows 2 hours apart, the series 1 hour", Refused(() => DeclaredForecasts.Forecast(
            model, series.Slice(0, 100), Warmth(series.TimeAt(90)!.Value.UtcDateTime, TimeStep.Hours(2), 20))), StringComparison.Ordinal);
        // More rows and more columns at the same step are none of another.
        Assert.Equal(
            DeclaredForecasts.Forecast(model, series.Slice(0, 100), series.Slice(100, 3)).Values.ToArray(),
            DeclaredForecasts.Forecast(model, series.Slice(0, 100), series).Values.ToArray());
        Assert.Equal(3, DeclaredForecasts.Forecast(model, series.Slice(0, 100), halves.Resample(TimeStep.Hours(1))).Steps);
    }

    [Fact]
    public void Days_serve_where_business_days_are_forecast()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var days = SmallForecast.Series(200);
        var start = new DateTime(2024, 1, 1);
        var business = TimeSeries.FromArrays(Values(days, 0, 120), days.Columns.ToArray(), start, TimeStep.BusinessDays(), zone: Melbourne);
        var model = Trained(business).Model;
        var (past, next) = (business.Slice(0, 100), business.Slice(100, 3));
        // The next three business days are a Monday and those behind it; the days begin on the Saturday before.
        Assert.Equal(DayOfWeek.Monday, next.Start!.Value.DayOfWeek);
        var ahead = new double[5, 1];
        for (var row = 0; row < 3; row++)
            ahead[row + 2, 0] = next[row, 1];
        var daily = TimeSeries.FromArrays(ahead, ["warmth"], next.Start.Value.DateTime.AddDays(-2), TimeStep.Days(1), zone: Melbourne);
        Assert.Equal(
            DeclaredForecasts.Forecast(model, past, next).Values.ToArray(), DeclaredForecasts.Forecast(model, past, daily).Values.ToArray());
    }

    [Fact]
    public void Rows_known_ahead_in_another_unit_than_the_model_learnt_from_are_refused()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var plain = SmallForecast.Series(120);
        TimeSeries In(string unit) => TimeSeries.FromArrays(
            Values(plain, 0, 120), [new("load", "MW"), new("warmth", unit)], plain.Start!.Value.UtcDateTime, TimeStep.Hours(1), zone: Melbourne);
        var model = Trained(In("°C")).Model;
        var past = In("°C").Slice(0, 100);
        Assert.Equal(
            "What is known of the steps ahead does not fit the model's pipeline: the unit is °C, the other's °F. Convert the values. (Parameter 'known')",
            Refused(() => DeclaredForecasts.Forecast(model, past, In("°F"))));
        // A unit that is not given keeps nothing.
        Assert.Equal(
            DeclaredForecasts.Forecast(model, past, In("°C")).Values.ToArray(), DeclaredForecasts.Forecast(model, past, plain).Values.ToArray());
    }

    [Fact]
    public void Rows_of_which_only_one_side_has_times_are_refused()
    {
        var values = new double[150, 3];
        for (var row = 0; row < 150; row++)
            (values[row, 0], values[row, 1], values[row, 2]) = (50 + (row % 24), row % 5, row % 7);
        string[] columns = ["load", "warmth", "wind"];
        var series = TimeSeries.FromArrays(values, columns, new DateTime(2024, 1, 1), TimeStep.Hours(1), zone: Melbourne);
        var untimed = TimeSeries.FromArrays(values, columns);
        var (past, ahead) = (series.Slice(0, 140), series.Slice(140, 3));
        Assert.StartsWith("What is known of the steps ahead has no times, the series has: which row belongs to which step is not known.",
            Refused(() => DeclaredForecasts.Forecast(Holes(series), past, untimed.Slice(140, 3))), StringComparison.Ordinal);
        Assert.StartsWith("What is known of the steps ahead has times, the series has none: which row belongs to which step is not known.",
            Refused(() => DeclaredForecasts.Forecast(Holes(untimed), untimed.Slice(0, 140), ahead)), StringComparison.Ordinal);
        Assert.Equal(
            DeclaredForecasts.Forecast(Holes(series), past, ahead).Values.ToArray(),
            DeclaredForecasts.Forecast(Holes(untimed), untimed.Slice(0, 140), untimed.Slice(140, 3)).Values.ToArray());
    }

    private static HoleModel Holes(TimeSeries series)
    {
        var model = new HoleModel(seed: 1);
        new ForecastTrainer<HoleModel>(model).Fit(HoleModel.Windows(series.Split(0.8, 0.1)).Training, epochs: 1, verbose: 0);
        return model;
    }

    private static string Refused(Action run) => Assert.Throws<ArgumentException>(run).Message;

    private static double[,] Values(TimeSeries series, int first, int rows)
    {
        var values = new double[rows, 2];
        for (var row = 0; row < rows; row++)
            (values[row, 0], values[row, 1]) = (series[first + row, 0], series[first + row, 1]);
        return values;
    }

    private static TimeSeries Warmth(DateTime start, TimeStep step, int rows)
    {
        var values = new double[rows, 1];
        for (var row = 0; row < rows; row++)
            values[row, 0] = 20 + (row % 5);
        return TimeSeries.FromArrays(values, ["warmth"], start, step, zone: Melbourne);
    }

    private static ForecastWindows<SmallForecast> Windows(TimeSeries series) =>
        DeclaredForecasts.Windows<SmallForecast>(series.Split(0.5, 0.25), batchSize: 16, sequenceStride: 1, shuffle: true, seed: null);

    private static ForecastTrainer<SmallForecast> Trained(TimeSeries series)
    {
        var trainer = new ForecastTrainer<SmallForecast>(new(seed: 1));
        trainer.Fit(Windows(series).Training, epochs: 1, verbose: 0);
        return trainer;
    }
}
