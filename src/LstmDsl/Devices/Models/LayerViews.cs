using System.ComponentModel;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>The weights of a recurrent layer. Columns stand in the order of its gates, units after units; G is how many they are.</summary>
public readonly struct RecurrentView
{
    private readonly ModelState state;
    private readonly int kernel;
    private readonly int recurrentKernel;
    private readonly int bias;

    /// <summary>For generated code; an index of −1 means that there is no such weight.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RecurrentView(ModelState state, int kernel, int recurrentKernel, int bias)
    {
        this.state = state;
        this.kernel = kernel;
        this.recurrentKernel = recurrentKernel;
        this.bias = bias;
    }

    /// <summary>What multiplies the input, (inputs, G·units).</summary>
    public WeightView Kernel => new(state, state.Plan.Tensors[kernel]);

    /// <summary>What multiplies the state, (units, G·units).</summary>
    /// <exception cref="InvalidOperationException">A layer of this kind has no recurrent kernel.</exception>
    public WeightView RecurrentKernel => recurrentKernel >= 0
        ? new(state, state.Plan.Tensors[recurrentKernel])
        : throw new InvalidOperationException("A layer of this kind has no recurrent kernel; its state meets its gates alone.");

    /// <summary>What is added, (G·units); of a GRU whose reset comes after (2, 3·units), the input's row and then the state's.</summary>
    /// <exception cref="InvalidOperationException">The layer was declared without a bias.</exception>
    public WeightView Bias => bias >= 0 ? new(state, state.Plan.Tensors[bias]) : throw DenseView.NoBias();
}

/// <summary>The weights of a dense layer.</summary>
public readonly struct DenseView
{
    private readonly ModelState state;
    private readonly int firstTensor;
    private readonly bool hasBias;

    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DenseView(ModelState state, int firstTensor, bool hasBias)
    {
        this.state = state;
        this.firstTensor = firstTensor;
        this.hasBias = hasBias;
    }

    /// <summary>What multiplies the input, (inputs, units).</summary>
    public WeightView Kernel => new(state, state.Plan.Tensors[firstTensor]);

    /// <summary>What is added, (units).</summary>
    /// <exception cref="InvalidOperationException">The layer was declared without a bias.</exception>
    public WeightView Bias => hasBias ? new(state, state.Plan.Tensors[firstTensor + 1]) : throw NoBias();

    internal static InvalidOperationException NoBias() => new("This layer has no bias; it was declared with UseBias = false.");
}

/// <summary>The weights of a bidirectional layer: those of two layers of one kind.</summary>
/// <typeparam name="TView">The view of one of them.</typeparam>
public readonly struct BidirectionalView<TView> where TView : struct
{
    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public BidirectionalView(TView forward, TView backward)
    {
        Forward = forward;
        Backward = backward;
    }

    /// <summary>The layer that reads the input from its first timestep to its last.</summary>
    public TView Forward { get; }

    /// <summary>The layer that reads the input from its last timestep to its first.</summary>
    public TView Backward { get; }
}

/// <summary>The weights of a convolution over time.</summary>
public readonly struct Conv1DView
{
    private readonly DenseView weights;

    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Conv1DView(ModelState state, int firstTensor, bool hasBias) => weights = new(state, firstTensor, hasBias);

    /// <summary>What multiplies a window, (window · inputs, filters): the timesteps of the window one after the other.</summary>
    public WeightView Kernel => weights.Kernel;

    /// <summary>What is added, (filters).</summary>
    /// <exception cref="InvalidOperationException">The layer was declared without a bias.</exception>
    public WeightView Bias => weights.Bias;
}

/// <summary>The weights of an embedding.</summary>
public readonly struct EmbeddingView
{
    private readonly ModelState state;
    private readonly int firstTensor;

    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public EmbeddingView(ModelState state, int firstTensor)
    {
        this.state = state;
        this.firstTensor = firstTensor;
    }

    /// <summary>The vectors, (numbers, length of a vector).</summary>
    public WeightView Embeddings => new(state, state.Plan.Tensors[firstTensor]);
}

/// <summary>The weights of a layer that normalises rows.</summary>
public readonly struct LayerNormalizationView
{
    private readonly ModelState state;
    private readonly int gamma;
    private readonly int beta;

    /// <summary>For generated code; an index of −1 means that there is no such weight.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LayerNormalizationView(ModelState state, int gamma, int beta)
    {
        this.state = state;
        this.gamma = gamma;
        this.beta = beta;
    }

    /// <summary>What multiplies, (units).</summary>
    /// <exception cref="InvalidOperationException">The layer was declared with Scale = false.</exception>
    public WeightView Gamma => gamma >= 0
        ? new(state, state.Plan.Tensors[gamma])
        : throw new InvalidOperationException("This layer has no gamma; it was declared with Scale = false.");

    /// <summary>What is added, (units).</summary>
    /// <exception cref="InvalidOperationException">The layer was declared with Center = false.</exception>
    public WeightView Beta => beta >= 0
        ? new(state, state.Plan.Tensors[beta])
        : throw new InvalidOperationException("This layer has no beta; it was declared with Center = false.");
}

/// <summary>The weights of a layer that normalises features.</summary>
public readonly struct BatchNormalizationView
{
    private readonly ModelState state;
    private readonly LayerNormalizationView weights;
    private readonly int movingMean;

    /// <summary>For generated code; an index of −1 means that there is no such weight.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public BatchNormalizationView(ModelState state, int gamma, int beta, int movingMean)
    {
        this.state = state;
        weights = new(state, gamma, beta);
        this.movingMean = movingMean;
    }

    /// <inheritdoc cref="LayerNormalizationView.Gamma"/>
    public WeightView Gamma => weights.Gamma;

    /// <inheritdoc cref="LayerNormalizationView.Beta"/>
    public WeightView Beta => weights.Beta;

    /// <summary>The moving average of the features' means, (units).</summary>
    public WeightView MovingMean => new(state, state.Plan.Tensors[movingMean]);

    /// <summary>The moving average of the features' variances, (units).</summary>
    public WeightView MovingVariance => new(state, state.Plan.Tensors[movingMean + 1]);
}
