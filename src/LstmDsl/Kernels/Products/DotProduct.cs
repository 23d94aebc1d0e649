using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LstmDsl.Kernels;

/// <summary>
/// start + Σₖ left[k]·right[k] of numbers that lie one after the other: the forward pass of a dense layer of one unit, where chains of single
/// multiply-adds would leave vectors empty.
/// </summary>
/// <remarks>
/// The order of the sum does not depend on the width: 16 sums run beside each other, in one vector of 16 lanes, two of 8 or four of 4. Then
/// 8, 4 and 1 terms each that filled no such step are added where the halves that are added have their width.
/// </remarks>
internal static unsafe class DotProduct
{
    private const int Step = 16;

    /// <summary>Computes the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Run<TLanes>(float start, float* left, float* right, int count) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var k = 0;
        var (low, high) = (Lanes256.Zero, Lanes256.Zero);
        if (TLanes.Count == Step)
        {
            var sum = Lanes512.Zero;
            for (; k <= count - Step; k += Step)
                Lanes512.AddProduct(ref sum, Lanes512.Load(left + k), Lanes512.Load(right + k));
            (low, high) = (new(sum.Value.GetLower()), new(sum.Value.GetUpper()));
        }
        else
        {
            for (; k <= count - Step; k += Step)
            {
                Lanes256.AddProduct(ref low, Lanes256.Load(left + k), Lanes256.Load(right + k));
                Lanes256.AddProduct(ref high, Lanes256.Load(left + k + 8), Lanes256.Load(right + k + 8));
            }
        }

        var eight = low + high;
        if (k <= count - Lanes256.Count)
        {
            Lanes256.AddProduct(ref eight, Lanes256.Load(left + k), Lanes256.Load(right + k));
            k += Lanes256.Count;
        }

        var four = new Lanes128(eight.Value.GetLower()) + new Lanes128(eight.Value.GetUpper());
        if (k <= count - Lanes128.Count)
        {
            Lanes128.AddProduct(ref four, Lanes128.Load(left + k), Lanes128.Load(right + k));
            k += Lanes128.Count;
        }

        var one = start + Lanes128.Sum(four);
        for (; k < count; k++)
            one = float.FusedMultiplyAdd(left[k], right[k], one);
        return one;
    }
}
