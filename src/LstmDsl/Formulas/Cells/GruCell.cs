using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>
/// A GRU's cell whose reset gate multiplies what the recurrent kernel makes of the state, as in keras.layers.GRU: the formulas are in
/// <see cref="GruFormulas{TShape}"/>.
/// </summary>
/// <typeparam name="TShape">The layer's constants.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GruCell<TShape> : IRecurrentCell where TShape : struct, IGatedShape
{
    /// <inheritdoc/>
    public static int Gates => 3;

    /// <inheritdoc/>
    public static string GateLetters => "zrh";

    /// <inheritdoc/>
    public static bool HasRecurrentPart => true;

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
        var z = place.Gate(0) + place.Recurrent(0);
        var r = place.Gate(1) + place.Recurrent(1);
        var (update, reset) = (GruFormulas<TShape>.Gate(ref z), GruFormulas<TShape>.Gate(ref r));
        var g = TLanes.MultiplyAdd(reset, place.Recurrent(2), place.Gate(2));
        var hidden = GruFormulas<TShape>.State(update, ref g, place.HiddenBefore);
        place.KeepGate(0, z);
        place.KeepGate(1, r);
        place.KeepGate(2, g);
        place.SetHidden(hidden);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TPlace, TLanes>(ref TPlace place)
        where TPlace : struct, IBackwardPlace<TLanes>, allows ref struct
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (z, r, g) = (place.Gate(0), place.Gate(1), place.Gate(2));
        place.PassBack(GruFormulas<TShape>.StateBackward(ref z, ref g, place.HiddenBefore, place.HiddenGradient));
        var stateGradient = GruFormulas<TShape>.ResetBackward(ref r, place.Recurrent(2), g);
        place.SetGate(0, z);
        place.SetGate(1, r);
        place.SetGate(2, g);
        place.SetRecurrent(0, z);
        place.SetRecurrent(1, r);
        place.SetRecurrent(2, stateGradient);
    }
}
