using System.Numerics;
using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>A user's own loss, which knows single numbers only.</summary>
/// <typeparam name="TFunction">The user's struct.</typeparam>
internal readonly struct ScalarLoss<TFunction>(TFunction function) : IElementwiseLoss where TFunction : struct, ILossFunction
{
    private readonly TFunction function = function;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Apply(new ValueOf(function), target, prediction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Apply(new DerivativeOf(function), target, prediction);

    internal readonly struct ValueOf(TFunction function) : IScalarFunction
    {
        public T Of<T>(T left, T right) where T : struct, IBinaryFloatingPointIeee754<T> => function.Value(left, right);
    }

    internal readonly struct DerivativeOf(TFunction function) : IScalarFunction
    {
        public T Of<T>(T left, T right) where T : struct, IBinaryFloatingPointIeee754<T> => function.Derivative(left, right);
    }
}
