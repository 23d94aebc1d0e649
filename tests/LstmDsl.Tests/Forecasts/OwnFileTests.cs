namespace LstmDsl.Tests;

/// <summary>A file says what its columns are and how they were scaled: where tensors alone would fit, another declaration refuses it.</summary>
public sealed class OwnFileTests
{
    [Theory]
    [InlineData("safetensors")]
    [InlineData("keras")]
    public void A_file_that_was_trained_for_another_declaration_with_the_same_tensors_is_refused_where_it_is_loaded(string format)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var path = Path.Combine(folder, "load." + format);
            Trained<OwnFileModel>(Series()).Save(path);
            Assert.NotNull(Load<OwnFileModel>(path));
            var message = Assert.Throws<InvalidDataException>(() => Load<OtherScalingModel>(path)).Message;
            Assert.StartsWith(
                $"{path} was trained for another declaration than OtherScalingModel's: the columns are Target 'load' (Standard)", message,
                StringComparison.Ordinal);
            Assert.EndsWith("Load it as the model that it was saved from, or train OtherScalingModel anew.", message, StringComparison.Ordinal);
            Assert.Contains("'heat'", Assert.Throws<InvalidDataException>(() => Load<OtherColumnModel>(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_file_of_weights_alone_loads_and_the_forecast_says_that_nothing_was_learnt()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");
        try
        {
            new OwnFileModel(seed: 1).Save(path);
            var loaded = OtherScalingModel.Load(path);
            Assert.Null(loaded.Pipeline);
            Assert.Contains(
                "was not trained on a series yet", Assert.Throws<InvalidOperationException>(() => loaded.Forecast(Series())).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_stride_as_large_as_a_number_goes_leaves_one_window_and_a_part_without_any_is_named()
    {
        var series = Series();
        var fault = Assert.Throws<ArgumentException>(() => OwnFileModel.Windows(series.Split(0.5, 0.25), sequenceStride: int.MaxValue));
        Assert.StartsWith("The validation part has no window", fault.Message, StringComparison.Ordinal);
        Assert.Contains("windows begin 2147483647 rows apart, so a smaller sequenceStride may do, too.", fault.Message, StringComparison.Ordinal);
        var trainer = new OwnFileModel.Trainer(new OwnFileModel(seed: 1));
        trainer.Fit(OwnFileModel.Windows(series.Split(0.5, 0.25)).Training, epochs: 1, verbose: 0);
        Assert.NotNull(trainer.Refit(series, epochs: 1, sequenceStride: int.MaxValue, verbose: 0).Pipeline);
    }

    [Fact]
    public void A_series_of_one_row_has_nothing_to_scale_by()
    {
        var fault = Assert.Throws<InvalidDataException>(() => OwnFileModel.Windows(Series()[..1].Split(0.5, 0.25)));
        Assert.Contains("has 1 row, none of which is in the training part", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_calibration_on_top_of_the_models_own_says_both_and_when_both_were()
    {
        var series = Series();
        var windows = OwnFileModel.Windows(series.Split(0.4, 0.2));
        var model = new OwnFileModel(seed: 1);
        new OwnFileModel.Trainer(model).Fit(windows.Training, epochs: 1, verbose: 0);
        var later = model.Backtest(series[..200], origins: 10, baselines: []).Calibrate();
        Assert.Contains(
            $"Intervals calibrated: {later}.", model.Backtest(series, origins: 20, baselines: []).With(later).Warnings);
        var own = model.Calibrate(windows.Validation);
        var twice = model.Backtest(series, origins: 20, baselines: []).With(later);
        Assert.Contains($"Intervals calibrated twice: the model's own {own}, and on top of that {later}.", twice.Warnings);
        Assert.Matches(
            @"^by the errors of \d+ origins, whose steps ahead go from 2020-10-\d\d \d\d:00\+0[12]:00 to 2020-10-\d\d \d\d:00\+0[12]:00$", own.ToString());
        Assert.Equal(own.ToString(), Calibration.FromJson(own.ToJson()).ToString());
    }

    [Theory]
    [InlineData("\"margins\":[", "\"widths\":[", "The calibration's member 'margins' is missing.")]
    [InlineData("\"margins\":[", "\"margins\":[0,", "The calibration has 4 margins; its steps, targets and intervals need 3.")]
    [InlineData("\"margins\":[", "\"margins\":[1e999,", "The calibration's member 'margins' has 1e999; expected a finite number.")]
    [InlineData("\"margins\":[", "\"margins\":[\"0\",", "The calibration's member 'margins' has \"0\"; expected a finite number.")]
    [InlineData("\"lead\":0", "\"lead\":0.5", "The calibration's member 'lead' has 0.5; expected a whole number.")]
    [InlineData("\"lead\":0", "\"lead\":1", "The calibration is one of load, 3 steps, lead 1, levels 0.1, 0.5, 0.9; the model forecasts load, 3 steps, lead 0, ")]
    [InlineData("\"targets\":[\"load\"],\"levels\"", "\"targets\":[\"heat\"],\"levels\"", "The calibration is one of heat, 3 steps")]
    [InlineData("\"until\":\"2020", "\"until\":\"20x0", "The calibration's member 'until' has \"20x0")]
    public void A_damaged_calibration_is_refused_where_its_file_is_loaded(string written, string damaged, string said)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");
        try
        {
            var windows = OwnFileModel.Windows(Series().Split(0.4, 0.2));
            var model = new OwnFileModel(seed: 1);
            new OwnFileModel.Trainer(model).Fit(windows.Training, epochs: 1, verbose: 0);
            model.Calibrate(windows.Validation);
            model.Save(path);
            Assert.NotNull(OwnFileModel.Load(path));
            var file = Safetensors.Read(path);
            var place = file.Metadata!.IndexOf(written, file.Metadata.IndexOf("\"calibration\"", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.NotEqual(-1, place);
            Safetensors.Write(path, file with { Metadata = file.Metadata[..place] + damaged + file.Metadata[(place + written.Length)..] });
            var message = Assert.Throws<InvalidDataException>(() => OwnFileModel.Load(path)).Message;
            Assert.StartsWith(
                $"{path} is damaged where it says how the model's intervals are calibrated. {said}", message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Passes_over_the_data_below_none_are_refused_by_their_own_name()
    {
        var windows = OwnFileModel.Windows(Series().Split(0.4, 0.2));
        var fault = Assert.Throws<ArgumentOutOfRangeException>(
            () => new OwnFileModel.Trainer(new OwnFileModel(seed: 1)).Fit(windows.Training, epochs: -1, verbose: 0));
        Assert.Equal("epochs", fault.ParamName);
        Assert.DoesNotContain("initialEpoch", fault.Message, StringComparison.Ordinal);
    }

    private static TModel Trained<TModel>(TimeSeries series) where TModel : class, IDeclaredForecast<TModel>
    {
        var model = TModel.Create(1);
        new ForecastTrainer<TModel>(model).Fit(
            CompilerServices.DeclaredForecasts.Windows<TModel>(series.Split(0.4, 0.2), 16, 1, shuffle: true, seed: null).Training, epochs: 1, verbose: 0);
        return model;
    }

    private static TModel Load<TModel>(string path) where TModel : class, IDeclaredForecast<TModel> => TModel.Load(path);

    private static TimeSeries Series()
    {
        var values = new double[300, 1];
        for (var row = 0; row < 300; row++)
            values[row, 0] = 50 + (10 * Math.Sin(row * 0.26)) + (row % 5);
        return TimeSeries.FromArrays(
            values, ["load"], new DateTime(2020, 10, 12, 0, 0, 0, DateTimeKind.Utc), TimeStep.Hours(1), Missing.Hole, zone: "Europe/Berlin");
    }
}
