using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>What is made of the numbers of two layers, where they are not laid side by side (Keras's merging layers).</summary>
internal static class CombineFormulas
{
    /// <summary>
    /// Which of two rows are put together where padding counts for nothing: of one the other is left, of two none in a product and the first
    /// in a maximum (Keras's <c>Multiply.call</c> and <c>Maximum.call</c>).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CombinedRows Rows<TShape>(bool firstCounts, bool secondCounts) where TShape : struct, ICombineShape =>
        firstCounts && secondCounts ? CombinedRows.Both
        : secondCounts ? CombinedRows.Second
        : firstCounts || TShape.Combination == Combination.Maximum ? CombinedRows.First
        : CombinedRows.None;

    /// <summary>Sum, mean, product, difference or maximum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Forward<TShape, TLanes>(TLanes first, TLanes second)
        where TShape : struct, ICombineShape
        where TLanes : unmanaged, ILanes<TLanes> =>
        TShape.Combination switch
        {
            Combination.Add => first + second,
            Combination.Average => (first + second) / TLanes.Constant(TShape.Divisor),
            Combination.Multiply => first * second,
            Combination.Subtract => first - second,
            _ => TLanes.Max(first, second),
        };

    /// <summary>The gradient of the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes BackwardFirst<TShape, TLanes>(TLanes received, TLanes first, TLanes second)
        where TShape : struct, ICombineShape
        where TLanes : unmanaged, ILanes<TLanes> =>
        TShape.Combination switch
        {
            Combination.Average => received / TLanes.Constant(TShape.Divisor),
            Combination.Multiply => received * second,
            Combination.Maximum => TLanes.WherePositive(second - first, TLanes.Constant(0), received),
            _ => received,
        };

    /// <summary>The gradient of the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes BackwardSecond<TShape, TLanes>(TLanes received, TLanes first, TLanes second)
        where TShape : struct, ICombineShape
        where TLanes : unmanaged, ILanes<TLanes> =>
        TShape.Combination switch
        {
            Combination.Average => received / TLanes.Constant(TShape.Divisor),
            Combination.Multiply => received * first,
            Combination.Subtract => TLanes.Constant(0) - received,
            Combination.Maximum => TLanes.WherePositive(second - first, received, TLanes.Constant(0)),
            _ => received,
        };
}
