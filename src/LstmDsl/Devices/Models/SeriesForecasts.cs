namespace LstmDsl;

/// <summary>Forecasts of any model that was trained on a series, whatever its outputs are.</summary>
public static class SeriesForecasts
{
    /// <summary>
    /// In the series' own units, with dates where it has them: what one prediction from a series' last window says of the times behind it.
    /// One point where the model was trained for one step, at its horizon; all of them where it was trained for several at once
    /// (<c>targetSteps</c>); probabilities of classes as they are. Nothing is fed back.
    /// </summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">A model that was trained on a series, or loaded.</param>
    /// <param name="series">The series, which has the model's input columns; its last window is what is predicted from.</param>
    /// <returns>The steps, in the order of time.</returns>
    /// <exception cref="ArgumentException">
    /// The series is too short, lacks an input of the model's, has another step or unit, or its last window crosses a hole.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model was not trained on a series.</exception>
    public static IReadOnlyList<ForecastPoint> Forecast<TModel>(this TModel model, TimeSeries series)
        where TModel : class, IRecurrentModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(series);
        return Forecasting.Ahead(model.State, series);
    }
}
