namespace LstmDsl.Generators;

/// <summary>
/// Writes what a kernel needs beside its own call where outputs are read more than once or put together: sums of gradients, and masks.
/// </summary>
internal static class GraphEmitter
{
    /// <summary>Writes, of a kernel that needs them, the offsets.</summary>
    public static void Emit(EmissionContext context, PlannedLayer layer)
    {
        if (layer.Training.SummedGradient >= 0)
        {
            context.Constants(
                "GradientSum", $"{layer.Spec.Name}GradientSum",
                [
                    $"From = {Text.Code(layer.Training.InputGradient)}", $"To = {Text.Code(layer.Training.SummedGradient)}",
                    $"Length = {Text.Code(Math.Max(layer.Timesteps, 1) * layer.Inputs)}",
                ]);
        }

        if (!MakesMask(layer))
            return;

        Mask(context, layer, "Training", layer.Training);
        Mask(context, layer, "Inference", layer.Inference);
    }

    /// <summary>The call that adds the gradient of a kernel's input to those of other readers, or none.</summary>
    public static IEnumerable<string> Sum(PlannedLayer layer)
    {
        if (layer.Training.SummedGradient < 0)
            yield break;

        var question = layer.AsksForInputGradient ? "if (inputGradient) " : "";
        yield return $"{question}backend.AddGradient({layer.Spec.Name}GradientSum.For(samples));";
    }

    /// <summary>The call that makes one mask of two, or none.</summary>
    public static IEnumerable<string> Mask(PlannedModel model, PlannedLayer layer, string plan)
    {
        if (!MakesMask(layer))
            yield break;

        var rows = layer.Spec is CombineSpec { AppendsTimesteps: true } ? "samples" : $"unchecked(samples * {ProgramEmitter.Timesteps(model, layer)})";
        yield return $"backend.CombineForward<{layer.Spec.Name}MaskShape>({layer.Spec.Name}{plan}Mask.For(samples), {rows});";
    }

    private static bool MakesMask(PlannedLayer layer) => layer is { Spec: CombineSpec, MakesMask: true };

    private static void Mask(EmissionContext context, PlannedLayer layer, string plan, LayerOffsets places) => context.Constants(
        "CombineOffsets", $"{layer.Spec.Name}{plan}Mask",
        [$"Input = {Text.Code(places.Mask)}", $"Second = {Text.Code(places.SecondMask)}", $"Output = {Text.Code(places.MadeMask)}"]);
}
