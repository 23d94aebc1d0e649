using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Forecasts by feeding outputs back, and predictions in the user's units through the model's pipeline.</summary>
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
        var pipeline = RequiredPipeline(state);
        RefuseWhereFeedingBackMakesNoSense(state.Plan, pipeline);
        var features = state.Plan.Shape.Features;
        var outputs = new float[steps * features];
        FeedBack(state, SeriesWindows.Last(series, pipeline), outputs);
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

    /// <summary>In the user's units: what the model says of each window of a data set; of a sequence, its last timestep.</summary>
    public static IReadOnlyList<ForecastPoint> Predict<TModel>(ModelState<TModel> state, WindowedDataset data)
        where TModel : class, IModelProgram<TModel>
    {
        var pipeline = RequiredPipeline(state);
        FitChecks.Dataset(state.Plan, objective: null, data, nameof(data));
        FitChecks.Pipelines(state, data, null);
        var shape = state.Plan.Shape;
        var outputs = Outputs(state, data.Source);
        var points = new ForecastPoint[data.Count];
        var values = new double[shape.Outputs];
        for (var window = 0; window < points.Length; window++)
        {
            var last = ((window + 1) * shape.OutputLength) - shape.Outputs;
            pipeline.UnscaleTargets(outputs.AsSpan(last, shape.Outputs), values);
            points[window] = new(data.TargetTime(window), values[0]) { Values = [.. values] };
        }

        return points;
    }

    /// <summary>
    /// Errors in the user's units over all windows and targets, of a sequence's last timestep; null where the data have no raw values.
    /// </summary>
    public static UnitErrors? Measure<TModel>(ModelState<TModel> state, WindowedDataset data) where TModel : class, IModelProgram<TModel>
    {
        if (state.Pipeline is null || data.Series is null)
            return null;
        var predictions = Predict(state, data);
        double absolute = 0, squared = 0, naiveAbsolute = 0, naiveSquared = 0;
        for (var window = 0; window < predictions.Count; window++)
        {
            for (var target = 0; target < predictions[window].Values.Count; target++)
            {
                var actual = data.RawTarget(window, target);
                var error = predictions[window].Values[target] - actual;
                var naive = data.NaiveForecast(window, target) - actual;
                absolute += Math.Abs(error);
                squared += error * error;
                naiveAbsolute += Math.Abs(naive);
                naiveSquared += naive * naive;
            }
        }

        var count = (double)predictions.Count * state.Plan.Shape.Outputs;
        return new UnitErrors(
            absolute / count, Math.Sqrt(squared / count), naiveAbsolute / count, Math.Sqrt(naiveSquared / count), state.Pipeline.Unit);
    }

    private static float[] Outputs<TModel>(ModelState<TModel> state, BatchSource source) where TModel : class, IModelProgram<TModel>
    {
        // A set's windows overlap in memory, so they are laid out some at a time.
        const int Windows = 256;
        var shape = state.Plan.Shape;
        var together = state.Plan.BatchSize == 0 ? Windows : state.Plan.BatchSize;
        StatefulBatches.CheckCount(state.Plan, source.Count, "the windows");
        var outputs = new float[source.Count * shape.OutputLength];
        var inputs = new float[Math.Min(together, source.Count) * shape.InputLength];
        for (var first = 0; first < source.Count; first += together)
        {
            var count = Math.Min(together, source.Count - first);
            for (var window = 0; window < count; window++)
            {
                var row = source.Starts[first + window];
                for (var t = 0; t < shape.Timesteps; t++, row += source.SamplingRate)
                {
                    source.Rows.AsSpan(row * shape.Features, shape.Features)
                        .CopyTo(inputs.AsSpan(((window * shape.Timesteps) + t) * shape.Features));
                }
            }

            state.Predict(inputs.AsSpan(0, count * shape.InputLength), outputs.AsSpan(first * shape.OutputLength, count * shape.OutputLength));
        }

        return outputs;
    }

    private static Pipeline RequiredPipeline(ModelState state) => state.Pipeline ?? throw new InvalidOperationException(
        $"{state.Plan.Name} knows no pipeline, since it was not trained on a data set made from a series. "
        + "Arrays are in the network's units: use Predict and Forecast with spans.");

    private static void RefuseWhereFeedingBackMakesNoSense(ModelPlan plan, Pipeline pipeline)
    {
        if (pipeline.Horizon != 1)
        {
            throw new InvalidOperationException(
                $"{plan.Name} was trained for a horizon of {pipeline.Horizon} steps; only a forecast of the next step can be fed back.");
        }

        if (!pipeline.Targets.SequenceEqual(pipeline.Columns, StringComparer.Ordinal))
        {
            throw new InvalidOperationException(
                $"{plan.Name} forecasts {string.Join(", ", pipeline.Targets)} from {string.Join(", ", pipeline.Columns)}; "
                + "feeding back needs a forecast of every column, in their order.");
        }
    }
}
