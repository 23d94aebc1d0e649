namespace LstmDsl.Generators;

/// <summary>Writes the typed view of a layer's weights.</summary>
internal static class ViewEmitter
{
    /// <summary>Writes the view of a layer, if it has weights.</summary>
    public static void Emit(EmissionContext context, DeclaredLayer declared)
    {
        var kernels = context.Model.KernelsOf(declared);
        if (kernels.FirstOrDefault(kernel => kernel.Tensors.Count > 0) is not { } layer)
            return;

        var shapes = string.Join(", ", layer.Tensors.Select(tensor => $"{Words(tensor)} {Text.Shape(tensor)}"));
        var order = layer.Spec switch
        {
            LstmSpec => "; gates in the order i, f, c, o",
            GruSpec => "; gates in the order z, r, h",
            _ => "",
        };
        var last = kernels[kernels.Count - 1];
        var input = Text.Shape(kernels[0].Timesteps, kernels[0].Inputs);
        var output = Text.Shape(last.OutputTimesteps, last.Units);
        context.Member(
            $"<summary>\nThe weights of the layer <c>{declared.FileName}</c>, which takes {input} and gives {output}:\n"
            + $"{shapes}{order}.\n</summary>",
            $"public {EmissionContext.Library}{declared.Kind}View {declared.Name}",
            $"new({Arguments(layer)})");
    }

    private static string Arguments(PlannedLayer layer)
    {
        var hasBias = layer.Tensors.Any(tensor => tensor.Role == "Bias");
        return $"state, firstTensor: {Text.Code(layer.FirstTensor)}, hasBias: {Text.Code(hasBias)}";
    }

    private static string Words(PlannedTensor tensor) => LayerNames.ToSnakeCase(tensor.Role).Replace('_', ' ');
}
