namespace LstmDsl.Generators;

/// <summary>Turns layer attributes, each with the refinements that follow it, into kernels with all defaults filled in.</summary>
internal sealed class LayerBuilder(ModelDeclaration declaration, LayerNames names, List<Fault> faults)
{
    private readonly WeightBuilder weights = new(declaration, faults);
    private readonly RefinementReader refinements = new(declaration, faults);

    /// <summary>The layers so far.</summary>
    public List<DeclaredLayer> Declared { get; } = [];

    /// <summary>Their kernels.</summary>
    public List<LayerSpec> Kernels { get; } = [];

    /// <summary>Adds the layer whose attribute has this index.</summary>
    /// <param name="index">The attribute.</param>
    /// <param name="wrapper">The attribute that wraps it, if any.</param>
    public void Add(int index, int? wrapper)
    {
        var attribute = declaration.Attributes[index];
        var kind = wrapper is { } outer ? declaration.Attributes[outer].Kind : attribute.Kind;
        var (name, file) = names.Next(kind, attribute, index, faults);
        var first = Kernels.Count;
        if (!attribute.HasWeights)
            _ = refinements.Of(index, name, useBias: false);
        switch (attribute.Kind)
        {
            case AttributeKind.Activation:
                Kernels.Add(new ActivationSpec
                {
                    Name = name,
                    FileName = file,
                    Attribute = index,
                    Activation = AttributeRules.Choice(attribute, index, "activation", Activation.Linear, faults),
                });
                break;
            case AttributeKind.Dense:
                AddDense(index, name, file);
                break;
            default:
                AddRecurrent(index, wrapper, name, file);
                break;
        }

        // What the size of the output costs is the last kernel's to say; of two directions, each by itself.
        var activity = weights.Regularizer(index, "ActivityL1", "ActivityL2");
        for (var i = first; i < Kernels.Count; i++)
        {
            if (wrapper is null ? i == Kernels.Count - 1 : Kernels[i] is RecurrentSpec)
                Kernels[i] = Kernels[i] with { Activity = activity };
        }

        Declared.Add(new DeclaredLayer(name, file, kind, first, Kernels.Count - first));
    }

    /// <summary>Adds a recurrent layer, or two and what puts their outputs together.</summary>
    private void AddRecurrent(int index, int? wrapper, string name, string file)
    {
        var layer = Recurrent(index, name, file);
        if (wrapper is not { } outer)
        {
            Kernels.Add(layer);
            return;
        }

        if (layer.GoBackwards)
        {
            faults.Add(Fault.OfAttribute(
                Descriptors.Contradiction.Id, index, "GoBackwards", "GoBackwards = true", "[Bidirectional], which runs in both directions"));
        }

        var half = layer with { IsHalf = true };
        Kernels.Add(half with { Name = name + "Forward", FileName = file + ".forward", GoBackwards = false });
        Kernels.Add(half with { Name = name + "Backward", FileName = file + ".backward", GoBackwards = true, InputFrom = 2 });
        Kernels.Add(new MergeSpec
        {
            Name = name + "Merge",
            FileName = file,
            Attribute = index,
            InputFrom = 2,
            Merge = AttributeRules.Choice(declaration.Attributes[outer], outer, "merge", Merge.Concat, faults),
        });
    }

    /// <summary>Adds a dense kernel, and one for its activation where the dense kernel cannot apply it in place.</summary>
    private void AddDense(int index, string name, string file)
    {
        var attribute = declaration.Attributes[index];
        var useBias = attribute.Flag("UseBias", true);
        var found = refinements.Of(index, name, useBias);
        var activation = AttributeRules.Choice(attribute, index, "Activation", Activation.Linear, faults);
        var apart = activation.NeedsInput() || activation.WorksOnRows();
        Kernels.Add(new DenseSpec
        {
            Name = name,
            FileName = file,
            Attribute = index,
            Units = AttributeRules.Size(declaration, index, "units", faults),
            Activation = apart ? Activation.Linear : activation,
            UseBias = useBias,
            Kernel = weights.Build(AttributeKind.Kernel, found, index, Init.GlorotUniform),
            Bias = weights.Build(AttributeKind.Bias, found, index, Init.Zeros),
        });
        if (apart)
            Kernels.Add(new ActivationSpec { Name = name + "Activation", FileName = file, Attribute = index, Activation = activation });
    }

    private RecurrentSpec Recurrent(int index, string name, string file)
    {
        var attribute = declaration.Attributes[index];
        var units = AttributeRules.Size(declaration, index, "units", faults);
        var useBias = attribute.Flag("UseBias", true);
        var found = refinements.Of(index, name, useBias);
        var activation = CellActivation(index, "Activation", Activation.Tanh);
        var kernel = weights.Build(AttributeKind.Kernel, found, index, Init.GlorotUniform);
        var recurrentKernel = weights.Build(AttributeKind.RecurrentKernel, found, index, Init.Orthogonal);
        var bias = weights.Build(AttributeKind.Bias, found, index, Init.Zeros);
        if (attribute.Kind == AttributeKind.SimpleRnn)
        {
            return new SimpleRnnSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                Units = units,
                Activation = activation,
                UseBias = useBias,
                ReturnSequences = attribute.Flag("ReturnSequences", false),
                GoBackwards = attribute.Flag("GoBackwards", false),
                Kernel = kernel,
                RecurrentKernel = recurrentKernel,
                Bias = bias,
            };
        }

        if (attribute.Kind == AttributeKind.Gru)
        {
            return new GruSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                Units = units,
                Activation = activation,
                RecurrentActivation = CellActivation(index, "RecurrentActivation", Activation.Sigmoid),
                ResetAfter = attribute.Flag("ResetAfter", true),
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
            Activation = activation,
            RecurrentActivation = CellActivation(index, "RecurrentActivation", Activation.Sigmoid),
            UseBias = useBias,
            ReturnSequences = attribute.Flag("ReturnSequences", false),
            GoBackwards = attribute.Flag("GoBackwards", false),
            Kernel = kernel,
            RecurrentKernel = recurrentKernel,
            Bias = forgetBias ? bias with { Initializer = bias.Initializer with { OnesFrom = units, OnesCount = units } } : bias,
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
