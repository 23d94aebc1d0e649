using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// One row of a register tile: one to four vectors in named fields, which the compiler keeps in registers. The number is a type
/// argument, so what lies beyond it vanishes.
/// </summary>
internal unsafe struct VectorRow<TLanes, TCount>
    where TLanes : unmanaged, IVectorLanes<TLanes>
    where TCount : struct, ICount
{
    private TLanes v0;
    private TLanes v1;
    private TLanes v2;
    private TLanes v3;

    /// <summary>Zero everywhere.</summary>
    public static VectorRow<TLanes, TCount> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { v0 = TLanes.Zero, v1 = TLanes.Zero, v2 = TLanes.Zero, v3 = TLanes.Zero };
    }

    /// <summary>Reads vectors that lie one after the other, but for the last, which starts at <paramref name="last"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorRow<TLanes, TCount> Load(float* source, nint last)
    {
        VectorRow<TLanes, TCount> row = default;
        row.v0 = TLanes.Load(TCount.Value == 1 ? source + last : source);
        if (TCount.Value > 1) row.v1 = TLanes.Load(source + (TCount.Value == 2 ? last : TLanes.Count));
        if (TCount.Value > 2) row.v2 = TLanes.Load(source + (TCount.Value == 3 ? last : 2 * TLanes.Count));
        if (TCount.Value > 3) row.v3 = TLanes.Load(source + last);
        return row;
    }

    /// <summary>Adds the products of one vector with each of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TLanes left, in VectorRow<TLanes, TCount> right)
    {
        TLanes.AddProduct(ref v0, left, right.v0);
        if (TCount.Value > 1) TLanes.AddProduct(ref v1, left, right.v1);
        if (TCount.Value > 2) TLanes.AddProduct(ref v2, left, right.v2);
        if (TCount.Value > 3) TLanes.AddProduct(ref v3, left, right.v3);
    }

    /// <summary>Adds the products of one vector with each that <see cref="Load"/> would read, without keeping a row of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TLanes left, float* right, nint last)
    {
        TLanes.AddProduct(ref v0, left, TLanes.Load(TCount.Value == 1 ? right + last : right));
        if (TCount.Value > 1) TLanes.AddProduct(ref v1, left, TLanes.Load(right + (TCount.Value == 2 ? last : TLanes.Count)));
        if (TCount.Value > 2) TLanes.AddProduct(ref v2, left, TLanes.Load(right + (TCount.Value == 3 ? last : 2 * TLanes.Count)));
        if (TCount.Value > 3) TLanes.AddProduct(ref v3, left, TLanes.Load(right + last));
    }

    /// <summary>Writes the vectors to where <see cref="Load"/> reads them; where two overlap, both hold the same numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination, nint last)
    {
        TLanes.Store(v0, TCount.Value == 1 ? destination + last : destination);
        if (TCount.Value > 1) TLanes.Store(v1, destination + (TCount.Value == 2 ? last : TLanes.Count));
        if (TCount.Value > 2) TLanes.Store(v2, destination + (TCount.Value == 3 ? last : 2 * TLanes.Count));
        if (TCount.Value > 3) TLanes.Store(v3, destination + last);
    }
}
