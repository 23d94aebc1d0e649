namespace LstmDsl;

/// <summary>What a declared forecast's model carries from the data it was trained on to its files and its forecasts.</summary>
internal static class ForecastPipeline
{
    /// <summary>The pipeline of windows over a series.</summary>
    /// <param name="plan">What is forecast from what.</param>
    /// <param name="series">The series.</param>
    /// <param name="scalings">The columns' scalings.</param>
    /// <param name="learntUntil">The last training row's time; null where rows have none.</param>
    public static Pipeline Of(
        ForecastPlan plan, TimeSeries series, Dictionary<string, ColumnScaling> scalings, DateTimeOffset? learntUntil)
    {
        var names = plan.DataColumns;
        var units = names.ToDictionary(column => column.Name, column => column.Unit ?? series.UnitOf(column.Name), StringComparer.Ordinal);
        return new(names.Names, [.. plan.Targets.Select(target => target.Name)], plan.Window, samplingRate: 1, plan.Lead + 1, series.Step,
            unit: null, scalings, sequenceTargets: false, plan.Horizon, units, series.Zone)
        { Forecast = plan, LearntUntil = learntUntil };
    }

    /// <summary>A model's pipeline.</summary>
    /// <exception cref="InvalidOperationException">It has none, or one of another declaration.</exception>
    public static Pipeline Required<TModel>(TModel model) where TModel : class, IDeclaredForecast<TModel>
    {
        var name = typeof(TModel).Name;
        if (model.State.Pipeline is not { } pipeline)
        {
            throw new InvalidOperationException(
                $"{name} was not trained on a series yet: train it on {name}.Windows(series.Split(…)), or load one that was.");
        }

        if (pipeline.Forecast is not { } plan)
        {
            throw new InvalidOperationException(
                $"{name} was trained on windows that are not its own; train it on {name}.Windows(series.Split(…)).");
        }

        return plan.FirstDifference(TModel.Forecasting) is { } difference
            ? throw new InvalidOperationException(
                $"The weights of this {name} were trained for another declaration: {difference}. Train it anew, or load it as what it was declared.")
            : pipeline;
    }

    /// <summary>The columns' scalings, by their names.</summary>
    public static Dictionary<string, ColumnScaling> Scalings(Pipeline pipeline) =>
        pipeline.Columns.ToDictionary(column => column.Name, column => column.Scaling, StringComparer.Ordinal);

    /// <summary>Throws where a series has other columns, steps or units than those that the model was trained on.</summary>
    /// <exception cref="ArgumentException">It does; the message says which differ.</exception>
    public static void RequireFit(Pipeline pipeline, TimeSeries series)
    {
        if (PipelineDifference.First(pipeline, series, pipeline.Columns.Select(column => column.Name)) is { } difference)
            throw new ArgumentException($"The series does not fit the model's pipeline: {difference}.", nameof(series));
        if (pipeline.Zone is { } zone && series.Zone is { } other && zone != other)
        {
            throw new ArgumentException(
                $"The series goes by the clocks of {other}, the model was trained by those of {zone}; bring it there: series.InZone(\"{zone}\").",
                nameof(series));
        }
    }
}
