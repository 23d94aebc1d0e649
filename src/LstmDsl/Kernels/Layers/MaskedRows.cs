using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Which rows of two outputs, of which at least one has a mask, are more than padding.</summary>
internal readonly unsafe struct MaskedRows<TShape, T>(in HostBlocks<T> blocks, in CombineOffsets offsets)
    where TShape : struct, ICombineShape
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* first = offsets.Mask < 0 ? null : blocks.Activations + offsets.Mask;
    private readonly T* second = offsets.SecondMask < 0 ? null : blocks.Activations + offsets.SecondMask;

    /// <summary>What a row is made of.</summary>
    public CombinedRows At(int row) =>
        CombineFormulas.Rows<TShape>(first == null || first[row] != T.Zero, second == null || second[row] != T.Zero);
}
