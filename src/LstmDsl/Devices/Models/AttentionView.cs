using System.ComponentModel;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>The weights of an attention layer's scores.</summary>
public readonly struct AttentionView
{
    private readonly ModelState state;
    private readonly int scale;
    private readonly int concatScoreWeight;

    /// <summary>For generated code; an index of −1 means that there is no such weight.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public AttentionView(ModelState state, int scale, int concatScoreWeight)
    {
        this.state = state;
        this.scale = scale;
        this.concatScoreWeight = concatScoreWeight;
    }

    /// <summary>What scores are scaled by: one number, or, of additive attention, (units).</summary>
    /// <exception cref="InvalidOperationException">The layer was declared without it.</exception>
    public WeightView Scale => scale >= 0
        ? new(state, state.Plan.Tensors[scale])
        : throw new InvalidOperationException("The layer has no scale; declare it with UseScale = true.");

    /// <summary>What the sum of tanh is multiplied by, one number.</summary>
    /// <exception cref="InvalidOperationException">The layer compares otherwise.</exception>
    public WeightView ConcatScoreWeight => concatScoreWeight >= 0
        ? new(state, state.Plan.Tensors[concatScoreWeight])
        : throw new InvalidOperationException("The layer has no such weight; declare it with ScoreMode = ScoreMode.Concat.");
}

/// <summary>The weights of an attention layer with several heads: those of its projections.</summary>
public readonly struct MultiHeadAttentionView
{
    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public MultiHeadAttentionView(DenseView query, DenseView key, DenseView value, DenseView output) =>
        (Query, Key, Value, Output) = (query, key, value, output);

    /// <summary>What makes the heads' queries of the query: (inputs, heads, key width) and (heads, key width).</summary>
    public DenseView Query { get; }

    /// <summary>What makes the heads' keys of the keys: (inputs, heads, key width) and (heads, key width).</summary>
    public DenseView Key { get; }

    /// <summary>What makes the heads' values of the values: (inputs, heads, value width) and (heads, value width).</summary>
    public DenseView Value { get; }

    /// <summary>What makes the output of what the heads give: (heads, value width, units) and (units).</summary>
    public DenseView Output { get; }
}
