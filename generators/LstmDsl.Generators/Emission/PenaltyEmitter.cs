namespace LstmDsl.Generators;

/// <summary>Writes the activity regularisers: where each finds its layer's output, and the calls that the program makes.</summary>
internal static class PenaltyEmitter
{
    /// <summary>Writes, if a layer has one, its offsets in both plans.</summary>
    public static void Emit(EmissionContext context, PlannedLayer layer)
    {
        if (layer.Spec.Activity.IsNone)
            return;

        Write(context, layer, "Training", layer.TrainingOutput, layer.Training.OutputGradient);
        Write(context, layer, "Inference", layer.InferenceOutput, outputGradient: -1);
    }

    /// <summary>Writes the call for a layer, or none: <paramref name="plan"/> is Training or Inference.</summary>
    public static void Call(EmissionContext context, PlannedLayer layer, string plan)
    {
        if (!layer.Spec.Activity.IsNone)
            context.Writer.Line($"backend.AddActivityPenalty({layer.Spec.Name}{plan}Penalty.For(samples));");
    }

    private static void Write(EmissionContext context, PlannedLayer layer, string plan, int output, int outputGradient) => context.Constants(
        "ActivityPenalty", $"{layer.Spec.Name}{plan}Penalty",
        [
            $"Output = {Text.Code(output)}", $"OutputGradient = {Text.Code(outputGradient)}",
            $"Length = {Text.Code(Math.Max(layer.OutputTimesteps, 1) * layer.Units)}", $"Regularizer = {TensorText.Regularizer(layer.Spec.Activity)}",
        ]);
}
