using LstmDsl.CompilerServices;

namespace LstmDsl.Tests.Forecasts;

/// <summary>Bands are calibrated by rows that the model did not learn from.</summary>
public sealed class HeldOutRowsTests
{
    [Fact]
    public void Rows_that_the_model_learnt_from_are_refused_and_leave_it_as_it_was()
    {
        SmallForecast.Choose(SmallForecast.Plan(Scaling.Standard));
        var parts = SmallForecast.Series(200).Split(0.5, 0.25);
        var windows = DeclaredForecasts.Windows<SmallForecast>(parts, batchSize: 16, sequenceStride: 1, shuffle: true, seed: null);
        var model = new SmallForecast(seed: 1);
        new ForecastTrainer<SmallForecast>(model).Fit(windows.Training, epochs: 1, verbose: 0);

        var fault = Assert.Throws<ArgumentException>(() => model.Calibrate(windows.Training));
        Assert.StartsWith(
            $"{windows.Training.Count} of {windows.Training.Count} windows forecast rows that SmallForecast learnt from", fault.Message, StringComparison.Ordinal);
        Assert.Null(model.Pipeline!.Calibration);
        var result = new ForecastTrainer<SmallForecast>(model).Evaluate(windows.Training);
        Assert.StartsWith("SmallForecast learnt from some of these rows", Assert.Throws<InvalidOperationException>(() => result.Calibrate()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => result.ErrorPaths());

        model.Calibrate(windows.Validation);
        Assert.NotNull(model.Pipeline.Calibration);
    }
}
