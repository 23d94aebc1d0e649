using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The formulas of one simple recurrent cell (Elman, 1990; as in keras.layers.SimpleRNN), for one unit or a vector of units.
/// <code>
/// h' = φ(z)    with z = x·W + h·U + b    φ: the activation
/// </code>
/// </summary>
internal static class SimpleRnnCell
{
    /// <summary>From the pre-activation to the output, which is the state too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Forward<TShape, TLanes>(TLanes preActivation)
        where TShape : struct, ISimpleRnnShape
        where TLanes : unmanaged, ILanes<TLanes> =>
        Activations.Apply(TShape.Activation, preActivation);

    /// <summary>
    /// From the output, or the pre-activation where the derivative needs it, and the output's gradient to the gradient of the
    /// pre-activation.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Backward<TShape, TLanes>(TLanes kept, TLanes hiddenGradient)
        where TShape : struct, ISimpleRnnShape
        where TLanes : unmanaged, ILanes<TLanes> =>
        hiddenGradient * Activations.DerivativeOfKept(TShape.Activation, kept);
}
