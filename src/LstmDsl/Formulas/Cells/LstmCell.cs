using System.ComponentModel;
using System.Runtime.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

/// <summary>
/// An LSTM's cell (Hochreiter and Schmidhuber, 1997; as in keras.layers.LSTM). With z = x·W + h·U + b in blocks i, f, c, o:
/// <code>
/// i = σ(z_i)   f = σ(z_f)   g = φ(z_c)   o = σ(z_o)        σ: the recurrent activation, φ: the activation
/// c' = f·c + i·g
/// h' = o·φ(c')
/// </code>
/// φ(c') is kept beside the gates. Where a derivative needs the activation's input, a gate's place and that of φ(c') keep it instead.
/// </summary>
/// <typeparam name="TShape">The layer's constants.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LstmCell<TShape> : IRecurrentCell where TShape : struct, IGatedShape
{
    /// <inheritdoc/>
    public static int Gates => 4;

    /// <inheritdoc/>
    public static string GateLetters => "ifco";

    /// <inheritdoc/>
    public static bool Carries => true;

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
        var (i, f, g, o) = (place.Gate(0), place.Gate(1), place.Gate(2), place.Gate(3));
        var input = Activations.Apply(TShape.RecurrentActivation, i);
        var forget = Activations.Apply(TShape.RecurrentActivation, f);
        var candidate = Activations.Apply(TShape.Activation, g);
        var output = Activations.Apply(TShape.RecurrentActivation, o);
        var cell = TLanes.MultiplyAdd(forget, place.CarriedBefore, input * candidate);
        var activated = Activations.Apply(TShape.Activation, cell);
        place.KeepGate(0, Activations.Kept(TShape.RecurrentActivation, i, input));
        place.KeepGate(1, Activations.Kept(TShape.RecurrentActivation, f, forget));
        place.KeepGate(2, Activations.Kept(TShape.Activation, g, candidate));
        place.KeepGate(3, Activations.Kept(TShape.RecurrentActivation, o, output));
        place.SetCarried(cell);
        place.Keep(Activations.Kept(TShape.Activation, cell, activated));
        place.SetHidden(output * activated);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TPlace, TLanes>(ref TPlace place)
        where TPlace : struct, IBackwardPlace<TLanes>, allows ref struct
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (i, f, g, o) = (place.Gate(0), place.Gate(1), place.Gate(2), place.Gate(3));
        var input = Activations.Recall(TShape.RecurrentActivation, i);
        var forget = Activations.Recall(TShape.RecurrentActivation, f);
        var candidate = Activations.Recall(TShape.Activation, g);
        var output = Activations.Recall(TShape.RecurrentActivation, o);
        var (before, kept, dh) = (place.CarriedBefore, place.Kept, place.HiddenGradient);
        var dc = TLanes.MultiplyAdd(dh * output, Activations.DerivativeOfKept(TShape.Activation, kept), place.CarriedGradient);
        place.SetCarried(dc * forget);
        place.SetGate(0, dc * candidate * Activations.DerivativeOfKept(TShape.RecurrentActivation, i));
        place.SetGate(1, dc * before * Activations.DerivativeOfKept(TShape.RecurrentActivation, f));
        place.SetGate(2, dc * input * Activations.DerivativeOfKept(TShape.Activation, g));
        var activated = Activations.Recall(TShape.Activation, kept);
        place.SetGate(3, dh * activated * Activations.DerivativeOfKept(TShape.RecurrentActivation, o));
    }
}
