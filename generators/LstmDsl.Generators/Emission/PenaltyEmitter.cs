namespace LstmDsl.Generators;

/// <summary>Writes the activity regularisers: where each finds its layer's output, and the calls that the program makes.</summary>
internal static class PenaltyEmitter
{
    private const string Type = EmissionContext.Services + "ActivityPenalty";

    /// <summary>Writes, for each layer that has one, its offsets in both plans.</summary>
    public static void Emit(EmissionContext context)
    {
        var (model, writer) = (context.Model, context.Writer);
        foreach (var layer in model.Layers)
        {
            if (layer.Spec.Activity.IsNone)
                continue;

            Method(writer, layer, "Training", layer.TrainingOutput, layer.Training.OutputGradient);
            Method(writer, layer, "Inference", layer.InferenceOutput, outputGradient: -1);
        }
    }

    /// <summary>The call for a layer, or none: <paramref name="plan"/> is Training or Inference.</summary>
    public static IEnumerable<string> Calls(PlannedLayer layer, string plan)
    {
        if (!layer.Spec.Activity.IsNone)
            yield return $"backend.AddActivityPenalty({layer.Spec.Name}{plan}Penalty(samples));";
    }

    private static void Method(SourceWriter writer, PlannedLayer layer, string plan, int output, int outputGradient)
    {
        var length = Math.Max(layer.OutputTimesteps, 1) * layer.Units;
        var shape = Text.BlockShape(layer.OutputTimesteps, layer.Units);
        writer.Line();
        writer.Open($"private static {Type} {layer.Spec.Name}{plan}Penalty(int samples)");
        writer.Open("unchecked");
        writer.Open($"return new {Type}");
        writer.Line($"Output = {OffsetsEmitter.Offset(output)}, // {shape}");
        writer.Line(outputGradient < 0 ? "OutputGradient = -1," : $"OutputGradient = {OffsetsEmitter.Offset(outputGradient)}, // {shape}");
        writer.Line($"Length = {OffsetsEmitter.Offset(length)},");
        writer.Line($"Regularizer = {TensorText.Regularizer(layer.Spec.Activity)},");
        writer.Close("};");
        writer.Close();
        writer.Close();
    }
}
