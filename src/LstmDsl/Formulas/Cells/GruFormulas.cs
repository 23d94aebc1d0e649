using System.Runtime.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

/// <summary>
/// The formulas of one GRU cell (Cho et al., 2014; as in keras.layers.GRU), for one unit or a vector of units. With x·W + b in blocks
/// z, r, h, and s what the recurrent kernel makes of the state:
/// <code>
/// z = σ(x_z + s_z)   r = σ(x_r + s_r)                      σ: the recurrent activation, φ: the activation
/// reset after     g = φ(x_h + r·s_h)                       s = h·U + b'
/// reset before    g = φ(x_h + s_h)                         s_z, s_r = h·U;   s_h = (r·h)·U
/// h' = z·h + (1 − z)·g
/// </code>
/// What is kept for the backward pass is said at <see cref="Activations.Kept"/>.
/// </summary>
/// <typeparam name="TShape">The layer's constants.</typeparam>
internal static class GruFormulas<TShape> where TShape : struct, IGatedShape
{
    /// <summary>From a gate's pre-activation to what is kept of the gate, and the gate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Gate<TLanes>(ref TLanes kept)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var gate = Activations.Apply(TShape.RecurrentActivation, kept);
        kept = Activations.Kept(TShape.RecurrentActivation, kept, gate);
        return gate;
    }

    /// <summary>
    /// From the update gate, the candidate's pre-activation and the state before to what is kept of the candidate, and the state.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes State<TLanes>(TLanes update, ref TLanes kept, TLanes previous)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var candidate = Activations.Apply(TShape.Activation, kept);
        kept = Activations.Kept(TShape.Activation, kept, candidate);
        return TLanes.MultiplyAdd(update, previous - candidate, candidate);
    }

    /// <summary>
    /// From what was kept of update gate and candidate and the state's gradient to those of the two pre-activations, which take their
    /// places; returns what the state before receives straight away.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes StateBackward<TLanes>(ref TLanes update, ref TLanes candidate, TLanes previous, TLanes gradient)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (z, g) = (Activations.Recall(TShape.RecurrentActivation, update), Activations.Recall(TShape.Activation, candidate));
        update = gradient * (previous - g) * Activations.DerivativeOfKept(TShape.RecurrentActivation, update);
        candidate = gradient * (TLanes.Constant(1) - z) * Activations.DerivativeOfKept(TShape.Activation, candidate);
        return gradient * z;
    }

    /// <summary>
    /// From what was kept of the reset gate, what it multiplies and the product's gradient to that of the gate's pre-activation, which
    /// takes its place; returns the gradient of what it multiplies.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ResetBackward<TLanes>(ref TLanes reset, TLanes multiplied, TLanes gradient)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var r = Activations.Recall(TShape.RecurrentActivation, reset);
        reset = gradient * multiplied * Activations.DerivativeOfKept(TShape.RecurrentActivation, reset);
        return gradient * r;
    }
}
