namespace LstmDsl.Generators;

/// <summary>Turns layer attributes, each with the refinements that follow it, into kernels with all defaults filled in.</summary>
internal sealed class LayerBuilder(ModelDeclaration declaration, LayerNames names, BranchReader branches, List<Fault> faults)
{
    private readonly WeightBuilder weights = new(declaration, faults);
    private readonly RefinementReader refinements = new(declaration, faults);
    private readonly RecurrentBuilder recurrent = new(declaration, faults);
    private readonly InitialStateBuilder initial = new(declaration, faults);
    private readonly SimpleLayerBuilder simple = new(declaration, faults);
    private readonly MergingBuilder merging = new(declaration, branches, faults);
    private readonly AttentionBuilder attention = new(declaration, faults);
    private int inputFloats;
    private int inputFeatures;

    /// <summary>The layers so far.</summary>
    public List<DeclaredLayer> Declared { get; } = [];

    /// <summary>Their kernels.</summary>
    public List<LayerSpec> Kernels { get; } = [];

    /// <summary>
    /// Adds an input. Where it is not the only one, a kernel cuts it from the sample that holds them all, one after the other.
    /// </summary>
    public void AddInput(int index, InputSlot input, bool isOnly)
    {
        if (isOnly)
        {
            branches.Give(input.Name, input.FileName, -1, index);
            return;
        }

        Declared.Add(new DeclaredLayer(input.Name!, input.FileName, AttributeKind.Input, Kernels.Count, 1, default)
        {
            Inner = AttributeKind.Input,
            ReadsLayerBefore = false,
        });
        Kernels.Add(new InputSpec
        {
            Name = input.Name!,
            FileName = input.FileName,
            Attribute = index,
            Input = input,
            First = inputFloats,
            FirstFeature = inputFeatures,
            InputFrom = Kernels.Count + 1,
        });
        inputFloats = unchecked(inputFloats + (int)input.Length);
        inputFeatures = unchecked(inputFeatures + input.Features);
        branches.Give(input.Name, input.FileName, Kernels.Count - 1, index);
    }

    /// <summary>Adds the layer whose attribute has this index.</summary>
    /// <param name="index">The attribute.</param>
    /// <param name="wrapper">The attribute that wraps it, if any.</param>
    public void Add(int index, int? wrapper)
    {
        var attribute = declaration.Attributes[index];
        var kind = wrapper is { } outer ? declaration.Attributes[outer].Kind : attribute.Kind;
        var (name, file) = names.Next(kind, attribute, index, faults);
        var found = refinements.Of(index, name, attribute.Flag("UseBias", true));
        var sources = attribute.IsMerging ? branches.ReadMerged(index)
            : attribute.IsAttention ? branches.ReadAttention(index)
            : [branches.ReadCurrent()];
        var kernels = attribute.Kind switch
        {
            AttributeKind.Dense => Dense(index, name, file, found, "units", window: 0),
            AttributeKind.Conv1D => Convolution(index, name, file, found),
            _ when attribute.IsAttention => attention.Build(index, name, file, sources, Kernels.Count, found),
            _ when attribute.IsMerging => merging.Build(index, name, file, sources, Kernels.Count),
            _ when attribute.IsRecurrent => recurrent.Build(index, wrapper, name, file, found),
            _ => [simple.Build(index, name, file, found)],
        };
        var encoder = attribute.IsRecurrent ? branches.ReadState(index) : null;
        if (encoder is { } source)
        {
            initial.Connect(index, name, kernels, source, Kernels);
            sources = [sources[0], source];
        }

        // What the size of the output costs is the last kernel's to say; of two directions, each by itself.
        var activity = weights.Regularizer(index, "ActivityL1", "ActivityL2");
        var first = Kernels.Count;
        Declared.Add(new DeclaredLayer(name, file, kind, first, kernels.Count, sources.Select(branches.FileNameOf).ToEquatableArray())
        {
            Inner = attribute.Kind,
            ReadsLayerBefore = sources.Count == 1 && sources[0] == first - 1,
        });
        for (var i = 0; i < kernels.Count; i++)
        {
            var pays = kind != AttributeKind.Bidirectional ? i == kernels.Count - 1 : kernels[i] is RecurrentSpec;
            var readsLayers = !attribute.IsMerging && !attribute.IsAttention && kernels[i].InputFrom > i;
            Kernels.Add(kernels[i] with
            {
                IsTrainable = attribute.Flag("Trainable", true),
                InputFrom = readsLayers ? first + i - sources[0] : kernels[i].InputFrom,
                Activity = pays ? activity : kernels[i].Activity,
            });
        }

        branches.Give(name, file, Kernels.Count - 1, index);
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
