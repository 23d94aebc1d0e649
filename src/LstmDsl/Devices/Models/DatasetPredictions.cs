using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Predictions and errors of a data set's windows in the user's units, through the model's pipeline.</summary>
internal static class DatasetPredictions
{
    /// <summary>
    /// What the model says of each window, with the time of its target; of the window moved by the horizon its last timestep, of several
    /// target steps the first, with all of them.
    /// </summary>
    public static IReadOnlyList<ForecastPoint> Points<TModel>(ModelState<TModel> state, WindowedDataset data)
        where TModel : class, IModelProgram<TModel>
    {
        var sequences = Sequences(state, data);
        var points = new ForecastPoint[data.Count];
        var isMoved = state.Pipeline!.SequenceTargets;
        for (var window = 0; window < points.Length; window++)
        {
            var steps = sequences[window];
            points[window] = isMoved || steps.Count == 1 ? steps[^1] : steps[0] with { Steps = steps };
        }

        return points;
    }

    /// <summary>What the model says of each window at each of its target's timesteps, with their times.</summary>
    public static IReadOnlyList<IReadOnlyList<ForecastPoint>> Sequences<TModel>(ModelState<TModel> state, WindowedDataset data)
        where TModel : class, IModelProgram<TModel>
    {
        var outputs = CheckedOutputs(state, data);
        var length = state.Plan.Shape.OutputLength;
        var sequences = new ForecastPoint[data.Count][];
        for (var window = 0; window < sequences.Length; window++)
        {
            sequences[window] = Steps(
                state, outputs.AsSpan(window * length, length), step => data.TargetTime(window, step),
                (step, target, value) => data.Unscale(window, step, target, value));
        }

        return sequences;
    }

    /// <summary>One window's outputs as the steps that they forecast: a vector may hold several, one after the other.</summary>
    /// <param name="state">The model, which has a pipeline.</param>
    /// <param name="outputs">The outputs, in the network's units.</param>
    /// <param name="time">A step's time.</param>
    /// <param name="unscale">A step's value for a target as a raw one.</param>
    public static ForecastPoint[] Steps(
        ModelState state, ReadOnlySpan<float> outputs, Func<int, DateTimeOffset?> time, Func<int, int, double, double> unscale)
    {
        var steps = new ForecastPoint[state.Pipeline!.TargetLength];
        var length = outputs.Length / steps.Length;
        for (var step = 0; step < steps.Length; step++)
            steps[step] = Point(state, outputs.Slice(step * length, length), time(step), (target, value) => unscale(step, target, value));
        return steps;
    }

    /// <summary>
    /// Errors over all windows and target steps, of the window moved by the horizon at its last timestep: of each target column, and over all
    /// of them where they have one unit; null where the data have no raw values.
    /// </summary>
    public static (UnitErrors? All, IReadOnlyDictionary<string, UnitErrors> ByColumn)? Measure<TModel>(
        ModelState<TModel> state, WindowedDataset data)
        where TModel : class, IModelProgram<TModel>
    {
        if (state.Pipeline is not { } pipeline || data.Series is null)
            return null;
        var predictions = Sequences(state, data);
        string?[] units = [.. pipeline.TargetUnits];
        var all = new ErrorSums();
        var byColumn = new OrderedDictionary<string, UnitErrors>();
        for (var target = 0; target < pipeline.Targets.Count; target++)
        {
            var own = new ErrorSums();
            for (var window = 0; window < predictions.Count; window++)
            {
                for (var step = pipeline.FirstMeasured; step < pipeline.TargetLength; step++)
                {
                    var actual = data.RawTarget(window, target, step);
                    own.Add(predictions[window][step].Values[target] - actual, data.NaiveForecast(window, target) - actual);
                }
            }

            all.Add(own);
            byColumn.Add(pipeline.Targets[target], own.Errors(units[target]));
        }

        return (ColumnUnits.Differ(units) ? null : all.Errors(units[0]), byColumn);
    }

    private static float[] CheckedOutputs<TModel>(ModelState<TModel> state, WindowedDataset data)
        where TModel : class, IModelProgram<TModel>
    {
        Forecasting.RequiredPipeline(state);
        FitChecks.Dataset(state.Plan, objective: null, data, nameof(data));
        FitChecks.Pipelines(state, data, null);
        var version = state.Version;
        var outputs = Outputs(state, data.Source);
        state.RequireVersion(version);
        return outputs;
    }

    /// <summary>
    /// Outputs as numbers of the user's: each that forecasts a target in its unit, also where several quantiles forecast one (they lie side
    /// by side, target by target); probabilities of classes as they are.
    /// </summary>
    private static ForecastPoint Point(
        ModelState state, ReadOnlySpan<float> outputs, DateTimeOffset? time, Func<int, double, double> unscale)
    {
        var pipeline = state.Pipeline!;
        var (perTarget, rest) = Math.DivRem(outputs.Length, pipeline.Targets.Count);
        var areClasses = rest != 0 || (perTarget > 1 && state.Plan.Head == Activation.Softmax);
        var values = new double[outputs.Length];
        for (var index = 0; index < values.Length; index++)
            values[index] = areClasses ? outputs[index] : unscale(index / perTarget, outputs[index]);
        return new(time, values[0]) { Values = values };
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
                source.Copy(first + window, inputs.AsSpan(window * shape.InputLength));

            state.Predict(inputs.AsSpan(0, count * shape.InputLength), outputs.AsSpan(first * shape.OutputLength, count * shape.OutputLength));
        }

        return outputs;
    }

    private struct ErrorSums
    {
        private double absolute, squared, naiveAbsolute, naiveSquared, count;

        public void Add(double error, double naive)
        {
            absolute += Math.Abs(error);
            squared += error * error;
            naiveAbsolute += Math.Abs(naive);
            naiveSquared += naive * naive;
            count++;
        }

        public void Add(in ErrorSums other)
        {
            absolute += other.absolute;
            squared += other.squared;
            naiveAbsolute += other.naiveAbsolute;
            naiveSquared += other.naiveSquared;
            count += other.count;
        }

        public readonly UnitErrors Errors(string? unit) => new(
            absolute / count, Math.Sqrt(squared / count), naiveAbsolute / count, Math.Sqrt(naiveSquared / count), unit);
    }
}
