using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>What one number costs by a regulariser, and its derivative; at 0 that of the magnitude is 0, as in Keras.</summary>
/// <typeparam name="TLanes">The numbers that go through it together.</typeparam>
internal readonly struct PenaltyFormulas<TLanes>(Regularizer regularizer) where TLanes : unmanaged, ILanes<TLanes>
{
    private readonly TLanes l1 = TLanes.Constant(regularizer.L1);
    private readonly TLanes l2 = TLanes.Constant(regularizer.L2);
    private readonly TLanes twiceL2 = TLanes.Constant(2.0 * regularizer.L2);

    /// <summary>l1·|x| + l2·x².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value(TLanes number) => (l1 * TLanes.Abs(number)) + (l2 * (number * number));

    /// <summary>l1·sign(x) + 2·l2·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative(TLanes number) => (l1 * LaneMath.Sign(number)) + (twiceL2 * number);
}
