namespace LstmDsl.Tests;

/// <summary>What a model says of windows is what it forecasts from their last rows: in order, calibrated, never below 0 where that was declared.</summary>
public sealed class WindowPredictionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Predictions_of_windows_are_the_forecasts_from_their_last_rows(bool calibrates)
    {
        var series = ForecastRun.Series();
        var windows = LoadModel.Windows(series.Split(0.6, 0.25), batchSize: 16, seed: 1);
        var model = new LoadModel(seed: 2);
        new LoadModel.Trainer(model).Fit(windows.Training, epochs: 1, verbose: 0);
        if (calibrates)
            model.Calibrate(windows.Validation);
        var predicted = model.Predict(windows.Test);
        var expected = Forecaster.At(model, series, ForecastModels.LastRows(windows.Test));
        Assert.Equal(windows.Test.Count, predicted.Count);
        for (var window = 0; window < predicted.Count; window++)
        {
            Assert.Equal(expected[window].Values.ToArray(), predicted[window].Table.Values.ToArray());
            Assert.Equal(expected[window].Times, predicted[window].Table.Times);
            Assert.All(predicted[window], point => Assert.True(point.Load.P2_5 <= point.Load.P50 && point.Load.P50 <= point.Load.P97_5));
        }

        Assert.Equal(predicted[0][5].Time, series.TimeAt(windows.Test.TargetRow(0, 5)));
    }

    [Fact]
    public void Windows_scaled_by_other_numbers_are_refused()
    {
        var series = ForecastRun.Series();
        var model = new LoadModel(seed: 2);
        new LoadModel.Trainer(model).Fit(LoadModel.Windows(series.Split(0.6, 0.25), seed: 1).Training, epochs: 1, verbose: 0);
        Assert.Throws<ArgumentException>(() => model.Predict(LoadModel.Windows(series.Split(0.5, 0.25), seed: 1).Test));
        Assert.Throws<InvalidOperationException>(() => new LoadModel(seed: 2).Predict(LoadModel.Windows(series.Split(0.6, 0.25), seed: 1).Test));
    }

    [Fact]
    public void Coverage_of_rows_that_calibrated_is_told_from_that_of_others()
    {
        var series = ForecastRun.Series();
        var windows = LoadModel.Windows(series.Split(0.6, 0.25), batchSize: 16, seed: 1);
        var model = new LoadModel(seed: 2);
        var trainer = new LoadModel.Trainer(model);
        trainer.Fit(windows.Training, epochs: 1, verbose: 0);
        var calibration = model.Calibrate(windows.Validation);
        Assert.Contains(
            $"Intervals were calibrated {calibration}, and {windows.Validation.Count} of {windows.Validation.Count} origins forecast such rows: what they "
            + "cover there says nothing of other rows.",
            trainer.Evaluate(windows.Validation).Warnings);
        Assert.DoesNotContain(trainer.Evaluate(windows.Test).Warnings, warning => warning.Contains("were calibrated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_forecast_while_a_model_is_calibrated_is_calibrated_as_before()
    {
        var series = ForecastRun.Series();
        var windows = LoadModel.Windows(series.Split(0.6, 0.25), batchSize: 16, seed: 1);
        var model = new LoadModel(seed: 2);
        new LoadModel.Trainer(model).Fit(windows.Training, epochs: 1, verbose: 0);
        model.Calibrate(windows.Validation);
        var calibrated = model.Predict(windows.Test)[0].Table.Values.ToArray();
        using var ends = new CancellationTokenSource();
        var asking = Task.Run(() =>
        {
            var asked = 0;
            for (; !ends.IsCancellationRequested || asked == 0; asked++)
                Assert.Equal(calibrated, Forecaster.At(model, series, ForecastModels.LastRows(windows.Test).AsSpan(0, 1))[0].Values.ToArray());
            return asked;
        });
        // The same windows give the same calibration, before, meanwhile and after.
        for (var i = 0; i < 20; i++)
            model.Calibrate(windows.Validation);
        await ends.CancelAsync();
        Assert.True(await asking > 0);
    }
}
