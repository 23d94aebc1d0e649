using System.ComponentModel;
using System.Runtime.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

/// <summary>
/// A minimal GRU's cell (Feng et al., 2024, arXiv 2410.01201), whose gate and candidate do not look at the state. With x·W + b in blocks
/// z, h:
/// <code>
/// z = σ(x_z)   g = φ(x_h)                                  σ: the recurrent activation, φ: the activation
/// h' = (1 − z)·h + z·g
/// </code>
/// Where a derivative needs the activation's input, a gate's place keeps it instead.
/// </summary>
/// <typeparam name="TShape">The layer's constants.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MinGruCell<TShape> : IRecurrentCell where TShape : struct, IGatedShape
{
    /// <inheritdoc/>
    public static int Gates => 2;

    /// <inheritdoc/>
    public static string GateLetters => "zh";

    /// <inheritdoc/>
    public static bool HasRecurrentKernel => false;

    /// <inheritdoc/>
    public static bool PassesBack => true;

    /// <inheritdoc/>
    public static int Inputs => TShape.Inputs;

    /// <inheritdoc/>
    public static int Units => TShape.Units;

    /// <inheritdoc/>
    public static Activation Activation => TShape.Activation;

    /// <inheritdoc/>
    public static bool UseBias => TShape.UseBias;

    /// <inheritdoc/>
    public static bool ReturnSequences => TShape.ReturnSequences;

    /// <inheritdoc/>
    public static bool GoBackwards => TShape.GoBackwards;

    /// <inheritdoc/>
    public static bool AddsInputGradient => TShape.AddsInputGradient;

    /// <inheritdoc/>
    public static double Dropout => TShape.Dropout;

    /// <inheritdoc/>
    public static double RecurrentDropout => TShape.RecurrentDropout;

    /// <inheritdoc/>
    public static int Layer => TShape.Layer;

    /// <inheritdoc/>
    public static string Name => TShape.Name;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TPlace, TLanes>(ref TPlace place)
        where TPlace : struct, IForwardPlace<TLanes>, allows ref struct
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (z, h, before) = (place.Gate(0), place.Gate(1), place.HiddenBefore);
        var update = Activations.Apply(TShape.RecurrentActivation, z);
        var candidate = Activations.Apply(TShape.Activation, h);
        place.KeepGate(0, Activations.Kept(TShape.RecurrentActivation, z, update));
        place.KeepGate(1, Activations.Kept(TShape.Activation, h, candidate));
        place.SetHidden(TLanes.MultiplyAdd(update, candidate - before, before));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TPlace, TLanes>(ref TPlace place)
        where TPlace : struct, IBackwardPlace<TLanes>, allows ref struct
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (z, h, gradient) = (place.Gate(0), place.Gate(1), place.HiddenGradient);
        var update = Activations.Recall(TShape.RecurrentActivation, z);
        var candidate = Activations.Recall(TShape.Activation, h);
        var difference = candidate - place.HiddenBefore;
        place.PassBack(gradient * (TLanes.Constant(1) - update));
        place.SetGate(0, gradient * difference * Activations.DerivativeOfKept(TShape.RecurrentActivation, z));
        place.SetGate(1, gradient * update * Activations.DerivativeOfKept(TShape.Activation, h));
    }
}
