namespace LstmDsl.Generators;

/// <summary>Turns layer attributes, each with the refinements that follow it, into kernels with all defaults filled in.</summary>
internal sealed class LayerBuilder(ModelDeclaration declaration, LayerNames names, List<Fault> faults)
{
    private readonly WeightBuilder weights = new(declaration, faults);
    private readonly RefinementReader refinements = new(declaration, faults);
    private readonly RecurrentBuilder recurrent = new(declaration, faults);
    private readonly SimpleLayerBuilder simple = new(declaration, faults);

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
        var found = refinements.Of(index, name, attribute.Flag("UseBias", true));
        var kernels = attribute.Kind switch
        {
            AttributeKind.Dense => Dense(index, name, file, found, "units", window: 0),
            AttributeKind.Conv1D => Convolution(index, name, file, found),
            _ when attribute.IsRecurrent => recurrent.Build(index, wrapper, name, file, found),
            _ => [simple.Build(index, name, file, found)],
        };

        // What the size of the output costs is the last kernel's to say; of two directions, each by itself.
        var activity = weights.Regularizer(index, "ActivityL1", "ActivityL2");
        Declared.Add(new DeclaredLayer(name, file, kind, Kernels.Count, kernels.Count));
        for (var i = 0; i < kernels.Count; i++)
        {
            var pays = wrapper is null ? i == kernels.Count - 1 : kernels[i] is RecurrentSpec;
            Kernels.Add(pays ? kernels[i] with { Activity = activity } : kernels[i]);
        }
    }

    /// <summary>A dense kernel, and one for its activation where the dense kernel cannot apply it in place.</summary>
    private List<LayerSpec> Dense(
        int index, string name, string file, IReadOnlyDictionary<AttributeKind, int> found, string units, int window)
    {
        var attribute = declaration.Attributes[index];
        var activation = AttributeRules.Choice(attribute, index, "Activation", Activation.Linear, faults);
        var apart = activation.NeedsInput() || activation.WorksOnRows();
        var kernels = new List<LayerSpec>
        {
            new DenseSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                Units = AttributeRules.Size(declaration, index, units, faults),
                Activation = apart ? Activation.Linear : activation,
                UseBias = attribute.Flag("UseBias", true),
                Kernel = weights.Build(AttributeKind.Kernel, found, index, Init.GlorotUniform),
                Bias = weights.Build(AttributeKind.Bias, found, index, Init.Zeros),
                Window = window,
            },
        };
        if (apart)
            kernels.Add(new ActivationSpec { Name = name + "Activation", FileName = file, Attribute = index, Activation = activation });
        return kernels;
    }

    /// <summary>A convolution: its windows side by side, and a dense kernel over them.</summary>
    private List<LayerSpec> Convolution(int index, string name, string file, IReadOnlyDictionary<AttributeKind, int> found)
    {
        var attribute = declaration.Attributes[index];
        var size = AttributeRules.Size(declaration, index, "kernelSize", faults);
        var strides = AttributeRules.Size(declaration, index, "Strides", faults);
        var dilation = AttributeRules.Size(declaration, index, "DilationRate", faults);
        if (strides > 1 && dilation > 1)
            faults.Add(Fault.OfAttribute(Descriptors.Contradiction.Id, index, "DilationRate", "DilationRate", "Strides: one of them is 1"));

        var padding = AttributeRules.Choice(attribute, index, "Padding", Padding.Valid, faults);
        var windows = new WindowsSpec
        {
            Name = name + "Windows",
            FileName = file,
            Attribute = index,
            Sliding = new SlidingWindow(size, strides, dilation, padding),
        };
        return [windows, .. Dense(index, name, file, found, "filters", size)];
    }
}
