using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>An activation that is a layer: <see cref="Activations"/>, but for the slope that a leaky relu has as a layer.</summary>
internal static class LayerActivation<TShape> where TShape : struct, IActivationShape
{
    /// <summary>f(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Apply<TLanes>(TLanes x) where TLanes : unmanaged, ILanes<TLanes> => TShape.Activation == Activation.LeakyRelu
        ? OtherActivations.LeakyRelu(x, TShape.NegativeSlope)
        : Activations.Apply(TShape.Activation, x);

    /// <summary>f′(x) from y = f(x), or from x where the derivative needs it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes DerivativeOfKept<TLanes>(TLanes kept) where TLanes : unmanaged, ILanes<TLanes> =>
        TShape.Activation == Activation.LeakyRelu
            ? OtherActivations.LeakyReluDerivative(kept, TShape.NegativeSlope)
            : Activations.DerivativeOfKept(TShape.Activation, kept);
}
