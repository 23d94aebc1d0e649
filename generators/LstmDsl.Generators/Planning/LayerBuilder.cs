using System.Globalization;

namespace LstmDsl.Generators;

/// <summary>Turns one layer attribute, with the refinements that follow it, into a layer with all defaults filled in.</summary>
internal sealed class LayerBuilder(ModelDeclaration declaration, LayerNames names, List<Fault> faults)
{
    /// <summary>Builds the layer whose attribute has this index.</summary>
    public LayerSpec Build(int index)
    {
        var attribute = declaration.Attributes[index];
        var (name, file) = names.Next(attribute, index, faults);
        var units = AttributeRules.Size(declaration, index, "units", faults);
        var useBias = attribute.Flag("UseBias", true);
        var refinements = Refinements(index, name, useBias);

        var kernel = Weight(refinements, AttributeKind.Kernel)
            ?? new InitializerSpec(AttributeRules.Choice(attribute, index, "kernel", Init.GlorotUniform, faults));
        var bias = Weight(refinements, AttributeKind.Bias) ?? new InitializerSpec(Init.Zeros);
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

        var recurrentKernel = Weight(refinements, AttributeKind.RecurrentKernel) ?? new InitializerSpec(Init.Orthogonal);
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
            Bias = forgetBias ? bias with { OnesFrom = units, OnesCount = units } : bias,
        };
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
            else if (refinement.Kind == AttributeKind.Kernel && attribute.Find("kernel") is not null)
                Contradict(i, null, "[Kernel]", $"the kernel initializer in [{attribute.DisplayName}]");
            else
                found.Add(refinement.Kind, i);
        }

        if (!useBias && attribute.Find("UnitForgetBias") is { Number: not 0 })
            Contradict(layer, "UnitForgetBias", "UnitForgetBias = true", "UseBias = false");
        return found;
    }

    /// <summary>How a refined weight starts; null where there is no refinement.</summary>
    private InitializerSpec? Weight(Dictionary<AttributeKind, int> refinements, AttributeKind kind)
    {
        if (!refinements.TryGetValue(kind, out var index))
            return null;

        var attribute = declaration.Attributes[index];
        var init = AttributeRules.Choice(attribute, index, "init", Init.Zeros, faults);
        if (init == Init.Orthogonal && kind == AttributeKind.Bias)
            Unsuitable(index, "init", "Orthogonal", "a bias is no matrix");

        var value = attribute.Number("Value");
        if (init != Init.Constant && attribute.Find("Value") is not null)
            Contradict(index, "Value", "Value", $"Init.{init}, which draws its own values");
        else if (double.IsNaN(value) || double.IsInfinity((float)value))
            Unsuitable(index, "Value", value.ToString(CultureInfo.InvariantCulture), "weights are finite 32-bit numbers");
        return new InitializerSpec(init, init == Init.Constant ? value : 0);
    }

    private void Contradict(int index, string? argument, string one, string other) =>
        faults.Add(Fault.OfAttribute(Descriptors.Contradiction.Id, index, argument, one, other));

    private void Unsuitable(int index, string argument, string found, string reason) =>
        faults.Add(Fault.OfAttribute(
            Descriptors.UnsuitableValue.Id, index, argument, declaration.Attributes[index].DisplayName, argument, found, reason));
}
