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
        var order = weighted[0].Spec is RecurrentSpec { Kind: { HasGates: true, Gates: var gates } }
            ? $"; gates in the order {string.Join(", ", gates.ToCharArray())}"
            : "";
        if (declared.Kind == AttributeKind.MultiHeadAttention)
        {
            OfHeads(context, declared, weighted, output);
            return;
        }

        var each = weighted.Length > 1 ? ", of each direction" : "";
        var kind = weighted[0].Spec switch
        {
            RecurrentSpec => "Recurrent",
            AttentionSpec => "Attention",
            _ => declared.Inner.ToString(),
        };
        var type = $"{EmissionContext.Library}{kind}View";
        var (view, value) = weighted.Length > 1
            ? ($"{EmissionContext.Library}BidirectionalView<{type}>", $"new(new({Arguments(weighted[0])}), new({Arguments(weighted[1])}))")
            : (type, $"new({Arguments(weighted[0])})");
        var documentation = $"<summary>Weights of <c>{declared.FileName}</c>, {input} to {output}: {shapes}{order}{each}.</summary>";
        context.Member(
            context.Writer.Fits("/// ".Length + documentation.Length) ? documentation : documentation.Replace("<summary>", "<summary>\n").Replace("</summary>", "\n</summary>"),
            $"public {view} {declared.Name}",
            value);
    }

    /// <summary>The view of the projections of query, keys and values, and of that of what the heads give.</summary>
    private static void OfHeads(EmissionContext context, DeclaredLayer declared, IReadOnlyList<PlannedLayer> projections, string output)
    {
        var shapes = string.Join(", ", projections.Select(projection => Text.Shape(projection.Tensors[0])));
        context.Member(
            $"<summary>Weights of <c>{declared.FileName}</c>, to {output}: kernels of query, key, value and output {shapes}.</summary>",
            $"public {EmissionContext.Library}MultiHeadAttentionView {declared.Name}",
            $"new({string.Join(", ", projections.Select(projection => $"new({Arguments(projection)})"))})");
    }

    private static string Arguments(PlannedLayer layer)
    {
        var first = $"firstTensor: {Text.Code(layer.FirstTensor)}";
        return layer.Spec switch
        {
            RecurrentSpec => $"state, {Index(layer, "Kernel")}, {Index(layer, "RecurrentKernel")}, {Index(layer, "Bias")}",
            EmbeddingSpec => $"state, {first}",
            AttentionSpec => $"state, {Index(layer, "Scale")}, {Index(layer, "ConcatScoreWeight")}",
            AffineSpec => $"state, {Index(layer, "Mean")}",
            BatchNormalizationSpec => $"state, {Index(layer, "Gamma")}, {Index(layer, "Beta")}, {Index(layer, "MovingMean")}",
            NormalizationSpec => $"state, {Index(layer, "Gamma")}, {Index(layer, "Beta")}",
            _ => $"state, {first}, hasBias: {Text.Code(layer.Tensors.Any(tensor => tensor.Role == "Bias"))}",
        };
    }

    private static string Index(PlannedLayer layer, string role)
    {
        var index = layer.Tensors.FirstOrDefault(tensor => tensor.Role == role)?.Index ?? -1;
        return $"{char.ToLowerInvariant(role[0])}{role.Substring(1)}: {(index < 0 ? "-1" : Text.Code(index))}";
    }

    private static string Words(PlannedTensor tensor) => LayerNames.ToSnakeCase(tensor.Role).Replace('_', ' ');
}
