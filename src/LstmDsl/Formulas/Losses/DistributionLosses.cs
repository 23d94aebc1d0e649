using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>y·ln(y / p), both between ε and 1: a term of the Kullback-Leibler divergence.</summary>
internal readonly struct DivergenceTerm : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var y = LossMath.Clip(target, LossMath.Epsilon, 1);
        return y * TLanes.Log(y / LossMath.Clip(prediction, LossMath.Epsilon, 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var slope = TLanes.Constant(0) - (LossMath.Clip(target, LossMath.Epsilon, 1) / LossMath.Clip(prediction, LossMath.Epsilon, 1));
        return LossMath.WhereInside(prediction, LossMath.Epsilon, 1, slope);
    }
}
