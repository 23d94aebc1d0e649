namespace LstmDsl;

/// <summary>A declared forecast's model as what backtests, reports and calibrations take.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <param name="model">The model.</param>
/// <param name="name">What it is called in tables.</param>
internal sealed class ModelForecaster<TModel>(TModel model, string? name) : ICalibratedForecaster where TModel : class, IDeclaredForecast<TModel>
{
    /// <inheritdoc/>
    public string Name => name ?? typeof(TModel).Name;

    /// <inheritdoc/>
    public ForecastPlan Declared => TModel.Forecasting;

    /// <inheritdoc/>
    public DateTimeOffset? LearntUntil => ForecastPipeline.Required(model).LearntUntil;

    /// <inheritdoc/>
    public string? Description => TModel.Summary;

    /// <summary>Whether its forecasts are calibrated, as the model's are.</summary>
    public bool Calibrates { get; init; } = true;

    /// <inheritdoc/>
    public Calibration? Calibration => ForecastPipeline.Required(model).Calibration is { } json ? LstmDsl.Calibration.FromJson(json) : null;

    /// <inheritdoc/>
    public IReadOnlyList<ForecastTable> ForecastFrom(TimeSeries series, ReadOnlySpan<int> lastRows) =>
        Forecaster.At(model, series, lastRows, Calibrates);
}
