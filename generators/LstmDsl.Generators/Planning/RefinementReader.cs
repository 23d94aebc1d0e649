namespace LstmDsl.Generators;

/// <summary>Finds the refinements of a layer's weights.</summary>
internal sealed class RefinementReader(ModelDeclaration declaration, List<Fault> faults)
{
    /// <summary>The refinements between this layer's attribute and the next one's, by kind; those that cannot apply are faults.</summary>
    public Dictionary<AttributeKind, int> Of(int layer, string name, bool useBias)
    {
        var attribute = declaration.Attributes[layer];
        var found = new Dictionary<AttributeKind, int>();
        for (var i = layer + 1; i < declaration.Attributes.Count; i++)
        {
            var refinement = declaration.Attributes[i];
            if (refinement.IsLayer || refinement.IsWrapper)
                break;
            if (!refinement.IsRefinement)
                continue;

            if (Obstacle(attribute, refinement.Kind, useBias) is { } obstacle)
                faults.Add(Fault.OfAttribute(Descriptors.WeightMissing.Id, i, null, refinement.DisplayName, name, obstacle));
            else if (found.ContainsKey(refinement.Kind))
                Contradict(i, null, $"[{refinement.DisplayName}]", $"the [{refinement.DisplayName}] of '{name}' before it");
            else if (refinement.Kind == AttributeKind.Kernel && refinement.Find("init") is not null && attribute.Find("kernel") is not null)
                Contradict(i, null, "[Kernel]", $"the kernel initializer in [{attribute.DisplayName}]");
            else
                found.Add(refinement.Kind, i);
        }

        if (!useBias && attribute.Find("UnitForgetBias") is { Number: not 0 })
            Contradict(layer, "UnitForgetBias", "UnitForgetBias = true", "UseBias = false");
        return found;
    }

    /// <summary>Why a layer does not have the weight that is refined; null where it does.</summary>
    private static string? Obstacle(DeclaredAttribute layer, AttributeKind refinement, bool useBias) => refinement switch
    {
        _ when !layer.HasKernel && !layer.IsNormalization && layer.Kind != AttributeKind.Embedding => "it has no weights",
        AttributeKind.Kernel or AttributeKind.Bias when !layer.HasKernel => "it has no kernel",
        AttributeKind.RecurrentKernel when !layer.IsRecurrent => "it is not recurrent",
        AttributeKind.RecurrentKernel when !RecurrentKind.Of(layer).HasRecurrentKernel => "it has no recurrent kernel",
        AttributeKind.Bias when !useBias => "its UseBias is false",
        AttributeKind.Gamma or AttributeKind.Beta when !layer.IsNormalization => "it does not normalise",
        AttributeKind.Gamma when !layer.Flag("Scale", true) => "its Scale is false",
        AttributeKind.Beta when !layer.Flag("Center", true) => "its Center is false",
        AttributeKind.Embeddings when layer.Kind != AttributeKind.Embedding => "it is no embedding",
        _ => null,
    };

    private void Contradict(int index, string? argument, string one, string other) =>
        faults.Add(Fault.OfAttribute(Descriptors.Contradiction.Id, index, argument, one, other));
}
