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

    /// <summary>Whether training changes its weights.</summary>
    public bool IsTrainable { get; init; } = true;

    /// <summary>What the size of its outputs costs.</summary>
    public RegularizerSpec Activity { get; init; } = RegularizerSpec.None;

    /// <summary>How many kernels before it the one stands whose output it reads; 1 for the one right before it.</summary>
    public int InputFrom { get; init; } = 1;

    /// <summary>The same of the second output that it reads; 0 for none.</summary>
    public virtual int SecondFrom { get; init; }

    /// <summary>The same of the third.</summary>
    public int ThirdFrom { get; init; }

    /// <summary>Whether its backward pass can add the gradient of its input to what stands there.</summary>
    public virtual bool CanAddInputGradient => false;

    /// <summary>Whether its output at a timestep follows from that timestep and what it keeps of those before.</summary>
    public virtual bool Streams => false;

    /// <summary>Whether its input must have a time axis.</summary>
    public virtual bool NeedsSequence => false;

    /// <summary>Whether it passes its input on in a prediction, so that no kernel runs there.</summary>
    public virtual bool IsIdentityInPrediction => false;

    /// <summary>Whether it says which timesteps are padding.</summary>
    public virtual bool MakesMask => false;

    /// <summary>Whether it hands on what its input says of padding.</summary>
    public virtual bool CarriesMask => false;

    /// <summary>Whether it leaves padding out of what it computes.</summary>
    public virtual bool UsesMask => false;

    /// <summary>Whether a gradient can pass through it.</summary>
    public virtual bool HasBackward => true;

    /// <summary>What the runtime calls the layer: <c>Dense</c> in <c>IDenseShape</c>, <c>DenseOffsets</c>, <c>DenseForward</c>.</summary>
    public abstract string RuntimeKind { get; }

    /// <summary>Which of the runtime's interfaces its constants implement.</summary>
    public virtual string ShapeKind => RuntimeKind;

    /// <summary>Which of the runtime's structs holds its offsets.</summary>
    public virtual string OffsetsKind => RuntimeKind;

    /// <summary>What its kernels take as a type argument: its constants.</summary>
    /// <param name="services">The namespace of the runtime's types.</param>
    public virtual string KernelArgument(string services) => $"{Name}Shape";

    /// <summary>Width of the output, from the shape of the input.</summary>
    public abstract int OutputWidth(int timesteps, int width);

    /// <summary>Timesteps of the output, from those of the input; 0 where it has no time axis.</summary>
    public virtual int OutputTimesteps(int timesteps) => timesteps;

    /// <summary>The shape of the output.</summary>
    public virtual Extent Output(int timesteps, int width) => new(OutputTimesteps(timesteps), OutputWidth(timesteps, width));

    /// <summary>Its weights in Keras's order, from the width of the input.</summary>
    public virtual IEnumerable<TensorSpec> Tensors(int inputs) => [];
}

/// <summary>One weight of a layer.</summary>
/// <param name="Role">Name of the runtime's <c>TensorRole</c>.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Weight">How it starts and what its size costs.</param>
internal sealed record TensorSpec(string Role, int Rows, long Columns, WeightSpec Weight)
{
    /// <summary>Timesteps of the window that a convolution's kernel covers; 0 for others.</summary>
    public int Window { get; init; }

    /// <summary>How many heads its columns, or its rows, belong to; 0 for others.</summary>
    public int Heads { get; init; }

    /// <summary>Whether its rows are those of heads.</summary>
    public bool SplitsRows { get; init; }

    /// <summary>How much of a moving average stays at each step; null for a weight that is none.</summary>
    public double? Momentum { get; init; }

    /// <summary>Whether training leaves it as it is.</summary>
    public bool IsConstant { get; init; }

    /// <summary>Whether it is one number without an axis.</summary>
    public bool IsScalar { get; init; }

    /// <summary>Whether optimizers change it, unless its layer is not to be trained.</summary>
    public bool CanBeTrained => Momentum is null && !IsConstant;
}

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

/// <summary>A dense layer, or the product of a convolution.</summary>
internal sealed record DenseSpec : UnitsSpec
{
    /// <summary>Timesteps of a convolution's window; 0 for a dense layer.</summary>
    public int Window { get; init; }

    /// <summary>How many heads of an attention layer its units, or its inputs, belong to; 0 for others.</summary>
    public int Heads { get; init; }

    /// <summary>Whether its inputs are those of heads.</summary>
    public bool JoinsHeads { get; init; }

    /// <summary>How many kernels before it the one stands whose input is as wide as its output; 0 where its units are known.</summary>
    public int WidthFrom { get; init; }

    public override bool Streams => true;

    public override bool CarriesMask => Window == 0;

    public override string RuntimeKind => "Dense";

    public override IEnumerable<TensorSpec> Tensors(int inputs)
    {
        yield return new TensorSpec("Kernel", inputs, Units, Kernel) { Window = Window, Heads = Heads, SplitsRows = JoinsHeads };
        if (UseBias)
            yield return new TensorSpec("Bias", 1, Units, Bias) { Heads = JoinsHeads ? 0 : Heads };
    }
}

/// <summary>Vectors for numbers.</summary>
internal sealed record EmbeddingSpec : LayerSpec
{
    /// <summary>How many numbers there are.</summary>
    public required int InputDim { get; init; }

    /// <summary>Length of a vector.</summary>
    public required int OutputDim { get; init; }

    /// <summary>Whether 0 is padding.</summary>
    public required bool MaskZero { get; init; }

    /// <summary>The vectors.</summary>
    public required WeightSpec Embeddings { get; init; }

    public override bool MakesMask => MaskZero;

    public override bool HasBackward => false;

    public override string RuntimeKind => "Embedding";

    public override int OutputWidth(int timesteps, int width) => OutputDim;

    public override IEnumerable<TensorSpec> Tensors(int inputs) => [new TensorSpec("Embeddings", InputDim, OutputDim, Embeddings)];
}

/// <summary>The end of a bidirectional layer; reads the forward layer's output and, right before itself, the backward layer's.</summary>
internal sealed record MergeSpec : LayerSpec
{
    /// <summary>How the two are put together.</summary>
    public required Merge Merge { get; init; }

    public override int SecondFrom { get; init; } = 1;

    public override bool CarriesMask => true;

    public override string RuntimeKind => "Merge";

    public override int OutputWidth(int timesteps, int width) => Merge == Merge.Concat ? 2 * width : width;
}
