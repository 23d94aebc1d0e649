using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>What the end of a bidirectional layer makes of the numbers of its halves, where it does not lay them side by side.</summary>
internal static class MergeFormulas
{
    /// <summary>Sum, product or mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Forward<TLanes>(Merge merge, TLanes first, TLanes second) where TLanes : unmanaged, ILanes<TLanes> =>
        merge switch
        {
            Merge.Sum => first + second,
            Merge.Mul => first * second,
            _ => (first + second) * TLanes.Constant(0.5),
        };

    /// <summary>The gradient of one half, of which a product needs the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Backward<TLanes>(Merge merge, TLanes received, TLanes other) where TLanes : unmanaged, ILanes<TLanes> =>
        merge switch
        {
            Merge.Sum => received,
            Merge.Mul => received * other,
            _ => received * TLanes.Constant(0.5),
        };
}
