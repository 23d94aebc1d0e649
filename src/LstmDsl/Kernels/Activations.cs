using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The activation functions and their derivatives. The kind is a constant of the caller's shape, so that the switch disappears.
/// Every derivative here can be told from the output alone, which lets a kernel overwrite its input.
/// </summary>
internal static class Activations
{
    /// <summary>f(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Apply<TLanes>(Activation activation, TLanes x) where TLanes : unmanaged, ILanes<TLanes> => activation switch
    {
        Activation.Tanh => TLanes.Tanh(x),
        Activation.Sigmoid => TLanes.Sigmoid(x),
        Activation.Relu => TLanes.Max(x, TLanes.Constant(0)),
        // relu6(x + 3) / 6, divided rather than multiplied, as Keras does.
        Activation.HardSigmoid => TLanes.Min(TLanes.Max(x + TLanes.Constant(3), TLanes.Constant(0)), TLanes.Constant(6)) / TLanes.Constant(6),
        // Linear; code that a GPU runs cannot throw.
        _ => x,
    };

    /// <summary>f′(x), from y = f(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Derivative<TLanes>(Activation activation, TLanes y) where TLanes : unmanaged, ILanes<TLanes>
    {
        var zero = TLanes.Constant(0);
        var one = TLanes.Constant(1);
        return activation switch
        {
            Activation.Tanh => one - (y * y),
            Activation.Sigmoid => y * (one - y),
            Activation.Relu => TLanes.WherePositive(y, one, zero),
            Activation.HardSigmoid => TLanes.WherePositive(y, TLanes.WherePositive(one - y, TLanes.Constant(1.0 / 6), zero), zero),
            _ => one,
        };
    }
}
