using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>A function of one target and one prediction, with its derivative to the prediction.</summary>
internal interface IElementwiseLoss
{
    /// <summary>The function.</summary>
    static abstract TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>;

    /// <summary>Its derivative to the prediction.</summary>
    static abstract TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>;
}

/// <summary>(target − prediction)².</summary>
internal readonly struct SquaredError : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var error = prediction - target;
        return error * error;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Constant(2) * (prediction - target);
}

/// <summary>|target − prediction|.</summary>
internal readonly struct AbsoluteError : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Abs(prediction - target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var zero = TLanes.Constant(0);
        return TLanes.WherePositive(prediction - target, TLanes.Constant(1), TLanes.WherePositive(target - prediction, TLanes.Constant(-1), zero));
    }
}
