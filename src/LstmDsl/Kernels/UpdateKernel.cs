using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// An optimizer's step over a stretch of the parameter block: w, g, and slots 0 and 1, each a block of the same layout. Elements do not
/// meet, so it does not matter where a stretch begins or ends.
/// </summary>
internal readonly unsafe struct UpdateKernel<TRule>(in HostBlocks<float> blocks, TRule rule) : IColumnStep where TRule : struct, IUpdateRule
{
    private readonly float* weights = blocks.Parameters;
    private readonly float* gradients = blocks.Gradients;
    private readonly float* slot0 = blocks.Slots;
    private readonly float* slot1 = blocks.Slots + blocks.ParameterFloats;
    private readonly TRule rule = rule;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var weight = TLanes.Load(weights + column);
        var first = TRule.SlotCount > 0 ? TLanes.Load(slot0 + column) : TLanes.Zero;
        var second = TRule.SlotCount > 1 ? TLanes.Load(slot1 + column) : TLanes.Zero;
        rule.Update(ref weight, TLanes.Load(gradients + column), ref first, ref second);
        TLanes.Store(weight, weights + column);
        if (TRule.SlotCount > 0) TLanes.Store(first, slot0 + column);
        if (TRule.SlotCount > 1) TLanes.Store(second, slot1 + column);
    }
}
