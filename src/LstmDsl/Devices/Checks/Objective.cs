using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>What a run minimises and measures, checked against the model's head, and what it asks of targets.</summary>
internal sealed class Objective
{
    private readonly ModelPlan plan;

    /// <summary>Checks loss and metrics against the model.</summary>
    /// <exception cref="InvalidOperationException">One of them does not suit the head, or they take different targets.</exception>
    public Objective(ModelPlan plan, Loss loss, IReadOnlyList<TrackedMetric> metrics)
    {
        this.plan = plan;
        Loss = loss;
        Metrics = metrics;
        var outputs = plan.Shape.Outputs;
        RequireFit("The loss", loss.Name, loss.Misfit(outputs));
        TargetColumns = loss.TargetColumns(outputs);
        foreach (var (metric, name, _) in metrics)
        {
            RequireFit("The metric", name, metric.Misfit(outputs));
            if (metric.TargetColumns(outputs) != TargetColumns)
            {
                throw new InvalidOperationException(
                    $"The metric '{name}' takes targets of {TargetText(metric.TargetColumns(outputs))}, the loss '{loss.Name}' of "
                    + $"{TargetText(TargetColumns)}; one batch can only serve one of them{TargetAdvice.For(loss, metric)}.");
            }
        }
    }

    /// <summary>The loss.</summary>
    public Loss Loss { get; }

    /// <summary>The metrics.</summary>
    public IReadOnlyList<TrackedMetric> Metrics { get; }

    /// <summary>Columns of a target.</summary>
    public int TargetColumns { get; }

    /// <summary>Shape of one sample's target.</summary>
    public int[] TargetShape => plan.Shape.ReturnsSequences ? [plan.Shape.OutputTimesteps, TargetColumns] : [TargetColumns];

    /// <summary>What the model gives and, where that differs, what targets look like: the beginning of a message.</summary>
    public string Expectation => TargetColumns == plan.Shape.Outputs
        ? $"{plan.Name} gives {plan.Shape.OutputText}"
        : $"{plan.Name} gives {plan.Shape.OutputText}, of which the loss '{Loss.Name}' takes targets {TargetText(TargetColumns)}";

    /// <summary>What to write instead of targets of a shape, without the samples' axis: the end of a message.</summary>
    public string Advice(ReadOnlySpan<int> found, Pipeline? pipeline = null) => TargetAdvice.For(plan, Loss, found, pipeline);

    /// <summary>Throws at the first target that the loss or a metric cannot take.</summary>
    /// <param name="source">The windows.</param>
    /// <param name="name">What messages call the targets.</param>
    /// <param name="parameter">The argument that they came with.</param>
    /// <param name="pipeline">What scaled them; null where they are plain arrays.</param>
    /// <exception cref="ArgumentException">A target is no class index, or no number from 0 to 1.</exception>
    public void RequireValues(BatchSource source, string name, string parameter, Pipeline? pipeline = null)
    {
        RequireValues(source, name, parameter, Loss.TargetValues, $"the loss '{Loss.Name}'", pipeline);
        foreach (var (metric, metricName, _) in Metrics)
        {
            if (metric.TargetValues != Loss.TargetValues)
                RequireValues(source, name, parameter, metric.TargetValues, $"the metric '{metricName}'", pipeline);
        }
    }

    private void RequireValues(BatchSource source, string name, string parameter, TargetValues values, string who, Pipeline? pipeline)
    {
        if (values == TargetValues.Any)
            return;
        var outputs = plan.Shape.Outputs;
        for (var window = 0; window < source.Count; window++)
        {
            var target = source.Targets!.Slice(source.TargetStarts[window], source.TargetLength);
            for (var index = 0; index < target.Length; index++)
            {
                var isGood = values == TargetValues.Probabilities
                    ? target[index] is >= 0 and <= 1
                    : float.IsInteger(target[index]) && target[index] >= 0 && target[index] < outputs;
                if (isGood)
                    continue;
                var expected = values == TargetValues.Probabilities
                    ? "targets from 0 to 1"
                    : FormattableString.Invariant($"whole class indices from 0 to {outputs - 1}");
                var place = FormattableString.Invariant($"{name}, sample {window}, value {index}: {target[index]}");
                throw new ArgumentException($"{place}; {who} takes {expected}.{TargetAdvice.For(values, target[index], index, pipeline)}", parameter);
            }
        }
    }

    private void RequireFit(string kind, string name, string? misfit)
    {
        if (misfit is not null)
            throw new InvalidOperationException($"{kind} '{name}' {misfit}; {plan.Name} gives {plan.Shape.OutputText}.");
    }

    private string TargetText(int columns) =>
        plan.Shape.ReturnsSequences ? $"(samples, {plan.Shape.OutputTimesteps}, {columns})" : $"(samples, {columns})";
}
