namespace LstmDsl.Generators;

/// <summary>Turns one layer attribute, with the refinements that follow it, into a layer with all defaults filled in.</summary>
internal sealed class LayerBuilder(ModelDeclaration declaration, LayerNames names, List<Fault> faults)
{
    private readonly WeightBuilder weights = new(declaration, faults);

    /// <summary>Builds the layer whose attribute has this index.</summary>
    public LayerSpec Build(int index) => Layer(index) with { Activity = weights.Regularizer(index, "ActivityL1", "ActivityL2") };

    private LayerSpec Layer(int index)
    {
        var attribute = declaration.Attributes[index];
        var (name, file) = names.Next(attribute, index, faults);
        var units = AttributeRules.Size(declaration, index, "units", faults);
        var useBias = attribute.Flag("UseBias", true);
        var refinements = Refinements(index, name, useBias);

        var kernel = Weight(AttributeKind.Kernel, Init.GlorotUniform);
        var bias = Weight(AttributeKind.Bias, Init.Zeros);
        if (attribute.Kind == AttributeKind.Dense)
        {
            return new DenseSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                Units = units,
                Activation = AttributeRules.Choice(attribute, index, "Activation", Activation.Linear, faults),
                UseBias = useBias,
                Kernel = kernel,
                Bias = bias,
            };
        }

        var recurrentKernel = Weight(AttributeKind.RecurrentKernel, Init.Orthogonal);
        if (attribute.Kind == AttributeKind.SimpleRnn)
        {
            return new SimpleRnnSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                Units = units,
                Activation = AttributeRules.Choice(attribute, index, "Activation", Activation.Tanh, faults),
                UseBias = useBias,
                ReturnSequences = attribute.Flag("ReturnSequences", false),
                GoBackwards = attribute.Flag("GoBackwards", false),
                Kernel = kernel,
                RecurrentKernel = recurrentKernel,
                Bias = bias,
            };
        }

        var forgetBias = useBias && attribute.Flag("UnitForgetBias", true);
        return new LstmSpec
        {
            Name = name,
            FileName = file,
            Attribute = index,
            Units = units,
            Activation = AttributeRules.Choice(attribute, index, "Activation", Activation.Tanh, faults),
            RecurrentActivation = AttributeRules.Choice(attribute, index, "RecurrentActivation", Activation.Sigmoid, faults),
            UseBias = useBias,
            ReturnSequences = attribute.Flag("ReturnSequences", false),
            GoBackwards = attribute.Flag("GoBackwards", false),
            Kernel = kernel,
            RecurrentKernel = recurrentKernel,
            Bias = forgetBias ? bias with { Initializer = bias.Initializer with { OnesFrom = units, OnesCount = units } } : bias,
        };

        WeightSpec Weight(AttributeKind kind, Init otherwise) =>
            weights.Build(kind, refinements.TryGetValue(kind, out var refinement) ? refinement : null, index, otherwise);
    }

    /// <summary>The refinements between this layer's attribute and the next one's, by kind; those that cannot apply are faults.</summary>
    private Dictionary<AttributeKind, int> Refinements(int layer, string name, bool useBias)
    {
        var attribute = declaration.Attributes[layer];
        var found = new Dictionary<AttributeKind, int>();
        for (var i = layer + 1; i < declaration.Attributes.Count && !declaration.Attributes[i].IsLayer; i++)
        {
            var refinement = declaration.Attributes[i];
            if (!refinement.IsRefinement)
                continue;

            if (refinement.Kind == AttributeKind.RecurrentKernel && attribute.Kind == AttributeKind.Dense)
                faults.Add(Fault.OfAttribute(Descriptors.WeightMissing.Id, i, null, refinement.DisplayName, name, "it is not recurrent"));
            else if (refinement.Kind == AttributeKind.Bias && !useBias)
                faults.Add(Fault.OfAttribute(Descriptors.WeightMissing.Id, i, null, refinement.DisplayName, name, "its UseBias is false"));
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

    private void Contradict(int index, string? argument, string one, string other) =>
        faults.Add(Fault.OfAttribute(Descriptors.Contradiction.Id, index, argument, one, other));
}
