namespace LstmDsl.CompilerServices;

/// <summary>
/// What happens to one weight at a training step, whatever happens to others: the numbers of the step are in the struct; the weight, its
/// gradient and its slots go through <see cref="Update"/>. A step may be several rules, one after the other.
/// </summary>
/// <remarks>A GPU takes the struct as an argument: it is internal, and holds numbers only.</remarks>
internal interface IUpdateRule
{
    /// <summary>How many values the rule keeps for each weight: 0 to 3.</summary>
    static abstract int SlotCount { get; }

    /// <summary>Whether the gradient is changed for the rules that follow.</summary>
    static abstract bool WritesGradient { get; }

    /// <summary>Updates a weight, its gradient and its slots; slots beyond <see cref="SlotCount"/> are not used.</summary>
    void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
        where TLanes : unmanaged, ILanes<TLanes>;
}
