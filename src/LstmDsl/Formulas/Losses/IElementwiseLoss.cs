namespace LstmDsl.CompilerServices;

/// <summary>
/// A function of one target and one prediction, with its derivative to the prediction. What it is made with are fields of the struct, all
/// of them numbers, and there are no exceptions: a GPU takes the struct as an argument.
/// </summary>
internal interface IElementwiseLoss
{
    /// <summary>The function.</summary>
    TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>;

    /// <summary>Its derivative to the prediction.</summary>
    TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>;
}
