using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Forecasts by feeding outputs back.</summary>
internal static class Forecasting
{
    /// <summary>
    /// In the network's units: each step predicts from the last window, whose oldest timestep then gives way to the prediction; where that
    /// is a sequence, to its last timestep.
    /// </summary>
    public static void FeedBack<TModel>(ModelState<TModel> state, ReadOnlySpan<float> window, Span<float> destination)
        where TModel : class, IModelProgram<TModel>
    {
        var shape = state.Plan.Shape;
        if (window.Length != shape.InputLength || destination.Length % shape.Features != 0)
        {
            throw new ArgumentException(
                $"{state.Plan.Name} forecasts from a window of {shape.Timesteps} × {shape.Features} values into a multiple of {shape.Features}; "
                + $"found {window.Length} and {destination.Length}.");
        }

        var version = state.Version;
        var rented = state.ForecastScratch.Rent();
        try
        {
            var recent = rented.AsSpan(0, shape.InputLength);
            var output = rented.AsSpan(shape.InputLength, shape.OutputLength);
            window.CopyTo(recent);
            for (var done = 0; done < destination.Length; done += shape.Features)
            {
                state.Predict(recent, output);
                var next = output[^shape.Features..];
                next.CopyTo(destination[done..]);
                recent[shape.Features..].CopyTo(recent);
                next.CopyTo(recent[^shape.Features..]);
            }

            state.RequireVersion(version);
        }
        finally
        {
            state.ForecastScratch.Return(rented);
        }
    }

    /// <summary>In the user's units: what follows a series, from its last window.</summary>
    public static IReadOnlyList<ForecastPoint> Forecast<TModel>(ModelState<TModel> state, TimeSeries series, int steps)
        where TModel : class, IModelProgram<TModel>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        var version = state.Version;
        var pipeline = RequiredPipeline(state);
        RefuseWhereFeedingBackMakesNoSense(state.Plan, pipeline);
        var features = state.Plan.Shape.Features;
        var outputs = new float[steps * features];
        FeedBack(state, SeriesWindows.Last(series, pipeline), outputs);
        // The pipeline travels with the weights.
        state.RequireVersion(version);
        var points = new ForecastPoint[steps];
        var values = new double[features];
        for (var step = 0; step < steps; step++)
        {
            pipeline.UnscaleTargets(outputs.AsSpan(step * features, features), values);
            var row = series.Count - 1 + ((step + 1L) * pipeline.SamplingRate);
            points[step] = new(series.TimeAt(row), values[0]) { Values = [.. values] };
        }

        return points;
    }

    /// <summary>In the user's units: what one prediction from a series' last window says of the times behind the series.</summary>
    public static IReadOnlyList<ForecastPoint> Ahead<TModel>(ModelState<TModel> state, TimeSeries series)
        where TModel : class, IModelProgram<TModel>
    {
        var version = state.Version;
        var pipeline = RequiredPipeline(state);
        FitChecks.Steps(state.Plan, pipeline, "the pipeline");
        var outputs = new float[state.Plan.Shape.OutputLength];
        state.Predict(SeriesWindows.Last(series, pipeline), outputs);
        var last = series.Count - 1L;
        // Of a window moved by the horizon, the first timesteps are known already.
        var first = last + ((pipeline.Horizon - (pipeline.SequenceTargets ? pipeline.Timesteps - 1L : 0)) * pipeline.SamplingRate);
        long Row(int step) => first + ((long)step * pipeline.SamplingRate);
        var steps = DatasetPredictions.Steps(
            state, outputs, step => series.TimeAt(Row(step)), (_, target, value) => pipeline.UnscaleTarget(target, value));
        state.RequireVersion(version);
        return [.. steps.Where((_, step) => Row(step) > last)];
    }

    /// <summary>The model's pipeline.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public static Pipeline RequiredPipeline(ModelState state) => state.Pipeline ?? throw new InvalidOperationException(
        $"{state.Plan.Name} knows no pipeline, since it was not trained on a data set made from a series. "
        + "Arrays are in the network's units: use Predict and Forecast with spans.");

    private static void RefuseWhereFeedingBackMakesNoSense(ModelPlan plan, Pipeline pipeline)
    {
        if (pipeline.Horizon != 1)
        {
            throw new InvalidOperationException(
                $"{plan.Name} was trained for a horizon of {pipeline.Horizon} steps; only a forecast of the next step can be fed back.");
        }

        if (pipeline.TargetSteps != 1)
        {
            throw new InvalidOperationException(
                $"{plan.Name} forecasts {pipeline.TargetSteps} steps at once; only a forecast of the next step alone can be fed back. "
                + "Forecast(series) gives them all, with their times.");
        }

        if (!pipeline.Targets.SequenceEqual(pipeline.Inputs, StringComparer.Ordinal))
        {
            throw new InvalidOperationException(
                $"{plan.Name} forecasts {string.Join(", ", pipeline.Targets)} from {string.Join(", ", pipeline.Inputs)}; "
                + "feeding back needs a forecast of every column, in their order.");
        }
    }
}
