using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The activation functions of one number and their derivatives. The kind is a constant of the caller's shape, so that the switch
/// disappears. Most derivatives can be told from the output, which lets a kernel overwrite its input; for the others
/// (<see cref="ActivationKinds.NeedsInput"/>) a kernel keeps the input in the output's place and computes the output anew.
/// Functions of whole rows are <see cref="ActivationKernel{TSweep, T}"/>'s alone.
/// </summary>
/// <remarks>
/// What recurrent cells usually have stands here, the rest in <see cref="OtherActivations"/>. The compiler drops branches on constants
/// before it inlines what they call, but not branches on what a call returns; and it inlines no more once a method has 512 locals. So
/// the usual two are asked for by name before <see cref="ActivationKinds.NeedsInput"/>.
/// </remarks>
internal static class Activations
{
    /// <summary>f(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Apply<TLanes>(Activation activation, TLanes x) where TLanes : unmanaged, ILanes<TLanes> => activation switch
    {
        Activation.Linear => x,
        Activation.Tanh => TLanes.Tanh(x),
        Activation.Sigmoid => TLanes.Sigmoid(x),
        Activation.Relu => TLanes.Max(x, TLanes.Constant(0)),
        // Divided rather than multiplied, as Keras does.
        Activation.HardSigmoid => LaneMath.Between(x + TLanes.Constant(3), 0, 6) / TLanes.Constant(6),
        _ => OtherActivations.Apply(activation, x),
    };

    /// <summary>f′(x), from y = f(x); not for those that need x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Derivative<TLanes>(Activation activation, TLanes y) where TLanes : unmanaged, ILanes<TLanes>
    {
        var zero = TLanes.Constant(0);
        var one = TLanes.Constant(1);
        return activation switch
        {
            Activation.Linear => one,
            Activation.Tanh => one - (y * y),
            Activation.Sigmoid => y * (one - y),
            Activation.Relu => TLanes.WherePositive(y, one, zero),
            Activation.HardSigmoid => TLanes.WherePositive(y, TLanes.WherePositive(one - y, TLanes.Constant(1.0 / 6), zero), zero),
            _ => OtherActivations.Derivative(activation, y),
        };
    }

    /// <summary>What a kernel keeps of x and y = f(x) for the backward pass, in one place: y, or x where the derivative needs it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Kept<TLanes>(Activation activation, TLanes x, TLanes y) where TLanes : unmanaged, ILanes<TLanes> =>
        activation == Activation.Sigmoid ? y : activation == Activation.Tanh ? y : activation.NeedsInput() ? x : y;

    /// <summary>f(x) from what was kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Recall<TLanes>(Activation activation, TLanes kept) where TLanes : unmanaged, ILanes<TLanes> =>
        activation == Activation.Sigmoid ? kept
        : activation == Activation.Tanh ? kept
        : activation.NeedsInput() ? OtherActivations.Apply(activation, kept)
        : kept;

    /// <summary>f′(x) from what was kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes DerivativeOfKept<TLanes>(Activation activation, TLanes kept) where TLanes : unmanaged, ILanes<TLanes> =>
        activation == Activation.Sigmoid ? Derivative(Activation.Sigmoid, kept)
        : activation == Activation.Tanh ? Derivative(Activation.Tanh, kept)
        : activation.NeedsInput() ? OtherActivations.DerivativeAt(activation, kept)
        : Derivative(activation, kept);
}
