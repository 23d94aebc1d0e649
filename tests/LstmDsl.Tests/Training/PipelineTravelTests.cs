namespace LstmDsl.Tests;

/// <summary>The pipeline travels: from the data set to the model, into its file, and to its forecasts, in the user's units.</summary>
public sealed class PipelineTravelTests
{
    [Fact]
    public void AForecastSpeaksTheSeriesUnitsAndDates()
    {
        var (model, _, _) = Trained(Series);
        var forecast = model.Forecast(Series, steps: 3);
        Assert.Equal([new DateTime(2021, 7, 20), new DateTime(2021, 7, 21), new DateTime(2021, 7, 22)], forecast.Select(point => point.Time!.Value.DateTime));

        // By hand: the last window scaled, predicted, unscaled; then the prediction fed back.
        var pipeline = model.Pipeline!;
        var window = Enumerable.Range(Series.Count - 20, 20).Select(row => (float)pipeline.Scale(0, Series[row, 0])).ToArray();
        foreach (var point in forecast)
        {
            var next = model.Predict(window.AsSpan());
            Assert.Equal(pipeline.UnscaleTarget(0, next), point.Value);
            window = [.. window[1..], next];
        }
    }

    [Fact]
    public void AFileCarriesThePipeline()
    {
        using var folder = new TemporaryFolder();
        var (model, _, test) = Trained(Series);
        model.Save(folder.File("model.safetensors"));
        var loaded = WeatherLstm20.Load(folder.File("model.safetensors"));
        Assert.Equal(model.Pipeline, loaded.Pipeline);
        Assert.Equal(model.Forecast(Series, 5).Select(point => point.Value), loaded.Forecast(Series, 5).Select(point => point.Value));
        Assert.Equal(model.Predict(test).Select(point => point.Value), loaded.Predict(test).Select(point => point.Value));
    }

    [Fact]
    public void DataOfAnotherPipelineAreRefusedAndTheModelsOwnIsAccepted()
    {
        var (model, _, _) = Trained(Series);
        var trainer = new WeatherLstm20.Trainer(model) { Loss = Loss.MeanSquaredError };
        var warmer = TimeSeries.FromArrays([.. Values.Select(value => value + 30)], Start, TimeSpan.FromDays(1), unit: "°C");

        var own = warmer.Split(0.6, 0.2).Standardize().Windows(timesteps: 20, batchSize: 16).Training;
        var refusal = Assert.Throws<ArgumentException>(() => trainer.Fit(own, verbose: 0));
        Assert.Contains("another pipeline", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("mean", refusal.Message, StringComparison.Ordinal);

        var models = StandardizedLike(model, warmer).Windows(timesteps: 20, batchSize: 16).Training;
        Assert.Single(trainer.Fit(models, verbose: 0).Epochs);
    }

    [Fact]
    public void EvaluateComparesWithTheNaiveForecastInUnits()
    {
        var (model, trainer, test) = Trained(Series);
        var errors = trainer.Evaluate(test).InUnits!;
        var predictions = model.Predict(test);
        var absolute = predictions.Select(point => Math.Abs(point.Value - Values[(int)(point.Time!.Value.DateTime - Start).TotalDays])).Average();
        var naive = predictions.Select(point => (int)(point.Time!.Value.DateTime - Start).TotalDays).Select(day => Math.Abs(Values[day - 1] - Values[day])).Average();
        Assert.Equal(absolute, errors.MeanAbsoluteError, 1e-9);
        Assert.Equal(naive, errors.NaiveMeanAbsoluteError, 1e-9);
        Assert.Equal("°C", errors.Unit);
        Assert.Contains("naive forecast", trainer.Evaluate(test).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ALossOfClassesLeavesNoErrorsInUnits()
    {
        var (model, _, test) = Trained(Series);
        Assert.Null(new WeatherLstm20.Trainer(model) { Loss = Loss.Hinge }.Evaluate(test).InUnits);
        Assert.NotNull(new WeatherLstm20.Trainer(model) { Loss = Loss.Huber() }.Evaluate(test).InUnits);
        Loss[] ofClasses =
        [
            Loss.BinaryCrossentropy(), Loss.BinaryFocalCrossentropy(), Loss.CategoricalCrossentropy(), Loss.SparseCategoricalCrossentropy(),
            Loss.SquaredHinge, Loss.CategoricalHinge, Loss.Dice, Loss.Tversky(),
        ];
        Assert.All(ofClasses, loss => Assert.True(loss.IsOfClasses));
    }

    [Fact]
    public void AModelThatKnowsNoPipelineRefusesToForecastASeries()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => new WeatherLstm20(seed: 1).Forecast(Series, 1));
        Assert.Contains("knows no pipeline", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AHorizonBeyondTheNextStepCannotBeFedBack()
    {
        var (training, _, _) = Series.Split(0.6, 0.2).Standardize().Windows(timesteps: 20, horizon: 3, batchSize: 16);
        var model = new WeatherLstm20(seed: 1);
        new WeatherLstm20.Trainer(model) { Loss = Loss.MeanSquaredError }.Fit(training, verbose: 0);
        Assert.Contains("horizon of 3", Assert.Throws<InvalidOperationException>(() => model.Forecast(Series, 1)).Message, StringComparison.Ordinal);
    }

    // In code for any model, as a formatter sees it that has not run the generator.
    internal static SplitSeries StandardizedLike<TModel>(TModel model, TimeSeries series) where TModel : IHasPipeline =>
        series.Split(0.6, 0.2).Standardize(model);

    private static readonly DateTime Start = new(2021, 1, 1);

    private static double[] Values { get; } = [.. Enumerable.Range(0, 200).Select(day => 12 + (8 * Math.Sin(day / 9.0)) + (2 * Math.Cos(day * 1.7)))];

    private static TimeSeries Series { get; } = TimeSeries.FromArrays(Values, Start, TimeSpan.FromDays(1), unit: "°C");

    private static (WeatherLstm20 Model, WeatherLstm20.Trainer Trainer, WindowedDataset Test) Trained(TimeSeries series)
    {
        var (training, validation, test) = series.Split(0.6, 0.2).Standardize().Windows(timesteps: 20, batchSize: 16);
        var model = new WeatherLstm20(seed: 2);
        var trainer = new WeatherLstm20.Trainer(model) { Loss = Loss.MeanSquaredError };
        trainer.Fit(training, validation, epochs: 2, verbose: 0);
        return (model, trainer, test);
    }
}
