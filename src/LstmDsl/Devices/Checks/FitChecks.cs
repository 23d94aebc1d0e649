using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>What can be wrong with data is found here, before the first batch.</summary>
internal static class FitChecks
{
    /// <summary>A data set's windows, if they fit the model and what it is trained for; without that, only the inputs count.</summary>
    public static BatchSource Dataset(ModelPlan plan, Objective? objective, WindowedDataset data, string name)
    {
        var source = data.Source;
        var shape = plan.Shape;
        if (data.BatchSize is null)
            throw new ArgumentException($"{name} is not batched; make it with a batch size.", name);
        if (source.Count == 0)
            throw new ArgumentException($"{name} holds no window.", name);
        if (plan.Inputs.Count > 1 && data.Pipeline is { Forecast: null })
        {
            throw new ArgumentException(
                $"{plan.Name} takes {InputShapes.Expectation(plan)}; {name} holds windows of a series, which are one input. Give it arrays: "
                + $"[{string.Join(", ", plan.Inputs.Select(input => input.FileName))}].", name);
        }

        if (source.Timesteps != shape.Timesteps || source.Features != shape.Features)
        {
            throw new ArgumentException(
                $"{plan.Name} takes windows of {shape.Timesteps} timesteps × {shape.Features} features; "
                + $"those of {name} have {source.Timesteps} × {source.Features}.",
                name);
        }

        if (source.Targets is null && objective is not null)
            throw new ArgumentException($"{name} has no targets.", name);
        if (data.Pipeline is { } pipeline)
            Steps(plan, pipeline, name);

        if (objective is not null && !Fits(TargetShape(plan, source), objective.TargetShape))
        {
            throw new ArgumentException(
                $"{objective.Expectation}; the targets of {name} have the shape {Samples.ShapeOf([source.Count, .. source.TargetShape])}."
                + objective.Advice(source.TargetShape, data.Pipeline),
                name);
        }

        RefuseNonFinite(source, name, name + "'s targets");
        EmbeddedInput.Check(plan, source, name);
        objective?.RequireValues(source, name + "'s targets", name, data.Pipeline);
        return source;
    }

    /// <summary>Throws where a model's output is no forecast of as many timesteps as a window's target has.</summary>
    public static void Steps(ModelPlan plan, Pipeline pipeline, string name)
    {
        var shape = plan.Shape;
        var steps = pipeline.TargetSteps;
        if (steps > 1 || pipeline.Forecast is not null)
        {
            if (shape.ReturnsSequences ? shape.OutputTimesteps == steps : shape.Outputs % steps == 0)
                return;
            throw new ArgumentException(
                $"{plan.Name} gives {shape.OutputText}; the targets of {name} have {steps} steps. Give the head {steps} units for each target, "
                + $"let it give a sequence of {steps} timesteps, or make the windows with "
                + $"{(shape.ReturnsSequences ? $"targetSteps: {shape.OutputTimesteps}" : "other targetSteps")}.",
                name);
        }

        if (pipeline.SequenceTargets != shape.ReturnsSequences)
        {
            throw new ArgumentException(
                $"{plan.Name} gives {shape.OutputText}, {(shape.ReturnsSequences ? "a target at each timestep" : "one target a window")}; "
                + $"the targets of {name} are {(pipeline.SequenceTargets ? "sequences" : "single rows")}. "
                + $"Make the windows with sequenceTargets: {(shape.ReturnsSequences ? "true" : "false")}.",
                name);
        }
    }

    /// <summary>Arrays as windows that do not overlap, if they fit the model.</summary>
    public static BatchSource Arrays(ModelPlan plan, Objective objective, Samples x, Samples y, string xName, string yName)
    {
        if (x.Count == 0)
            throw new ArgumentException($"{xName} holds no sample.", xName);
        if (InputShapes.Fitting(plan, x) is not { } inputs)
            throw new ArgumentException($"{plan.Name} takes {InputShapes.Expectation(plan)}; {xName} has the shape {x.ShapeText}.", xName);

        if (y.Count != x.Count)
            throw new ArgumentException($"{xName} holds {Counted.Of(x.Count, "sample")}, {yName} {y.Count}; each sample needs its target.", yName);
        if (!Fits([.. y.Shape], [y.Count, .. objective.TargetShape]))
        {
            throw new ArgumentException(
                $"{objective.Expectation}; {yName} has the shape {y.ShapeText}." + objective.Advice([.. y.Shape.Skip(1)]), yName);
        }

        var source = BatchSource.FromArrays(inputs, y, xName, yName);
        EmbeddedInput.Check(plan, source, xName);
        objective.RequireValues(source, yName, yName);
        return source;
    }

    /// <summary>Keras's validation_split: the last part, from ⌊n·(1 − split)⌋ in double precision, taken before any shuffling.</summary>
    public static (BatchSource Training, BatchSource? Validation) Split(BatchSource source, double validationSplit)
    {
        if (validationSplit is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(validationSplit), validationSplit, "The validation split lies between 0 and 1 (1 excluded).");
        if (validationSplit == 0)
            return (source, null);

        var border = (int)Math.Floor(source.Count * (1 - validationSplit));
        if (border == 0 || border == source.Count)
        {
            throw new ArgumentException(
                $"A validation split of {validationSplit} leaves {border} of {Counted.Of(source.Count, "sample")} to train on; both parts need at least one.",
                nameof(validationSplit));
        }

        return (Part(source, 0, border), Part(source, border, source.Count));
    }

    /// <summary>Throws where data went through another pipeline than the model's, or the validation data through another than the training data.</summary>
    public static void Pipelines(ModelState state, WindowedDataset data, WindowedDataset? validation)
    {
        if (validation is not null && Misfit(data.Pipeline, validation.Pipeline) is { Difference: var between })
            throw new ArgumentException($"The validation data went through another pipeline than the training data: {between}.", nameof(validation));
        if (state.Pipeline is not null && Misfit(state.Pipeline, data.Pipeline) is (var difference, var mend))
            throw new ArgumentException($"{state.Plan.Name} was trained on data of another pipeline: {difference}.{mend}", nameof(data));
    }

    private static (string Difference, string Mend)? Misfit(Pipeline? expected, Pipeline? found) => (expected, found) switch
    {
        (null, null) => null,
        (null, _) or (_, null) => ("one has a pipeline, the other is of plain arrays", ""),
        _ => PipelineDifference.Misfit(expected, found),
    };

    private static BatchSource Part(BatchSource source, int from, int to) => source with
    {
        Starts = source.Starts[from..to],
        TargetStarts = source.TargetStarts[from..to],
        Weights = source.Weights?[(from * source.WeightsPerWindow)..(to * source.WeightsPerWindow)],
    };

    // A vector holds several steps one after the other.
    private static int[] TargetShape(ModelPlan plan, BatchSource source) =>
        source.TargetSteps > 1 && !plan.Shape.ReturnsSequences ? [source.TargetLength] : source.TargetShape;

    // A trailing axis of 1 may be left out; anything else has to agree.
    private static bool Fits(ReadOnlySpan<int> found, ReadOnlySpan<int> expected) =>
        found.SequenceEqual(expected) || (expected[^1] == 1 && found.SequenceEqual(expected[..^1]));

    private static void RefuseNonFinite(BatchSource source, string inputs, string targets)
    {
        // A series may have holes that no window crosses, so a value that is not finite only counts inside a window.
        if (source.Parts is not null || source.Rows.IndexOfNonFinite() >= 0)
        {
            var sample = new float[source.Timesteps * source.Features];
            for (var window = 0; window < source.Count; window++)
            {
                source.Copy(window, sample);
                if (IndexOfNonFinite(sample) is var place and >= 0)
                    throw NotFinite(sample[place], $"{inputs}, sample {window}, {PlaceOf(source, window, place)}");
            }
        }

        for (var window = 0; source.Targets is not null && window < source.Count; window++)
        {
            var target = source.Targets.Slice(source.TargetStarts[window], source.TargetLength);
            var column = target.IndexOfNonFinite();
            if (column >= 0)
                throw NotFinite(target[column], $"{targets}, sample {window}, value {column}");
        }
    }

    private static string PlaceOf(BatchSource source, int window, int place)
    {
        var (timestep, feature) = Math.DivRem(place, source.Features);
        return source.Parts is null
            ? $"timestep {timestep} (row {source.Starts[window] + ((long)timestep * source.SamplingRate)}), feature {feature}"
            : $"value {place}, of the window that begins in row {source.Starts[window]}";
    }

    private static int IndexOfNonFinite(this ReadOnlySpan<float> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            if (!float.IsFinite(values[index]))
                return index;
        }

        return -1;
    }

    private static ArgumentException NotFinite(float value, string place) => new(
        $"{place}: {(float.IsNaN(value) ? "NaN" : "an infinite number")}. A network learns nothing from it; clean the data, or leave the sample out.");
}
