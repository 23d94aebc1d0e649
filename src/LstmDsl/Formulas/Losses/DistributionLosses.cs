using System.Runtime.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

/// <summary>y·ln(y / p), both between ε and 1: a term of the Kullback-Leibler divergence.</summary>
internal readonly struct DivergenceTerm : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var y = LaneMath.Between(target, LaneMath.Epsilon, 1);
        return y * TLanes.Log(y / LaneMath.Between(prediction, LaneMath.Epsilon, 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var slope = TLanes.Constant(0) - (LaneMath.Between(target, LaneMath.Epsilon, 1) / LaneMath.Between(prediction, LaneMath.Epsilon, 1));
        return LossMath.WhereInside(prediction, LaneMath.Epsilon, 1, slope);
    }
}
