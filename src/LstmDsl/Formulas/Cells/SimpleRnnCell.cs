using System.ComponentModel;
using System.Runtime.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

/// <summary>
/// A simple recurrent cell (Elman, 1990; as in keras.layers.SimpleRNN).
/// <code>
/// h' = φ(z)    with z = x·W + h·U + b    φ: the activation
/// </code>
/// </summary>
/// <typeparam name="TShape">The layer's constants.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SimpleRnnCell<TShape> : IRecurrentCell where TShape : struct, IRecurrentShape
{
    /// <inheritdoc/>
    public static int Gates => 1;

    /// <inheritdoc/>
    public static string GateLetters => "";

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
        var z = place.Gate(0);
        if (TShape.Activation.NeedsInput())
            place.KeepGate(0, z);
        place.SetHidden(Activations.Apply(TShape.Activation, z));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TPlace, TLanes>(ref TPlace place)
        where TPlace : struct, IBackwardPlace<TLanes>, allows ref struct
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var kept = TShape.Activation.NeedsInput() ? place.Gate(0) : place.Hidden;
        place.SetGate(0, place.HiddenGradient * Activations.DerivativeOfKept(TShape.Activation, kept));
    }
}
