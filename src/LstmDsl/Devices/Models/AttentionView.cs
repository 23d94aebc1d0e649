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
