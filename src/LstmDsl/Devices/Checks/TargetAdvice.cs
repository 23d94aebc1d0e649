using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>What to write instead where targets are not what the loss takes: the end of a message.</summary>
internal static class TargetAdvice
{
    /// <summary>For targets of a shape, without the samples' axis; empty where nothing can be guessed.</summary>
    public static string For(ModelPlan plan, Loss loss, ReadOnlySpan<int> found, Pipeline? pipeline = null)
    {
        var outputs = plan.Shape.Outputs;
        int[] sequence = plan.Shape.ReturnsSequences ? [plan.Shape.OutputTimesteps] : [];
        var isOneNumber = found.SequenceEqual(sequence) || found.SequenceEqual([.. sequence, 1]);
        if (loss.TakesColumnOfEachClass && isOneNumber)
        {
            return $" The loss '{loss.Name}' takes a column of each class, a 1 among zeros; for the classes' numbers, 0 to {outputs - 1}, "
                + "take Loss.SparseCategoricalCrossentropy().";
        }

        if (loss.TargetValues == TargetValues.ClassIndices && found.SequenceEqual([.. sequence, outputs]))
            return " For a column of each class, a 1 among zeros, take Loss.CategoricalCrossentropy().";
        if (pipeline?.Forecast is not null)
            return " Leave Loss out: it follows from the declaration.";
        return pipeline is null ? "" : ForSeries(plan, loss, pipeline);
    }

    /// <summary>For a target that is no class, or no probability; empty where nothing can be guessed.</summary>
    public static string For(TargetValues values, float found, int index, Pipeline? pipeline)
    {
        if (pipeline is not null && index % pipeline.Targets.Count is var target
            && (pipeline.ScaleTarget(target, 0) != 0 || pipeline.ScaleTarget(target, 1) != 1))
        {
            return $" The column '{pipeline.Targets[target]}' was scaled; leave it as it is: "
                + $"Standardize(except: [\"{pipeline.Targets[target]}\"]).";
        }

        return values == TargetValues.Probabilities && found > 1 && float.IsInteger(found)
            ? " For the classes' numbers take Loss.SparseCategoricalCrossentropy(), with an output a class."
            : "";
    }

    /// <summary>A metric that takes the targets of a loss and measures the same; empty where there is none.</summary>
    public static string For(Loss loss, Metric metric)
    {
        // Keras's own names differ in nothing else.
        const string Sparse = "sparse_";
        var other = loss.TargetValues == TargetValues.ClassIndices
            ? Sparse + metric.Name
            : metric.Name.Replace(Sparse, "", StringComparison.Ordinal);
        return other switch
        {
            _ when other == metric.Name => "",
            "categorical_accuracy" => ". Take Metric.CategoricalAccuracy",
            "sparse_categorical_accuracy" => ". Take Metric.SparseCategoricalAccuracy",
            "categorical_crossentropy" => ". Take Metric.CategoricalCrossentropy()",
            "sparse_categorical_crossentropy" => ". Take Metric.SparseCategoricalCrossentropy()",
            "top_k_categorical_accuracy" => ". Take Metric.TopKCategoricalAccuracy()",
            "sparse_top_k_categorical_accuracy" => ". Take Metric.SparseTopKCategoricalAccuracy()",
            _ => "",
        };
    }

    private static string ForSeries(ModelPlan plan, Loss loss, Pipeline pipeline)
    {
        var (outputs, targets) = (plan.Shape.Outputs, pipeline.Targets.Count);
        var names = $"'{string.Join("', '", pipeline.Targets)}'";
        var text = targets == 1 ? $" The target is {names}" : $" The targets are {names}";
        if (pipeline.Horizon > 1)
            text += FormattableString.Invariant($", {pipeline.Horizon} timesteps after a window's last (horizon: {pipeline.Horizon})");
        if (loss.IsOfClasses)
            return text + "; choose others with Windows(…, targets: […]).";

        // Quantiles take several outputs for each target.
        var needed = targets * (outputs / loss.TargetColumns(outputs));
        text += $": give the head {Counted.Of(needed, "unit")}";
        var (steps, rest) = Math.DivRem(outputs, needed);
        return steps < 2 || rest > 0 || pipeline.TargetSteps > 1 || plan.Shape.ReturnsSequences
            ? text + ", or choose other columns with Windows(…, targets: […])."
            : text + FormattableString.Invariant($". For the next {steps} values make the windows with Windows(…, horizon: 1, targetSteps: {steps}).");
    }
}
