namespace LstmDsl.Generators;

/// <summary>
/// One kernel of the program, all defaults filled in. Most declared layers are one of them; <see cref="DeclaredLayer"/> says which belong
/// together.
/// </summary>
internal abstract record LayerSpec
{
    /// <summary>Name in code: <c>Lstm</c>, <c>Lstm1</c>, or the declared one.</summary>
    public required string Name { get; init; }

    /// <summary>Name in files and summaries: <c>lstm</c>, <c>lstm_1</c>, or the declared one in snake case.</summary>
    public required string FileName { get; init; }

    /// <summary>Index of its attribute.</summary>
    public required int Attribute { get; init; }

    /// <summary>What the size of its outputs costs.</summary>
    public RegularizerSpec Activity { get; init; } = RegularizerSpec.None;

    /// <summary>How many kernels before it the one stands whose output it reads; 1 for the one right before it.</summary>
    public int InputFrom { get; init; } = 1;

    /// <summary>Whether its output at a timestep follows from that timestep and what it keeps of those before.</summary>
    public virtual bool Streams => false;

    /// <summary>What the runtime calls the layer: <c>Lstm</c> in <c>ILstmShape</c>, <c>LstmOffsets</c>, <c>LstmForward</c>.</summary>
    public abstract string RuntimeKind { get; }

    /// <summary>Which of the runtime's structs holds its offsets.</summary>
    public virtual string OffsetsKind => RuntimeKind;

    /// <summary>Width of the output, from the shape of the input.</summary>
    public abstract int OutputWidth(int timesteps, int width);

    /// <summary>Timesteps of the output, from those of the input; 0 where it has no time axis.</summary>
    public virtual int OutputTimesteps(int timesteps) => timesteps;

    /// <summary>Its weights in Keras's order, from the width of the input.</summary>
    public virtual IEnumerable<TensorSpec> Tensors(int inputs) => [];
}

/// <summary>One weight of a layer.</summary>
/// <param name="Role">Name of the runtime's <c>TensorRole</c>.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Weight">How it starts and what its size costs.</param>
internal sealed record TensorSpec(string Role, int Rows, long Columns, WeightSpec Weight);

/// <summary>A layer with a kernel, a bias and an activation.</summary>
internal abstract record UnitsSpec : LayerSpec
{
    /// <summary>Width of the output.</summary>
    public required int Units { get; init; }

    /// <summary>Activation of the output.</summary>
    public required Activation Activation { get; init; }

    /// <summary>Whether there is a bias.</summary>
    public required bool UseBias { get; init; }

    /// <summary>The kernel.</summary>
    public required WeightSpec Kernel { get; init; }

    /// <summary>The bias.</summary>
    public required WeightSpec Bias { get; init; }

    public override int OutputWidth(int timesteps, int width) => Units;
}

/// <summary>A dense layer.</summary>
internal sealed record DenseSpec : UnitsSpec
{
    public override bool Streams => true;

    public override string RuntimeKind => "Dense";

    public override IEnumerable<TensorSpec> Tensors(int inputs)
    {
        yield return new TensorSpec("Kernel", inputs, Units, Kernel);
        if (UseBias)
            yield return new TensorSpec("Bias", 1, Units, Bias);
    }
}

/// <summary>A layer without weights, whose kernel reads one tensor and writes another.</summary>
internal abstract record WeightlessSpec : LayerSpec
{
    public override string OffsetsKind => "Weightless";

    public override int OutputWidth(int timesteps, int width) => width;
}

/// <summary>An activation as a layer of its own, or one that its layer's kernel cannot apply in place.</summary>
internal sealed record ActivationSpec : WeightlessSpec
{
    /// <summary>The activation.</summary>
    public required Activation Activation { get; init; }

    public override bool Streams => true;

    public override string RuntimeKind => "Activation";
}

/// <summary>The end of a bidirectional layer; reads the forward layer's output and, right before itself, the backward layer's.</summary>
internal sealed record MergeSpec : LayerSpec
{
    /// <summary>How the two are put together.</summary>
    public required Merge Merge { get; init; }

    public override string RuntimeKind => "Merge";

    public override int OutputWidth(int timesteps, int width) => Merge == Merge.Concat ? 2 * width : width;
}
