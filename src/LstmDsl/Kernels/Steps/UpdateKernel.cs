using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// An update's rule over a stretch of the parameter block: w, g, and the rule's slots, each a block of the same layout. Elements do not
/// meet, so it does not matter where a stretch begins or ends.
/// </summary>
internal readonly unsafe struct UpdateKernel<TRule, T>(in HostBlocks<T> blocks, int firstSlot, TRule rule) : IElementStep<T>
    where TRule : struct, IUpdateRule
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T* weights = blocks.Parameters;
    private readonly T* gradients = blocks.Gradients;
    private readonly T* slots = blocks.Slots + ((long)firstSlot * blocks.ParameterFloats);
    private readonly long slotLength = blocks.ParameterFloats;
    private readonly TRule rule = rule;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T>
    {
        var weight = TLanes.Load(weights + index);
        var gradient = TLanes.Load(gradients + index);
        var zero = TLanes.Constant(0);
        var first = TRule.SlotCount > 0 ? TLanes.Load(slots + index) : zero;
        var second = TRule.SlotCount > 1 ? TLanes.Load(slots + slotLength + index) : zero;
        var third = TRule.SlotCount > 2 ? TLanes.Load(slots + (2 * slotLength) + index) : zero;
        rule.Update(ref weight, ref gradient, ref first, ref second, ref third);
        TLanes.Store(weight, weights + index);
        if (TRule.WritesGradient) TLanes.Store(gradient, gradients + index);
        if (TRule.SlotCount > 0) TLanes.Store(first, slots + index);
        if (TRule.SlotCount > 1) TLanes.Store(second, slots + slotLength + index);
        if (TRule.SlotCount > 2) TLanes.Store(third, slots + (2 * slotLength) + index);
    }
}
