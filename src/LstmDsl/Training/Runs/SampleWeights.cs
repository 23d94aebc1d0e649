using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Gives samples their weights, which have been checked.</summary>
internal static class SampleWeights
{
    /// <summary>The samples with weights of their own: (samples), or (samples, timesteps) where the output is a sequence.</summary>
    public static BatchSource Weigh(ModelPlan plan, Objective objective, BatchSource source, Samples? weights, string name)
    {
        if (weights is not { Rank: > 0 } given)
            return source;
        var timesteps = plan.Shape.OutputTimesteps;
        var fits = given.Count == source.Count && (given.Rank == 1
            || (given.Rank == 2 && (given.Shape[1] == 1 || (plan.Shape.ReturnsSequences && given.Shape[1] == timesteps))));
        if (!fits)
        {
            var expected = plan.Shape.ReturnsSequences
                ? $"({source.Count},) for a sample's whole sequence or ({source.Count}, {timesteps}) for each timestep"
                : $"({source.Count},)";
            throw new ArgumentException($"{name} has the shape {given.ShapeText}; {plan.Name} takes {expected}.", name);
        }

        var values = Array.ConvertAll(given.ToFiniteArray(name), weight => (double)weight);
        var negative = Array.FindIndex(values, weight => weight < 0);
        if (negative >= 0)
            RefuseInMeans(objective, FormattableString.Invariant($"{name}, value {negative}: {values[negative]}"), name);
        return source with { Weights = values, WeightsPerWindow = given.Rank == 1 ? 1 : given.Shape[1] };
    }

    /// <summary>The samples with the weights of their classes; a class that is not listed weighs 1.</summary>
    public static BatchSource Weigh(
        ModelPlan plan, Objective objective, BatchSource source, IReadOnlyDictionary<int, double>? classWeight)
    {
        if (classWeight is null)
            return source;
        if (source.Weights is not null)
        {
            throw new ArgumentException(
                "Class weights and sample weights cannot be combined; multiply them into sample weights.", nameof(classWeight));
        }

        if (plan.Shape.ReturnsSequences)
        {
            throw new ArgumentException(
                $"{plan.Name} gives {plan.Shape.OutputText}; class weights need one target a sample. "
                + "Give sample weights for each timestep.",
                nameof(classWeight));
        }

        foreach (var (label, weight) in classWeight)
        {
            if (label < 0 || (plan.Shape.Outputs > 1 && label >= plan.Shape.Outputs))
            {
                throw new ArgumentException(
                    $"There is no class {label}: {plan.Name} gives {plan.Shape.OutputText}, "
                    + $"so classes are 0 to {Math.Max(plan.Shape.Outputs, 2) - 1}.",
                    nameof(classWeight));
            }

            if (!double.IsFinite(weight))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Class {label} weighs {weight}; a weight is a finite number."), nameof(classWeight));
            }

            if (weight < 0)
                RefuseInMeans(objective, FormattableString.Invariant($"Class {label} weighs {weight}"), nameof(classWeight));
        }

        var weights = new double[source.Count];
        for (var window = 0; window < weights.Length; window++)
        {
            var target = source.Targets!.Slice(source.TargetStarts[window], source.TargetLength);
            var label = target.Length > 1 ? ClassHits.Highest<float>(target) : (int)MathF.Round(target[0]);
            weights[window] = classWeight.GetValueOrDefault(label, 1);
        }

        return source with { Weights = weights, WeightsPerWindow = 1 };
    }

    // Weights of both signs cancel, and a mean divides by their sum; a loss that divides by the number of samples takes them.
    private static void RefuseInMeans(Objective objective, string place, string name)
    {
        var mean = objective.Loss.Reduction == Reduction.MeanWithSampleWeight
            ? $"the loss '{objective.Loss.Name}' with the reduction MeanWithSampleWeight"
            : objective.Metrics.FirstOrDefault(tracked => tracked.IsWeighted) is { } metric ? $"the weighted metric '{metric.Name}'" : null;
        if (mean is not null)
            throw new ArgumentException($"{place}; {mean} divides by the sum of the weights, so that none may be negative.", name);
    }
}
