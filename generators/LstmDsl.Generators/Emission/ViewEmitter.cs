namespace LstmDsl.Generators;

/// <summary>Writes the typed view of a layer's weights.</summary>
internal static class ViewEmitter
{
    /// <summary>Writes the view of a layer, if it has weights.</summary>
    public static void Emit(EmissionContext context, DeclaredLayer declared)
    {
        var kernels = context.Model.KernelsOf(declared);
        var weighted = kernels.Where(kernel => kernel.Tensors.Count > 0).ToArray();
        if (weighted.Length == 0)
            return;

        var last = kernels[kernels.Count - 1];
        var input = Text.Shape(kernels[0].Timesteps, kernels[0].Inputs);
        var output = Text.Shape(last.OutputTimesteps, last.Units);
        var shapes = string.Join(", ", weighted[0].Tensors.Select(tensor => $"{Words(tensor)} {Text.Shape(tensor)}"));
        var order = weighted[0].Spec switch
        {
            LstmSpec => "; gates in the order i, f, c, o",
            GruSpec => "; gates in the order z, r, h",
            _ => "",
        };
        var each = weighted.Length > 1 ? ", of each direction" : "";
        var type = $"{EmissionContext.Library}{weighted[0].Spec.RuntimeKind}View";
        var (view, value) = weighted.Length > 1
            ? ($"{EmissionContext.Library}BidirectionalView<{type}>", $"new(new({Arguments(weighted[0])}), new({Arguments(weighted[1])}))")
            : (type, $"new({Arguments(weighted[0])})");
        context.Member(
            $"<summary>\nThe weights of the layer <c>{declared.FileName}</c>, which takes {input} and gives {output}:\n"
            + $"{shapes}{order}{each}.\n</summary>",
            $"public {view} {declared.Name}",
            value);
    }

    private static string Arguments(PlannedLayer layer)
    {
        var hasBias = layer.Tensors.Any(tensor => tensor.Role == "Bias");
        return $"state, firstTensor: {Text.Code(layer.FirstTensor)}, hasBias: {Text.Code(hasBias)}";
    }

    private static string Words(PlannedTensor tensor) => LayerNames.ToSnakeCase(tensor.Role).Replace('_', ' ');
}
