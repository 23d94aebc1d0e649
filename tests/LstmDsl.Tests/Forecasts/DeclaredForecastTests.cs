using LstmDsl.CompilerServices;

namespace LstmDsl.Tests.Forecasts;

/// <summary>From a series to windows, training, forecasts and files of a declared forecast.</summary>
public sealed class DeclaredForecastTests
{
    public static TheoryData<Scaling, Scaling> Scalings()
    {
        var data = new TheoryData<Scaling, Scaling>();
        foreach (var scaling in ForecastFrameTests.Scalings())
        {
            data.Add(scaling, Scaling.Standard);
            if (scaling != Scaling.Standard) data.Add(scaling, scaling);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void No_value_behind_a_border_changes_a_bit_before_it(Scaling target, Scaling known)
    {
        SmallForecast.Choose(SmallForecast.Plan(target, known));
        var whole = Windows(SmallForecast.Series(120));
        var (first, second) = (60, 90);
        var behindTraining = Windows(SmallForecast.Series(120, changedFrom: first));
        Assert.Equal(whole.Training.Pipeline, behindTraining.Training.Pipeline);
        Assert.Equal(Bits(whole.Training), Bits(behindTraining.Training));
        Assert.NotEqual(Bits(whole.Validation), Bits(behindTraining.Validation));
        var behindValidation = Windows(SmallForecast.Series(120, changedFrom: second));
        Assert.Equal(Bits(whole.Training), Bits(behindValidation.Training));
        Assert.Equal(Bits(whole.Validation), Bits(behindValidation.Validation));
        Assert.NotEqual(Bits(whole.Test), Bits(behindValidation.Test));
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void No_value_behind_the_last_known_row_changes_a_forecast_from_it(Scaling target, Scaling known)
    {
        SmallForecast.Choose(SmallForecast.Plan(target, known));
        var model = Trained(SmallForecast.Series(120), epochs: 1);
        var ahead = SmallForecast.Series(120).Slice(100, 3);
        var changed = SmallForecast.Series(120, changedFrom: 100);
        Assert.Equal(
            DeclaredForecasts.Forecast(model, SmallForecast.Series(120).Slice(0, 100), ahead).Values.ToArray(),
            DeclaredForecasts.Forecast(model, changed.Slice(0, 100), ahead).Values.ToArray());
    }

    [Fact]
    public void Every_step_lies_in_its_part_and_what_straddles_is_counted()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var windows = Windows(SmallForecast.Series(120));
        Assert.Equal([0, 2, 2], new[] { windows.Training.Straddling, windows.Validation.Straddling, windows.Test.Straddling });
        Assert.Equal(60 - 8, windows.Training.Count);
        Assert.Equal(60, windows.Validation.TargetRow(0, 0));
        Assert.Equal(89, windows.Validation.TargetRow(windows.Validation.Count - 1));
        Assert.Equal(90, windows.Test.TargetRow(0, 0));
        Assert.Equal(119, windows.Test.TargetRow(windows.Test.Count - 1));
    }

    [Fact]
    public void Windows_train_to_the_bits_of_the_same_samples_as_arrays()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.WindowLast));
        var windows = Windows(SmallForecast.Series(120));
        var (byWindows, byArrays) = (new SmallForecast(seed: 3), new SmallForecast(seed: 3));
        new ForecastTrainer<SmallForecast>(byWindows).Fit(windows.Training, epochs: 2, verbose: 0, seed: 5);
        float[,] x = new float[windows.Training.Count, 33];
        float[,,] y = new float[windows.Training.Count, 3, 1];
        for (var window = 0; window < windows.Training.Count; window++)
        {
            var sample = new float[33];
            windows.Training.Source.Copy(window, sample);
            for (var i = 0; i < 33; i++) x[window, i] = sample[i];
            for (var i = 0; i < 3; i++) y[window, i, 0] = windows.Training.Source.Targets![windows.Training.Source.TargetStarts[window] + i];
        }

        var history = new float[x.GetLength(0), 6, 4];
        var future = new float[x.GetLength(0), 3, 3];
        for (var window = 0; window < x.GetLength(0); window++)
        {
            for (var i = 0; i < 24; i++) history[window, i / 4, i % 4] = x[window, i];
            for (var i = 0; i < 9; i++) future[window, i / 3, i % 3] = x[window, 24 + i];
        }

        new ForecastTrainer<SmallForecast>(byArrays).Fit([history, future], y, batchSize: 16, epochs: 2, verbose: 0, seed: 5);
        Assert.Equal(ModelWeights.Of(byWindows), ModelWeights.Of(byArrays));
    }

    [Fact]
    public void A_forecast_is_that_of_the_same_rows_where_what_came_is_known()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Seasonal, Scaling.Seasonal));
        var series = SmallForecast.Series(120);
        var model = Trained(series, epochs: 2);
        var then = Forecaster.At(model, series, [99])[0];
        var live = DeclaredForecasts.Forecast(model, series.Slice(0, 100), series.Slice(100, 3));
        Assert.Equal(then.Values.ToArray(), live.Values.ToArray());
        Assert.Equal(series.TimeAt(99), live.Origin);
        Assert.Equal([series.TimeAt(100), series.TimeAt(101), series.TimeAt(102)], live.Times);
        for (var step = 0; step < 3; step++)
        {
            Assert.True(live.At(0.1, step) <= live.Point(step));
            Assert.True(live.Point(step) <= live.At(0.9, step));
        }

        Assert.Equal("MW", live[0].Unit);
    }

    [Fact]
    public void What_is_missing_is_named_with_its_column_and_times()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var series = SmallForecast.Series(120);
        var model = Trained(series, epochs: 1);
        var known = series.Slice(0, 100);
        Assert.Equal(
            "The forecast needs 'warmth' from 2014-04-09 21:00+10:00 to 2014-04-09 23:00+10:00, which the series cannot know; pass them: Forecast(series, known). (Parameter 'known')",
            Assert.Throws<ArgumentException>(() => DeclaredForecasts.Forecast(model, known, null)).Message);
        Assert.Equal(
            "The forecast needs 'warmth' from 2014-04-09 21:00+10:00 to 2014-04-09 23:00+10:00; what is known lacks 1 value of it, the first at 2014-04-09 23:00+10:00, the last at 2014-04-09 23:00+10:00. (Parameter 'known')",
            Assert.Throws<ArgumentException>(() => DeclaredForecasts.Forecast(model, known, series.Slice(100, 2))).Message);
        var need = DeclaredForecasts.Required(model, series.TimeAt(99)!.Value);
        Assert.Equal((series.TimeAt(94), series.TimeAt(99), series.TimeAt(100), series.TimeAt(102)), (need.FirstRow, need.LastRow, need.FirstStep, need.LastStep));
        Assert.Equal(["warmth"], need.KnownColumns);
        Assert.Equal(
            "SmallForecast was not trained on a series yet: train it on SmallForecast.Windows(series.Split(…)), or load one that was.",
            Assert.Throws<InvalidOperationException>(() => DeclaredForecasts.Forecast(new SmallForecast(seed: 1), series, null)).Message);
    }

    [Fact]
    public void A_file_carries_all_that_a_forecast_needs_and_another_declaration_is_refused()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.WindowMean, Scaling.Difference));
        var series = SmallForecast.Series(120);
        var model = Trained(series, epochs: 1);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".keras");
        try
        {
            model.Save(path);
            var loaded = SmallForecast.Load(path);
            Assert.Equal(model.Pipeline, loaded.Pipeline);
            Assert.Equal(series.TimeAt(59), loaded.Pipeline!.LearntUntil);
            Assert.Equal(Forecaster.At(model, series, [99])[0].Values.ToArray(), Forecaster.At(loaded, series, [99])[0].Values.ToArray());
            SmallForecast.Choose(SmallForecast.Plan(Scaling.WindowMean, Scaling.Standard));
            Assert.StartsWith(
                "The weights of this SmallForecast were trained for another declaration: the columns are Target 'load' (WindowMean), Known 'warmth' (Difference),",
                Assert.Throws<InvalidOperationException>(() => Forecaster.At(loaded, series, [99])).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Windows_that_cannot_be_cut_are_refused_with_what_was_found()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        Assert.Equal(
            "The validation part has no window: a window of 6 rows with 3 steps takes 9 rows, of which the 3 steps lie in the part; it has 2 of the series' 60 rows. "
            + "Give it more rows, or declare a shorter window or horizon.",
            Assert.Throws<ArgumentException>(() => Windows(SmallForecast.Series(60), 0.5, 0.0334)).Message);
        Assert.StartsWith("The series is scaled already; SmallForecast scales as it declares.", Assert.Throws<InvalidOperationException>(() =>
            DeclaredForecasts.Windows<SmallForecast>(SmallForecast.Series(60).Split(0.5, 0.25).Standardize(), 16, 1, true, null)).Message, StringComparison.Ordinal);
        Assert.Contains("which only a declared forecast can undo", Assert.Throws<ArgumentException>(() =>
            SmallForecast.Series(60).Split(0.5, 0.25).Scale(Scaling.WindowLast)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1e6, "The column 'load' lies so far from 0 that its own windows spread by less than a thousandth of its values' size, 55 of 55 in the "
        + "training part. Scaling.WindowLast divides by that thousandth there, so that the network sees next to nothing. Take a constant off the "
        + "column (°C instead of K), or declare Scaling.Standard or Scaling.Difference.")]
    public void Windows_that_are_scaled_by_their_level_are_told(double level, string? warning)
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.WindowLast));
        var values = new double[120, 2];
        for (var row = 0; row < 120; row++)
            (values[row, 0], values[row, 1]) = (level + 50 + (10 * Math.Sin(row * 0.7)), row % 7);
        var series = TimeSeries.FromArrays(values, [new("load", "MW"), "warmth"], new DateTime(2024, 1, 1), TimeStep.Hours(1));
        string[] expected = warning is null ? [] : [warning];
        Assert.Equal(expected, Windows(series).Training.Warnings.Where(text => text.Contains("lies so far from 0", StringComparison.Ordinal)));
    }

    [Fact]
    public void Validation_is_measured_in_the_targets_own_units_and_can_be_monitored()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.WindowLast));
        var series = SmallForecast.Series(120);
        var windows = Windows(series);
        var model = new SmallForecast(seed: 1);
        var trainer = new ForecastTrainer<SmallForecast>(model)
        {
            Optimizer = new Adam(),
            Metrics = { Metric.MeanAbsoluteError },
            Callbacks = { new EarlyStopping(Monitored.Val(Metric.MeanAbsoluteError), patience: 100) },
        };
        var history = trainer.Fit(windows.Training, windows.Validation, epochs: 3, verbose: 0);
        var sum = 0.0;
        for (var window = 0; window < windows.Validation.Count; window++)
        {
            var table = Forecaster.At(model, series, [(int)windows.Validation.TargetRow(window, 0) - 1])[0];
            for (var step = 0; step < 3; step++)
                sum += Math.Abs(table.Point(step) - series[(int)windows.Validation.TargetRow(window, step), 0]);
        }

        Assert.Equal(sum / (3 * windows.Validation.Count), history["val_mean_absolute_error"][^1], 1e-9);
        trainer = new(model) { Metrics = { Metric.Poisson } };
        Assert.Contains("is not measured in the data's own units", Assert.Throws<ArgumentException>(
            () => trainer.Fit(windows.Training, windows.Validation, epochs: 1, verbose: 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_usual_optimizer_ends_a_fit_with_the_average_of_its_weights_unless_another_is_set()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var windows = Windows(SmallForecast.Series(120));
        var (averaged, last) = (new SmallForecast(seed: 1), new SmallForecast(seed: 1));
        new ForecastTrainer<SmallForecast>(averaged).Fit(windows.Training, epochs: 2, verbose: 0);
        new ForecastTrainer<SmallForecast>(last) { Optimizer = new Adam(0.005) }.Fit(windows.Training, epochs: 2, verbose: 0);
        Assert.NotEqual(ModelWeights.Of(last), ModelWeights.Of(averaged));
        Assert.Equal(0.005, new ForecastTrainer<SmallForecast>(last).LearningRate);
        Assert.IsType<Sgd>(new ForecastTrainer<SmallForecast>(last) { Optimizer = new Sgd(0.1) }.Optimizer);
    }

    [Fact]
    public void A_refit_learns_from_all_rows_and_from_the_first_weights_on()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var series = SmallForecast.Series(120);
        var trainer = new ForecastTrainer<SmallForecast>(new(seed: 3));
        trainer.Fit(Windows(series).Training, epochs: 1, verbose: 0);
        var model = trainer.Refit(series, epochs: 2, batchSize: 16, verbose: 0);
        Assert.Equal(series.End, model.Pipeline!.LearntUntil);
        var again = new SmallForecast(seed: 3);
        var all = DeclaredForecasts.Whole<SmallForecast>(series, 16, 1, null);
        Assert.Equal(120 - 8, all.Count);
        new ForecastTrainer<SmallForecast>(again).Fit(all, epochs: 2, verbose: 0);
        Assert.Equal(ModelWeights.Of(again), ModelWeights.Of(model));
        Assert.NotEqual(ModelWeights.Of(trainer.Model), ModelWeights.Of(model));
    }

    [Fact]
    public void Calibrated_intervals_travel_with_the_file_and_end_with_the_next_training()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var series = SmallForecast.Series(200);
        var windows = Windows(series);
        var model = Trained(series, epochs: 1);
        var plain = Forecaster.At(model, series, [180])[0];
        var calibration = model.Calibrate(windows.Validation);
        var moved = Forecaster.At(model, series, [180])[0];
        Assert.Equal(plain.Point(1), moved.Point(1));
        Assert.Equal(Math.Min(plain.Point(1), plain.At(0.1, 1) - calibration.Margin(0.8, 1)), moved.At(0.1, 1), 1e-9);
        Assert.Equal(windows.Validation.Count, calibration.Rows.Origins);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");
        try
        {
            model.Save(path);
            Assert.Equal(moved.Values.ToArray(), Forecaster.At(SmallForecast.Load(path), series, [180])[0].Values.ToArray());
        }
        finally
        {
            File.Delete(path);
        }

        new ForecastTrainer<SmallForecast>(model).Fit(windows.Training, epochs: 1, verbose: 0);
        Assert.Null(model.Pipeline!.Calibration);
    }

    [Fact]
    public void A_test_is_measured_in_units_beside_naive_forecasts_from_the_same_rows()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.WindowMean));
        var series = SmallForecast.Series(120);
        var windows = Windows(series);
        var model = new SmallForecast(seed: 1);
        var trainer = new ForecastTrainer<SmallForecast>(model) { Optimizer = new Adam(), Metrics = { Metric.MeanAbsoluteError } };
        var history = trainer.Fit(windows.Training, windows.Validation, epochs: 1, verbose: 0);
        var result = trainer.Evaluate(windows.Validation);
        Assert.Equal(history["val_mean_absolute_error"][0], result.Errors().MeanAbsoluteError, 1e-9);
        Assert.Equal(["SmallForecast", "naive (last value)", "seasonal naive, 4 steps before"], result.Forecasters);
        Assert.Contains("MW", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_of_another_declaration_are_refused_and_a_set_says_what_it_holds()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var windows = Windows(SmallForecast.Series(120));
        Assert.StartsWith("training: 52 windows of (6, 4) and, ahead, (3, 3) with targets (3, 1), 4 batches of 16, shuffled\n  6 rows back, 3 ahead", windows.Training.ToString(), StringComparison.Ordinal);
        SmallForecast.Choose(SmallForecast.Plan(Scaling.WindowLast));
        Assert.StartsWith("These windows were cut for another declaration than SmallForecast's: the columns are Target 'load' (Standard)",
            Assert.Throws<ArgumentException>(() => new ForecastTrainer<SmallForecast>(new(seed: 1)).Fit(windows.Training, verbose: 0)).Message, StringComparison.Ordinal);
        Assert.StartsWith("These windows were cut as a declared forecast's; SmallForecast is declared with [Input]",
            Assert.Throws<ArgumentException>(() => new Trainer<SmallForecast>(new(seed: 1)) { Loss = Loss.Quantiles(0.1, 0.5, 0.9) }.Fit(windows.Training, verbose: 0)).Message, StringComparison.Ordinal);
        var others = SmallForecast.Series(120).Split(0.5, 0.25).Standardize().Windows(6).Training;
        Assert.Equal("SmallForecast says itself how its windows are cut and scaled; give it those of SmallForecast.Windows(series.Split(…)).",
            Assert.Throws<ArgumentException>(() => ((Trainer<SmallForecast>)new ForecastTrainer<SmallForecast>(new(seed: 1))).Fit(others, verbose: 0)).Message);
    }

    [Fact]
    public void A_mean_stands_above_the_median_by_what_a_lognormal_noise_asks()
    {
        var random = new Random(7);
        var values = new double[20_000];
        for (var row = 0; row < values.Length; row++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            values[row] = 40 * Math.Exp(0.6 * normal);
        }

        foreach (var scaling in new[] { Scaling.Standard, Scaling.Log })
        {
            MeanForecast.Target.Value = scaling;
            var series = TimeSeries.FromArrays(values, new DateTime(2000, 1, 1), TimeStep.Hours(1));
            var windows = DeclaredForecasts.Windows<MeanForecast>(series.Split(0.9, 0.05), 64, 1, true, 1);
            var model = new MeanForecast(seed: 1);
            new ForecastTrainer<MeanForecast>(model).Fit(windows.Training, epochs: 8, verbose: 0);
            var tables = Forecaster.At(model, series, [.. Enumerable.Range(10, 17_000)]);
            // e^(σ²/2), which the sample itself has to half a percent.
            Assert.Equal(1.197, tables.Average(table => table.Mean(0)) / tables.Average(table => table.Point(0)), 0.01 * 1.197);
        }
    }

    private static ForecastWindows<SmallForecast> Windows(TimeSeries series, double training = 0.5, double validation = 0.25) =>
        DeclaredForecasts.Windows<SmallForecast>(series.Split(training, validation), batchSize: 16, sequenceStride: 1, shuffle: true, seed: null);

    private static SmallForecast Trained(TimeSeries series, int epochs)
    {
        var model = new SmallForecast(seed: 1);
        new ForecastTrainer<SmallForecast>(model).Fit(Windows(series).Training, epochs: epochs, verbose: 0);
        return model;
    }

    private static uint[] Bits(WindowedDataset set)
    {
        var bits = new List<uint>();
        var sample = new float[set.Source.Timesteps * set.Source.Features];
        for (var window = 0; window < set.Count; window++)
        {
            set.Source.Copy(window, sample);
            bits.AddRange(sample.Select(BitConverter.SingleToUInt32Bits));
            foreach (var value in set.Source.Targets!.Slice(set.Source.TargetStarts[window], set.Source.TargetLength))
                bits.Add(BitConverter.SingleToUInt32Bits(value));
        }

        return [.. bits];
    }
}

/// <summary>Forecasts the median and the mean of a noise that nothing explains.</summary>
[Input(2, 1)]
[Flatten]
[Dense(2)]
[Reshape(1, 2)]
public sealed partial class MeanForecast : IDeclaredForecast<MeanForecast>
{
    internal static readonly AsyncLocal<Scaling> Target = new();

    /// <inheritdoc/>
    public static ForecastPlan Forecasting => new()
    {
        Window = 2,
        Horizon = 1,
        Columns = [new("value", ForecastRole.Target, Target.Value)],
        Levels = [0.5],
        HasMean = true,
    };
}
