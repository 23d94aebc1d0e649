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

        // Of several layers that begin with one's states, the first has the place where the gradients meet.
        foreach (var (place, from) in Handed(context.Model, layer))
        {
            context.Constants(
                "GradientSum", $"{from.Spec.Name}GradientSum",
                [
                    $"From = {Text.Code(from.Training.StateGradients)}", $"To = {Text.Code(place.Training.StateGradients)}",
                    $"Length = {Text.Code((from.Training.Carried >= 0 ? 2 : 1) * from.Units)}",
                ]);
        }

        if (!MakesMask(layer))
            return;

        Mask(context, layer, "Training", layer.Training);
        Mask(context, layer, "Inference", layer.Inference);
    }

    /// <summary>
    /// Writes the calls that add up gradients once a kernel has run: of its input from other readers, of the states that it begins with.
    /// </summary>
    public static void CallSums(EmissionContext context, PlannedLayer layer)
    {
        if (layer.Training.SummedGradient >= 0)
            CallSum(context, layer, layer.AsksForInputGradient);

        // The place where gradients of states meet is one of a layer that begins with them.
        if (layer.Spec is not RecurrentSpec { InitialFrom: > 0 })
            return;

        foreach (var encoder in context.Model.Layers)
        {
            foreach (var (place, from) in Handed(context.Model, encoder))
            {
                if (ReferenceEquals(place, layer))
                    CallSum(context, from, from.InitialGradient == Asked.WithInputGradient);
            }
        }
    }

    private static void CallSum(EmissionContext context, PlannedLayer layer, bool isAsked) =>
        context.Writer.Line($"{(isAsked ? "if (inputGradient) " : "")}backend.AddGradient({layer.Spec.Name}GradientSum.For(samples));");

    /// <summary>Of the kernels that begin with another's states the first, once with each of the others.</summary>
    private static IEnumerable<(PlannedLayer Place, PlannedLayer From)> Handed(PlannedModel model, PlannedLayer encoder) =>
        encoder.BegunBy.Skip(1).Select(later => (model.Layers[encoder.BegunBy[0]], model.Layers[later]));

    /// <summary>Writes the call that makes one mask of two, or none.</summary>
    public static void CallMask(EmissionContext context, PlannedLayer layer, string plan)
    {
        if (!MakesMask(layer))
            return;

        var rows = layer.Spec is CombineSpec { AppendsTimesteps: true }
            ? "samples"
            : $"unchecked(samples * {ProgramEmitter.Timesteps(context.Model, layer)})";
        context.Writer.Line($"backend.CombineForward<{layer.Spec.Name}MaskShape>({layer.Spec.Name}{plan}Mask.For(samples), {rows});");
    }

    private static bool MakesMask(PlannedLayer layer) => layer is { Spec: CombineSpec, MakesMask: true };

    private static void Mask(EmissionContext context, PlannedLayer layer, string plan, LayerOffsets places) => context.Constants(
        "CombineOffsets", $"{layer.Spec.Name}{plan}Mask",
        [$"Input = {Text.Code(places.Mask)}", $"Second = {Text.Code(places.SecondMask)}", $"Output = {Text.Code(places.MadeMask)}"]);
}
