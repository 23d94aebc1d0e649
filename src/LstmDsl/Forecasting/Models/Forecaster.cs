namespace LstmDsl;

/// <summary>Forecasts from windows, in the data's own units.</summary>
internal static class Forecaster
{
    private const int Together = 256;

    /// <summary>One forecast from each of some last known rows; known columns as they were observed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="series">The series, which has the known columns at the steps ahead, too.</param>
    /// <param name="lastRows">The last known row of each.</param>
    /// <param name="calibrates">Whether they are calibrated where the model is.</param>
    /// <exception cref="ArgumentException">Something that is needed is missing; the message says of which column and when.</exception>
    public static ForecastTable[] At<TModel>(TModel model, TimeSeries series, ReadOnlySpan<int> lastRows, bool calibrates = true)
        where TModel : class, IDeclaredForecast<TModel>
    {
        var (plan, pipeline) = (TModel.Forecasting, ForecastPipeline.Required(model));
        ForecastPipeline.RequireFit(pipeline, series);
        var frame = new ForecastFrame(plan, new(plan, series), ForecastPipeline.Scalings(pipeline));
        var starts = new int[lastRows.Length];
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = lastRows[i] - plan.Window + 1;
            if (starts[i] < 0 || lastRows[i] + plan.Lead + plan.Horizon >= series.Count || !frame.IsComplete(starts[i]))
            {
                var missing = starts[i] >= 0 && starts[i] + frame.Reach < series.Count ? frame.FirstMissing(starts[i]) : null;
                throw new ArgumentException(
                    $"There is no forecast from {TimeSeriesText.Time(series, lastRows[i])}: "
                    + (missing is null ? "its window or its steps reach beyond the series." : $"{missing} is missing."), nameof(lastRows));
            }
        }

        return Tables(model, new(frame, calibrates ? pipeline : pipeline.WithCalibration(null)), starts);
    }

    /// <summary>One forecast from each window that begins in some rows.</summary>
    public static ForecastTable[] Tables<TModel>(TModel model, ForecastRows rows, int[] starts)
        where TModel : class, IDeclaredForecast<TModel> =>
        Tables(model, [.. starts.Select(start => new ForecastWindow(rows, start))]);

    /// <summary>One forecast from each window, all of one pipeline.</summary>
    public static ForecastTable[] Tables<TModel>(TModel model, ReadOnlySpan<ForecastWindow> windows)
        where TModel : class, IDeclaredForecast<TModel>
    {
        if (windows.IsEmpty)
            return [];
        var (plan, shape) = (TModel.Forecasting, TModel.Plan.Shape);
        var version = model.State.Version;
        var tables = new ForecastTable[windows.Length];
        var inputs = new float[Math.Min(Together, windows.Length) * shape.InputLength];
        var outputs = new float[Math.Min(Together, windows.Length) * shape.OutputLength];
        var pipeline = windows[0].Rows.Pipeline;
        string?[] units = [.. pipeline.TargetUnits];
        var calibration = pipeline.Calibration is { } json ? Calibration.FromJson(json) : null;
        for (var first = 0; first < windows.Length; first += Together)
        {
            var some = windows[first..Math.Min(first + Together, windows.Length)];
            for (var window = 0; window < some.Length; window++)
                some[window].Rows.Frame.Parts.Copy(some[window].Start, inputs.AsSpan(window * shape.InputLength));
            model.State.Predict(inputs.AsSpan(0, some.Length * shape.InputLength), outputs.AsSpan(0, some.Length * shape.OutputLength));
            for (var window = 0; window < some.Length; window++)
            {
                var own = outputs.AsSpan(window * shape.OutputLength, shape.OutputLength);
                var table = Table(plan, some[window].Rows, units, some[window].Start, own);
                tables[first + window] = calibration?.Apply(table) ?? table;
            }
        }

        model.State.RequireVersion(version);
        return tables;
    }

    private static ForecastTable Table(ForecastPlan plan, ForecastRows rows, string?[] units, int start, ReadOnlySpan<float> outputs)
    {
        var targets = plan.Targets.ToArray();
        var perTarget = plan.OutputsPerTarget;
        var values = new double[plan.Horizon * targets.Length * perTarget];
        for (var step = 0; step < plan.Horizon; step++)
        {
            for (var target = 0; target < targets.Length; target++)
            {
                var own = values.AsSpan(((step * targets.Length) + target) * perTarget, perTarget);
                for (var output = 0; output < perTarget; output++)
                {
                    var value = rows.Unscale(start, step, target, outputs[(((step * targets.Length) + target) * perTarget) + output]);
                    own[output] = targets[target].NonNegative ? Math.Max(0, value) : value;
                }

                // Quantiles never cross, whatever the network says.
                own[..plan.Levels.Count].Sort();
            }
        }

        var times = new DateTimeOffset?[plan.Horizon];
        for (var step = 0; step < times.Length; step++)
            times[step] = rows.Series.TimeAt(rows.TargetRow(start, step));
        return new(plan, units, rows.Series.TimeAt(rows.LastRow(start)), times, values);
    }
}
