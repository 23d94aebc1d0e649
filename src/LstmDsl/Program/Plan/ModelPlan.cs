using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>What a tensor is to its layer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum TensorRole
{
    /// <summary>Multiplies the input.</summary>
    Kernel,

    /// <summary>Multiplies the state.</summary>
    RecurrentKernel,

    /// <summary>Is added.</summary>
    Bias,

    /// <summary>Multiplies what was normalised.</summary>
    Gamma,

    /// <summary>Is added to what was normalised.</summary>
    Beta,

    /// <summary>The moving average of means; not trained.</summary>
    MovingMean,

    /// <summary>The moving average of variances; not trained.</summary>
    MovingVariance,

    /// <summary>Vectors to choose from.</summary>
    Embeddings,

    /// <summary>The features' means, set by hand or by a file; not trained.</summary>
    Mean,

    /// <summary>The features' variances, set by hand or by a file; not trained.</summary>
    Variance,

    /// <summary>What an attention layer's scores are scaled by.</summary>
    Scale,

    /// <summary>What an attention layer's sum of tanh is multiplied by.</summary>
    ConcatScoreWeight,

    /// <summary>How many samples they were taken over, in files of older Keras; not trained, and read by nobody.</summary>
    Count,
}

/// <summary>One row of the tensor table: a weight, where it lies in the parameter block, how it starts and what its size costs.</summary>
/// <param name="Name">Name in files: <c>lstm.kernel</c>.</param>
/// <param name="Role">What it is to its layer.</param>
/// <param name="Offset">Where it starts in the parameter block, in elements; a multiple of 16.</param>
/// <param name="Rows">Rows; 1 for a bias.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Initializer">How it starts.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record TensorSlot(string Name, TensorRole Role, int Offset, int Rows, int Columns, Initializer Initializer)
{
    /// <summary>What its size costs; nothing unless it is declared.</summary>
    public Regularizer Regularizer { get; init; }

    /// <summary>What it satisfies after each update; nothing unless it is declared.</summary>
    public WeightConstraint Constraint { get; init; }

    /// <summary>Number of values.</summary>
    public int Length => Rows * Columns;

    /// <summary>
    /// Timesteps of the window that a convolution's kernel covers, its rows holding them one after the other; 0 for other tensors.
    /// </summary>
    public int Window { get; init; }

    /// <summary>
    /// How many heads of an attention layer its columns belong to, one after the other, or, where <see cref="SplitsRows"/> says so, its rows; 0
    /// for other tensors.
    /// </summary>
    public int Heads { get; init; }

    /// <summary>Whether its rows are those of heads.</summary>
    public bool SplitsRows { get; init; }

    /// <summary>How much of a moving average stays at each training step; null for a weight that is none.</summary>
    public double? Momentum { get; init; }

    /// <summary>Whether training leaves it as it is.</summary>
    public bool IsConstant { get; init; }

    /// <summary>Whether it is one number without an axis.</summary>
    public bool IsScalar { get; init; }

    /// <summary>Whether its layer is declared as one that is not trained.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>
    /// The number that its first values are drawn by. Default: its place in the table, which it is not where layers are not trained, since
    /// these lie behind the others.
    /// </summary>
    public int? Draws { get; init; }

    /// <summary>The layer that it belongs to, and its direction: <c>lstm_1</c>, <c>bidirectional.forward</c>.</summary>
    internal string Layer => Name[..Name.LastIndexOf('.')];

    /// <summary>The layer that it belongs to as it was declared, whatever the direction: <c>bidirectional</c>.</summary>
    internal string DeclaredLayer => Name[..Name.IndexOf('.')];

    /// <summary>Whether optimizers change it.</summary>
    internal bool IsTrained => Momentum is null && !IsConstant && !IsFrozen;

    /// <summary>Whether it multiplies something by a matrix product.</summary>
    internal bool IsKernel => Role is TensorRole.Kernel or TensorRole.RecurrentKernel;

    /// <summary>Whether it is one row of numbers that belong to features or units.</summary>
    internal bool IsVector => !IsKernel && !IsScalar && Role != TensorRole.Embeddings && Rows == 1;

    /// <summary>
    /// Shape in files and messages: () for a number, (columns) for a vector, (window, inputs, columns) for a convolution's kernel, with an axis
    /// more for heads, else (rows, columns).
    /// </summary>
    public int[] Shape => Heads > 0 ? ShapeOfHeads : IsScalar ? [] : IsVector ? [Columns] : Window > 0 ? [Window, Rows / Window, Columns] : [Rows, Columns];

    private int[] ShapeOfHeads => SplitsRows ? [Heads, Rows / Heads, Columns]
        : IsVector ? [Heads, Columns / Heads]
        : [Rows, Heads, Columns / Heads];
}

/// <summary>An input of a model that has a name.</summary>
/// <param name="Name">Its name in code.</param>
/// <param name="FileName">Its name in files.</param>
/// <param name="Timesteps">Timesteps in a window.</param>
/// <param name="Features">Values at each timestep.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record InputPlan(string Name, string FileName, int Timesteps, int Features)
{
    /// <summary>Values of a sample.</summary>
    internal int Length => Timesteps * Features;
}

/// <summary>One layer as it was declared, with what follows from that.</summary>
/// <param name="Name">Keras's name: <c>lstm</c>, <c>lstm_1</c>, or the declared one.</param>
/// <param name="Declaration">Its attribute, without its name and initializers; of a bidirectional layer that of the layer which it wraps.</param>
/// <param name="OutputShape">Shape of one sample's output, without the batch.</param>
/// <param name="ParameterCount">Number of weights.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record LayerPlan(string Name, LayerAttribute Declaration, int[] OutputShape, int ParameterCount)
{
    /// <summary>How many of them are not trained.</summary>
    public int NonTrainableCount { get; init; }

    /// <summary>
    /// Names of the layers and inputs whose outputs it reads, in this order; null where it reads the layer before it, or, being the first, the
    /// model's input.
    /// </summary>
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <summary>What lets it run in both directions; null for a layer that runs in one.</summary>
    public BidirectionalAttribute? Wrapper { get; init; }

    /// <summary>Whether it is declared as one that works on each timestep by itself.</summary>
    public bool IsTimeDistributed { get; init; }

    /// <summary>How many states it ends in, where it is recurrent: of both directions, those of each.</summary>
    internal int States => (Declaration is LstmAttribute ? 2 : 1) * (Wrapper is null ? 1 : 2);

    /// <summary>Its class in summaries and files: Keras's, if it has one.</summary>
    internal string Kind => IsTimeDistributed ? TimeDistributedAttribute.Kind
        : Wrapper is null ? Declaration.Kind
        : BidirectionalAttribute.Kind;
}

/// <summary>Where a program finds what its runner fills and reads in an activation block: offsets to be multiplied by the samples.</summary>
/// <param name="Floats">Size of the block per sample.</param>
/// <param name="Input">Input, (timesteps, n, features).</param>
/// <param name="Output">Output, (output timesteps, n, units).</param>
/// <param name="OutputGradient">Gradient of the output; −1 in a prediction.</param>
/// <param name="InputGradient">Gradient of the input, beyond the end of the block: only who asks for it allocates it; −1 in a
/// prediction, and where the input has none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ActivationPlan(int Floats, int Input, int Output, int OutputGradient, int InputGradient)
{
    /// <summary>
    /// Which timesteps of the output count, (output timesteps, n) of ones and zeros; 0 where all do (the input lies there).
    /// </summary>
    public int Mask { get; init; }

    /// <summary>What the last activation takes, where <see cref="ModelPlan.Head"/> says that there is one; in the output's layout.</summary>
    public int Logits { get; init; }

    /// <summary>Its gradient; only in training.</summary>
    public int LogitsGradient { get; init; }
}

/// <summary>
/// A state that a stateful layer carries from batch to batch, (n, units), and where it lies in the activation block of n samples: offsets
/// to be multiplied by the samples.
/// </summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Units">Values of a sample.</param>
/// <param name="TrainingFirst">Where a training step takes it from.</param>
/// <param name="TrainingLast">Where a training step leaves it.</param>
/// <param name="InferenceFirst">Where a prediction takes it from.</param>
/// <param name="InferenceLast">Where a prediction leaves it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record StateSlot(string Layer, int Units, int TrainingFirst, int TrainingLast, int InferenceFirst, int InferenceLast);

/// <summary>What the generator planned for a model: shapes, the tensor table and the sizes of memory.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ModelPlan
{
    /// <summary>Keras's name of an input that has none.</summary>
    internal const string NameOfOnlyInput = "input_layer";

    /// <summary>
    /// What the generated code that made this and the library agree on: a constant of <see cref="CompilerServices.Contract"/>, so that a
    /// library that does not know it does not compile with that code.
    /// </summary>
    public int Contract { get; init; }

    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Shapes of one sample.</summary>
    public required ModelShape Shape { get; init; }

    /// <summary>
    /// The inputs, where they have names. Of several a sample holds one after the other, each (timesteps, features), as the features of its only
    /// timestep.
    /// </summary>
    public IReadOnlyList<InputPlan> Inputs { get; init; } = [];

    /// <summary>Values of a timestep of a stream: of several inputs those of all, one after the other.</summary>
    public int StreamedFeatures { get => field == 0 ? Shape.Features : field; init; }

    /// <summary>Number of weights.</summary>
    public required int ParameterCount { get; init; }

    /// <summary>Size of the parameter block, padding included, in elements.</summary>
    public required int ParameterFloats { get; init; }

    /// <summary>How much of the parameter block is trained: what is not lies behind it. Default: the whole block.</summary>
    public int TrainableFloats { get => field < 0 ? ParameterFloats : field; init; } = -1;

    /// <summary>Whether a training step needs the whole batch in one block, since a layer computes with all of its samples.</summary>
    public bool NeedsWholeBatch { get; init; }

    /// <summary>
    /// The activation that the model ends in, sigmoid or softmax: the crossentropies that belong to it work from its input. Null for others.
    /// </summary>
    public Activation? Head { get; init; }

    /// <summary>Samples of every batch, where stateful layers fix it; else 0.</summary>
    public int BatchSize { get; init; }

    /// <summary>What stateful layers carry from batch to batch.</summary>
    public IReadOnlyList<StateSlot> States { get; init; } = [];

    /// <summary>The tensor table, in the order of the block.</summary>
    public required IReadOnlyList<TensorSlot> Tensors { get; init; }

    /// <summary>The layers, in order.</summary>
    public required IReadOnlyList<LayerPlan> Layers { get; init; }

    /// <summary>A number that differs where inputs or layers do, with all their options; 0 where nobody has reckoned it.</summary>
    public ulong Fingerprint { get; init; }

    /// <summary>Activations that a training step keeps.</summary>
    public required ActivationPlan Training { get; init; }

    /// <summary>Activations that a prediction needs.</summary>
    public required ActivationPlan Inference { get; init; }

    /// <summary>States and activations of a stream, which is one sample; null where the layers do not allow streams.</summary>
    public ActivationPlan? Streaming { get; init; }

    /// <summary>The table that Keras's <c>model.summary(line_length)</c> prints, without a break after its last line.</summary>
    /// <param name="lineLength">Width of the table; at least 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">The line length is too small for three columns.</exception>
    public string GetSummary(int lineLength) => ModelSummary.Format(this, lineLength);

    /// <summary>Whether each layer takes what the one before it gives.</summary>
    internal bool IsSequential => Layers.All(layer => layer.Inputs is null);

    /// <summary>The inputs, also the one without a name, which has Keras's.</summary>
    internal IReadOnlyList<InputPlan> InputsByName =>
        Inputs.Count > 0 ? Inputs : [new(NameOfOnlyInput, NameOfOnlyInput, Shape.Timesteps, Shape.Features)];

    /// <summary>The shape of a sample's input: numbers that stand for words have no axis of features.</summary>
    internal int[] ShapeOf(InputPlan input) => ReadersOf(input.FileName).Any(reader => reader.Declaration is EmbeddingAttribute)
        ? [input.Timesteps]
        : [input.Timesteps, input.Features];

    /// <summary>Whether another layer begins with the states that this one ends in.</summary>
    internal bool GivesStates(string name) => Layers.Any(layer =>
        layer is { Declaration: IRecurrentAttribute { InitialState: not null }, Inputs: [_, var source] } && source == name);

    /// <summary>The layers that take an input, or what a layer gives.</summary>
    private IEnumerable<LayerPlan> ReadersOf(string name) =>
        Layers.Where((layer, index) => layer.Inputs is { } names ? names.Contains(name) : index == 0);
}
