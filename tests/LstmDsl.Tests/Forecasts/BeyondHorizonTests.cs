using LstmDsl.CompilerServices;

namespace LstmDsl.Tests.Forecasts;

[Forecast(12, 4, Seasons = [8])]
[Target("load", Unit = "MW")]
[Known("warmth")]
[Known(DatePart.HourOfDay)]
[Known("load", Lag = 8)]
[Known("warmth", Lag = 6)]
[Quantiles(0.1, 0.5, 0.9)]
[Mean]
[Lstm(4)]
[RepeatVector(4)]
[Future]
[Dense(4, Activation = Activation.Relu)]
internal sealed partial class OnwardModel;

[Forecast(4, 2)]
[Target("load")]
[Past("warmth")]
[Quantiles(0.5)]
[Lstm(2)]
internal sealed partial class PastModel;

/// <summary>Forecasts of fewer and of more steps than the horizon.</summary>
public sealed class BeyondHorizonTests
{
    private const int Known = 100;

    public static TheoryData<Scaling, Scaling, int> Cases()
    {
        var data = new TheoryData<Scaling, Scaling, int>();
        foreach (var scaling in ForecastFrameTests.Scalings())
        {
            data.Add(scaling, Scaling.Standard, 0);
            data.Add(scaling, scaling, 2);
        }

        data.Add(Scaling.Standard, Scaling.Standard, 5);
        data.Add(Scaling.Seasonal, Scaling.Seasonal, 7);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_horizon_is_the_forecast_of_a_series_that_holds_the_medians_before(Scaling target, Scaling known, int lead)
    {
        SmallForecast.Choose(SmallForecast.Plan(target, known, lead));
        var series = SmallForecast.Series(140);
        var model = Trained(series);
        const int Steps = 8;
        var forecast = DeclaredForecasts.Forecast(model, series.Slice(0, Known), series.Slice(Known, lead + 9), Steps);

        // The same by single horizons over a series in which medians stand for what is not known, those of the lead by origins before it.
        var rows = new double[140, 2];
        for (var row = 0; row < 140; row++)
            (rows[row, 0], rows[row, 1]) = (row < Known ? series[row, 0] : double.NaN, series[row, 1]);
        for (var begin = 0; begin < lead; begin += 3)
            Put(Single(Known - lead + begin), Known + begin, Math.Min(3, lead - begin));
        for (var begin = 0; begin < Steps; begin += 3)
        {
            var table = Single(Known + begin);
            Put(table, Known + lead + begin, 3);
            for (var step = 0; step < 3 && begin + step < Steps; step++)
            {
                Assert.Equal(table.Point(step), forecast.Point(begin + step));
                Assert.Equal(table.Times[step], forecast.Times[begin + step]);
            }
        }

        Assert.Equal((Steps, 3, series.TimeAt(Known - 1)), (forecast.Steps, forecast.Horizon, forecast.Origin));
        Assert.Equal(Steps, Enumerable.Range(0, Steps).Select(step => forecast.Point(step)).Distinct().Count());

        ForecastTable Single(int count)
        {
            var first = series.TimeAt(0)!.Value.UtcDateTime;
            var all = TimeSeries.FromArrays(
                rows, [new("load", "MW"), "warmth"], first, TimeStep.Hours(1), Missing.Hole, zone: "Australia/Melbourne");
            return DeclaredForecasts.Forecast(model, all.Slice(0, count), series.Slice(count, lead + 3));
        }

        void Put(ForecastTable table, int first, int count)
        {
            for (var step = 0; step < count; step++)
                rows[first + step, 0] = table.Point(step);
        }
    }

    [Fact]
    public void Lags_read_what_was_forecast_and_no_number_depends_on_how_many_are_asked_for()
    {
        var series = SmallForecast.Series(160);
        var model = Onward(series);
        var known = series.Slice(Known, 16);
        var longest = model.Forecast(series.Slice(0, Known), known, steps: 16).Table;
        var rows = new double[116, 2];
        for (var row = 0; row < 116; row++)
            (rows[row, 0], rows[row, 1]) = (row < Known ? series[row, 0] : longest.Point(row - Known), series[row, 1]);
        var put = TimeSeries.FromArrays(
            rows, [new("load", "MW"), "warmth"], series.Start!.Value.UtcDateTime, TimeStep.Hours(1), zone: "Australia/Melbourne");
        for (var begin = 0; begin < 16; begin += 4)
        {
            var single = model.Forecast(put.Slice(0, Known + begin), series.Slice(Known + begin, 4)).Table;
            for (var step = 0; step < 4; step++)
                Assert.Equal(single.Point(step), longest.Point(begin + step));
        }

        for (var steps = 1; steps < 16; steps++)
        {
            var fewer = model.Forecast(series.Slice(0, Known), known, steps).Table;
            Assert.Equal(steps, fewer.Steps);
            Assert.Equal(longest.Values[..(4 * steps)].ToArray(), fewer.Values.ToArray());
            Assert.Equal(longest.Times.Take(steps), fewer.Times);
        }

        Assert.Equal(model.Forecast(series.Slice(0, Known), known).Table.Values.ToArray(), longest.Values[..16].ToArray());
    }

    [Fact]
    public void Beyond_the_horizon_there_are_medians_and_what_is_not_there_is_refused_by_name()
    {
        var series = SmallForecast.Series(160);
        var model = Onward(series);
        var forecast = model.Forecast(series.Slice(0, Known), series.Slice(Known, 8), steps: 6);
        Assert.Equal(6, forecast.Count);
        Assert.True(forecast[3].Load.P10 <= forecast[3].Load);
        Assert.True(double.IsFinite(forecast[5].Load));
        Assert.Equal((double)forecast[5].Load, forecast[5].Load.P50);
        Assert.Equal(
            "Step 5 lies beyond the horizon, 4, where the forecast goes on from its own medians and has no quantile 0.1. Sampled paths have: "
            + "model.SamplePaths(errors, series, known, steps).",
            Assert.Throws<InvalidOperationException>(() => forecast[4].Load.P10).Message);
        Assert.Contains("has no quantile 0.9", Assert.Throws<InvalidOperationException>(() => forecast.Table.At(0.9, 4)).Message, StringComparison.Ordinal);
        Assert.Contains("has no mean", Assert.Throws<InvalidOperationException>(() => forecast[4].Load.Mean).Message, StringComparison.Ordinal);
        string[] lines = forecast.ToString().Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.Contains(" … ", lines[3], StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 6), step => Assert.Contains(
            "load " + ((double)forecast[step].Load).ToString("G7", System.Globalization.CultureInfo.InvariantCulture), lines[step], StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotMatch(@"\.\d{8}", line));
        Assert.DoesNotContain("…", lines[4], StringComparison.Ordinal);
        Assert.Contains("load ", lines[5], StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Forecast(series.Slice(0, Known), series.Slice(Known, 8), steps: 0));
    }

    [Fact]
    public void What_is_known_ahead_may_be_rows_without_the_targets_values()
    {
        var series = SmallForecast.Series(160);
        var (model, past, ahead) = (Onward(series), series.Slice(0, Known), series.Slice(Known, 8));
        var rows = TimeSeries.From(
            Enumerable.Range(0, 8), row => ahead.TimeAt(row)!.Value,
            [(new("load", "MW"), _ => double.NaN), ("warmth", row => ahead.Column("warmth")[row])], missing: Missing.Hole, zone: ahead.Zone);
        Assert.Equal(model.Forecast(past, ahead).Table.Values.ToArray(), model.Forecast(past, rows).Table.Values.ToArray());
    }

    [Fact]
    public void What_is_known_until_now_only_is_refused_by_its_name()
    {
        var series = SmallForecast.Series(60);
        var model = new PastModel(seed: 1);
        new PastModel.Trainer(model).Fit(PastModel.Windows(series.Split(0.5, 0.25)).Training, epochs: 1, verbose: 0);
        Assert.Equal(2, model.Forecast(series, steps: 2).Count);
        const string Expected = "Asked for 3 steps; those beyond the horizon, 2, are forecast from rows that were forecast, and 'warmth' is known until now "
            + "only ([Past]). Ask for at most 2 steps, declare a longer horizon, or declare the column as [Known] and say what it will be. (Parameter 'steps')";
        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => model.Forecast(series, steps: 3)).Message);
        Assert.Equal(Expected, Assert.Throws<ArgumentException>(() => model.Required(series.End!.Value, steps: 3)).Message);

        // So is what it was some steps before.
        var plan = new ForecastPlan
        {
            Window = 4,
            Horizon = 2,
            Columns = [new("load", ForecastRole.Target), new("wind", ForecastRole.Known) { Lag = 2 }, new("warmth", ForecastRole.Past)],
            JoinsFuture = true,
        };
        Assert.Contains("'warmth', 'wind' are known until now only", Assert.Throws<ArgumentException>(() => new ForecastReach(plan, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Known_columns_have_to_reach_as_far_as_the_last_horizon_and_are_named_where_they_lack()
    {
        var series = SmallForecast.Series(160);
        var model = Onward(series);
        var past = series.Slice(0, Known);
        Assert.Equal(
            $"The forecast needs 'warmth' from {When(100)} to {When(107)}; what is known lacks 2 values of it, the first at {When(106)}, the last at {When(107)}. "
            + "6 steps take 2 whole horizons of 4. (Parameter 'known')",
            Assert.Throws<ArgumentException>(() => model.Forecast(past, series.Slice(Known, 6), steps: 6)).Message);
        Assert.Equal(
            $"The forecast needs 'warmth' from {When(100)} to {When(103)}; what is known lacks 3 values of it, the first at {When(101)}, the last at {When(103)}. "
            + "1 step takes the whole horizon of 4. (Parameter 'known')",
            Assert.Throws<ArgumentException>(() => model.Forecast(past, series.Slice(Known, 1), steps: 1)).Message);
        Assert.Contains($"from {When(100)} to {When(111)}, which the series cannot know",
            Assert.Throws<ArgumentException>(() => model.Forecast(past, steps: 9)).Message, StringComparison.Ordinal);

        var need = model.Required(series.TimeAt(Known - 1)!.Value, steps: 6);
        Assert.Equal((series.TimeAt(100), series.TimeAt(105), series.TimeAt(100), series.TimeAt(107)), (need.FirstStep, need.LastStep, need.FirstKnown, need.LastKnown));
        Assert.Equal(need.FirstRow, model.Required(series.TimeAt(Known - 1)!.Value).FirstRow);
        Assert.EndsWith($"known from {When(100)} to {When(107)}: 'warmth'", need.ToString(), StringComparison.Ordinal);

        // With a lead rows before the first step are in windows, too, and as many more rows are read.
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard, lead: 2));
        var later = Trained(series);
        var (plain, beyond) = (DeclaredForecasts.Required(later, series.TimeAt(Known - 1)!.Value), DeclaredForecasts.Required(later, series.TimeAt(Known - 1)!.Value, 4));
        Assert.Equal((series.TimeAt(94), series.TimeAt(102)), (plain.FirstRow, plain.FirstKnown));
        Assert.Equal((series.TimeAt(92), series.TimeAt(100), series.TimeAt(107)), (beyond.FirstRow, beyond.FirstKnown, beyond.LastKnown));
        DeclaredForecasts.Forecast(later, series.Slice(92, 8), series.Slice(Known, 8), 4);
        Assert.Contains("beyond the horizon with a lead of 2, needs 8; series has 7", Assert.Throws<ArgumentException>(
            () => DeclaredForecasts.Forecast(later, series.Slice(93, 7), series.Slice(Known, 8), 4)).Message, StringComparison.Ordinal);

        string When(int row) => TimeSeriesText.Time(series, row);
    }

    [Fact]
    public void No_row_behind_the_last_known_one_changes_a_step_beyond_the_horizon()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.WindowMean, Scaling.Difference, lead: 2));
        var (series, changed) = (SmallForecast.Series(140), SmallForecast.Series(140, changedFrom: Known));
        var model = Trained(series);
        var known = series.Slice(Known, 20);
        Assert.Equal(
            Medians(DeclaredForecasts.Forecast(model, series.Slice(0, Known), known, 9)),
            Medians(DeclaredForecasts.Forecast(model, changed.Slice(0, Known), known, 9)));
    }

    [Fact]
    public void What_follows_rows_of_no_step_is_refused_since_nobody_can_say_when_it_is()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var even = SmallForecast.Series(60);
        long[] ticks = [.. Enumerable.Range(0, 60).Select(row => new DateTime(2020, 1, 1).AddHours(row + (row % 3 * 0.1)).Ticks)];
        var uneven = new TimeSeries(even.DescribedColumns, even.Values.ToArray(), TimeAxis.OfRows(ticks, step: null, zone: null));
        var model = Trained(uneven);
        foreach (int? steps in new int?[] { null, 5 })
        {
            Assert.Contains("has times that follow each other by no step", Assert.Throws<ArgumentException>(
                () => DeclaredForecasts.Forecast(model, uneven.Slice(0, 50), uneven.Slice(50, 6), steps)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Baselines_go_as_far_as_is_asked_for()
    {
        var series = FakeForecaster.Hourly([1, 3, 2, 4, 8]);
        var plan = FakeForecaster.Plan(5, 2, seasons: [3]);
        Assert.Equal([8, 8, 8, 8, 8], Medians(Baseline.Naive.Forecast(plan, series, steps: 5)));
        Assert.Equal([2, 4, 8, 2, 4, 8, 2], Medians(Baseline.SeasonalNaive().Forecast(plan, series, steps: 7)));
        Assert.Equal([8 + 1.75, 8 + 3.5, 8 + 5.25], Medians(Baseline.Drift().Forecast(plan, series, steps: 3)));
        Assert.Equal([3.6, 3.6, 3.6], Medians(Baseline.WindowMean().Forecast(plan, series, steps: 3)));
        Assert.Equal([8], Medians(Baseline.Naive.Forecast(plan, series, steps: 1)));
        var usual = Baseline.SeasonalNaive().Forecast(plan, series);
        Assert.Equal([2, 4], Medians(usual));
        Assert.Equal([series.TimeAt(5), series.TimeAt(6)], usual.Times);
        Assert.Equal([4, 8, 2], Medians(Baseline.SeasonalNaive().Forecast(FakeForecaster.Plan(5, 2, lead: 1, seasons: [3]), series, steps: 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Baseline.Naive.Forecast(plan, series, steps: 0));
    }

    [Fact]
    public void Fewer_steps_than_the_horizon_are_calibrated_and_sampled_as_its_first_ones()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var series = SmallForecast.Series(200);
        var model = Trained(series);
        var result = model.Backtest(series, origins: 20);
        var (calibration, errors) = (result.Calibrate(), result.ErrorPaths());
        var (whole, two, more) = (Ahead(null), Ahead(2), Ahead(4));
        Assert.Equal(calibration.Apply(whole).Values[..6].ToArray(), calibration.Apply(two).Values.ToArray());
        var (all, some) = (errors.Sample(whole, 30), errors.Sample(two, 30));
        Assert.Equal(all.Totals(..2), some.Totals());
        Assert.Contains("3 steps, lead 0, levels 0.1, 0.5, 0.9; the forecast is one of load, 4 steps",
            Assert.Throws<ArgumentException>(() => calibration.Apply(more)).Message, StringComparison.Ordinal);
        Assert.Contains("The forecast has 4 steps, the errors those of the horizon, 3. Beyond it paths go through the model",
            Assert.Throws<ArgumentException>(() => errors.Sample(more)).Message, StringComparison.Ordinal);

        ForecastTable Ahead(int? steps) => DeclaredForecasts.Forecast(model, series.Slice(0, 190), series.Slice(190, 6), steps);
    }

    internal static OnwardModel Onward(TimeSeries series)
    {
        var model = new OnwardModel(seed: 3);
        new OnwardModel.Trainer(model).Fit(OnwardModel.Windows(series.Split(0.5, 0.2)).Training, epochs: 2, verbose: 0);
        return model;
    }

    internal static SmallForecast Trained(TimeSeries series)
    {
        var model = new SmallForecast(seed: 1);
        var windows = DeclaredForecasts.Windows<SmallForecast>(series.Split(0.5, 0.2), 16, 1, true, null);
        new ForecastTrainer<SmallForecast>(model).Fit(windows.Training, epochs: 2, verbose: 0);
        return model;
    }

    internal static double[] Medians(ForecastTable table) => [.. Enumerable.Range(0, table.Steps).Select(step => table.Point(step))];
}
