namespace LstmDsl.Generators;

/// <summary>Turns recurrent layers' attributes into kernels: the layer itself, both directions of it, and dropout of its input.</summary>
internal sealed class RecurrentBuilder(ModelDeclaration declaration, List<Fault> faults)
{
    private readonly WeightBuilder weights = new(declaration, faults);

    /// <summary>Builds the kernels of a layer.</summary>
    /// <param name="index">Its attribute.</param>
    /// <param name="wrapper">The attribute that wraps it, if any.</param>
    /// <param name="name">Its name in code.</param>
    /// <param name="file">Its name in files.</param>
    /// <param name="found">Indices of its refinements.</param>
    public List<LayerSpec> Build(int index, int? wrapper, string name, string file, IReadOnlyDictionary<AttributeKind, int> found)
    {
        var kernels = new List<LayerSpec>();
        var dropout = Rate(index, "Dropout");
        var layer = Recurrent(index, name, file, found);
        if (wrapper is not { } outer)
        {
            AddWithDropout(kernels, layer, dropout);
            return kernels;
        }

        if (layer.GoBackwards)
        {
            faults.Add(Fault.OfAttribute(
                Descriptors.Contradiction.Id, index, "GoBackwards", "GoBackwards = true",
                "[Bidirectional], which runs in both directions"));
        }

        var half = layer with { IsHalf = true };
        AddWithDropout(kernels, half with { Name = name + "Forward", FileName = file + ".forward", GoBackwards = false }, dropout);
        var forward = kernels.Count;
        var backward = half with { Name = name + "Backward", FileName = file + ".backward", GoBackwards = true, InputFrom = forward + 1 };
        AddWithDropout(kernels, backward, dropout);
        kernels.Add(new MergeSpec
        {
            Name = name + "Merge",
            FileName = file,
            Attribute = index,
            InputFrom = kernels.Count - forward + 1,
            Merge = AttributeRules.Choice(declaration.Attributes[outer], outer, "merge", Merge.Concat, faults),
        });
        return kernels;
    }

    /// <summary>A rate of dropout, or 0 where it is none.</summary>
    public static double Rate(WeightBuilder weights, int index, string argument) =>
        weights.Number(index, argument, otherwise: 0, rate => rate is >= 0 and < 1, "a rate of dropout is at least 0 and below 1");

    private double Rate(int index, string argument) => Rate(weights, index, argument);

    /// <summary>Without recurrent dropout all gates share the input's mask, so that dropout before the layer does.</summary>
    private static void AddWithDropout(List<LayerSpec> kernels, RecurrentSpec layer, double dropout)
    {
        if (dropout == 0 || layer.RecurrentDropout > 0)
        {
            kernels.Add(dropout == 0 ? layer : layer with { Dropout = dropout });
            return;
        }

        kernels.Add(new DropoutSpec
        {
            Name = layer.Name + "Dropout",
            FileName = layer.FileName,
            Attribute = layer.Attribute,
            InputFrom = layer.InputFrom,
            Rate = dropout,
            SameOverTime = true,
        });
        kernels.Add(layer with { InputFrom = 1 });
    }

    private RecurrentSpec Recurrent(int index, string name, string file, IReadOnlyDictionary<AttributeKind, int> found)
    {
        var attribute = declaration.Attributes[index];
        var kind = RecurrentKind.Of(attribute);
        var units = AttributeRules.Size(declaration, index, "units", faults);
        var useBias = attribute.Flag("UseBias", true);
        var activation = CellActivation(index, "Activation", kind.UsualActivation);
        var kernel = weights.Build(AttributeKind.Kernel, found, index, Init.GlorotUniform);
        var recurrentKernel = weights.Build(AttributeKind.RecurrentKernel, found, index, Init.Orthogonal);
        var bias = weights.Build(AttributeKind.Bias, found, index, Init.Zeros);
        if (kind.HasForgetBias && useBias && attribute.Flag("UnitForgetBias", true))
            bias = bias with { Initializer = bias.Initializer with { OnesFrom = units, OnesCount = units } };
        return new RecurrentSpec
        {
            Kind = kind,
            Name = name,
            FileName = file,
            Attribute = index,
            Units = units,
            Activation = activation,
            RecurrentActivation = kind.HasGates ? CellActivation(index, "RecurrentActivation", Activation.Sigmoid) : activation,
            UseBias = useBias,
            ReturnSequences = attribute.Flag("ReturnSequences", false),
            GoBackwards = attribute.Flag("GoBackwards", false),
            Kernel = kernel,
            RecurrentKernel = recurrentKernel,
            Bias = bias,
            RecurrentDropout = Rate(index, "RecurrentDropout"),
            Stateful = attribute.Flag("Stateful", false),
        };
    }

    /// <summary>An activation within a cell, which works on one unit at a time.</summary>
    private Activation CellActivation(int index, string argument, Activation otherwise)
    {
        var attribute = declaration.Attributes[index];
        var activation = AttributeRules.Choice(attribute, index, argument, otherwise, faults);
        if (!activation.WorksOnRows())
            return activation;

        faults.Add(Fault.OfAttribute(
            Descriptors.UnsuitableValue.Id, index, argument, attribute.DisplayName, argument, activation.ToString(),
            "a cell works on one unit at a time, and this activation on whole rows; put [Activation] after the layer"));
        return otherwise;
    }
}
