namespace LstmDsl.Tests;

/// <summary>A loaded model goes on with newer rows, scaled with the numbers that it knows.</summary>
public sealed class FurtherTrainingTests
{
    [Fact]
    public void A_loaded_model_is_trained_further_on_newer_rows_with_its_own_scalings()
    {
        using var folder = new TemporaryFolder();
        var series = ForecastRun.Series();
        var older = series.Slice(0, 160);
        var windows = LoadModel.Windows(older.Split(0.6, 0.25), batchSize: 16, seed: 1);
        var first = new LoadModel(seed: 2);
        new LoadModel.Trainer(first).Fit(windows.Training, epochs: 1, verbose: 0);
        first.Calibrate(windows.Validation);
        var path = folder.File("load.safetensors");
        first.Save(path);

        var model = LoadModel.Load(path);
        var fresh = LoadModel.Windows(series.Split(0.7, 0.2), batchSize: 16, seed: 1);
        var refused = Assert.Throws<ArgumentException>(() => new LoadModel.Trainer(model).Fit(fresh.Training, epochs: 1, verbose: 0));
        Assert.Contains("model.WindowsAsTrained(split)", refused.Message, StringComparison.Ordinal);

        var newer = model.WindowsAsTrained(series.Split(0.7, 0.2), batchSize: 16, seed: 1);
        Assert.Equal(model.Pipeline!.Columns, newer.Training.Pipeline!.Columns);
        Assert.Equal((fresh.Training.Count, fresh.Test.Count), (newer.Training.Count, newer.Test.Count));
        var before = model.Predict(newer.Test)[0][0].Load.P50;
        new LoadModel.Trainer(model).Fit(newer.Training, newer.Validation, epochs: 1, verbose: 0);
        Assert.NotEqual(before, model.Predict(newer.Test)[0][0].Load.P50);
        Assert.Equal(first.Pipeline!.Columns, model.Pipeline!.Columns);
        Assert.Null(model.Pipeline.Calibration);
        Assert.Equal(series.TimeAt((int)(series.Count * 0.7) - 1), model.Pipeline.LearntUntil);
    }

    [Fact]
    public void Older_rows_do_not_make_a_model_forget_what_it_has_seen()
    {
        var series = ForecastRun.Series();
        var model = new LoadModel(seed: 2);
        new LoadModel.Trainer(model).Fit(LoadModel.Windows(series.Split(0.7, 0.2), seed: 1).Training, epochs: 1, verbose: 0);
        var until = model.Pipeline!.LearntUntil;
        var older = model.WindowsAsTrained(series.Slice(0, 160).Split(0.6, 0.25), seed: 1);
        new LoadModel.Trainer(model).Fit(older.Training, epochs: 1, verbose: 0);
        Assert.Equal(until, model.Pipeline!.LearntUntil);
    }

    [Fact]
    public void A_model_that_knows_no_numbers_and_rows_that_do_not_fit_are_refused()
    {
        var series = ForecastRun.Series();
        Assert.Throws<InvalidOperationException>(() => new LoadModel(seed: 2).WindowsAsTrained(series.Split(0.7, 0.2)));
        var model = new LoadModel(seed: 2);
        new LoadModel.Trainer(model).Fit(LoadModel.Windows(series.Split(0.7, 0.2), seed: 1).Training, epochs: 1, verbose: 0);
        Assert.Throws<ArgumentException>(() => model.WindowsAsTrained(series.InZone("Asia/Tokyo").Split(0.7, 0.2)));
        Assert.Contains(
            "model.WindowsAsTrained(…)",
            Assert.Throws<InvalidOperationException>(() => LoadModel.Windows(series.Split(0.7, 0.2).Standardize())).Message, StringComparison.Ordinal);
    }
}
