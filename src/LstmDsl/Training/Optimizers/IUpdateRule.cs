namespace LstmDsl.CompilerServices;

/// <summary>One optimizer step on one weight: the numbers of the step are in the struct, the weight and its slots go through <see cref="Update"/>.</summary>
/// <remarks>A GPU takes the struct as an argument: it is internal, and holds numbers only.</remarks>
internal interface IUpdateRule
{
    /// <summary>How many values the rule keeps for each weight: 0 to 2.</summary>
    static abstract int SlotCount { get; }

    /// <summary>Updates a weight and its slots from the weight's gradient; slots beyond <see cref="SlotCount"/> are not used.</summary>
    void Update<TLanes>(ref TLanes weight, TLanes gradient, ref TLanes slot0, ref TLanes slot1) where TLanes : unmanaged, ILanes<TLanes>;
}
