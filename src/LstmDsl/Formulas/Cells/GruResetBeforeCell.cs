using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>
/// A GRU's cell whose reset gate multiplies the state before the recurrent kernel does (reset_after = False in keras.layers.GRU): the
/// formulas are in <see cref="GruFormulas{TShape}"/>. The candidate waits for the reset gates of all units.
/// </summary>
/// <typeparam name="TShape">The layer's constants.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GruResetBeforeCell<TShape> : IRecurrentCell where TShape : struct, IGatedShape
{
    /// <inheritdoc/>
    public static int Gates => 3;

    /// <inheritdoc/>
    public static string GateLetters => "zrh";

    /// <inheritdoc/>
    public static bool ResetsBefore => true;

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
    public static void Reset<TPlace, TLanes>(ref TPlace place)
        where TPlace : struct, IForwardPlace<TLanes>, allows ref struct
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var r = place.Gate(1);
        var reset = GruFormulas<TShape>.Gate(ref r);
        place.KeepGate(1, r);
        place.Keep(reset * place.HiddenBefore);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TPlace, TLanes>(ref TPlace place)
        where TPlace : struct, IForwardPlace<TLanes>, allows ref struct
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (z, g) = (place.Gate(0), place.Gate(2));
        var update = GruFormulas<TShape>.Gate(ref z);
        var hidden = GruFormulas<TShape>.State(update, ref g, place.HiddenBefore);
        place.KeepGate(0, z);
        place.KeepGate(2, g);
        place.SetHidden(hidden);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TPlace, TLanes>(ref TPlace place)
        where TPlace : struct, IBackwardPlace<TLanes>, allows ref struct
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (z, g) = (place.Gate(0), place.Gate(2));
        place.PassBack(GruFormulas<TShape>.StateBackward(ref z, ref g, place.HiddenBefore, place.HiddenGradient));
        place.SetGate(0, z);
        place.SetGate(2, g);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ResetBackward<TPlace, TLanes>(ref TPlace place)
        where TPlace : struct, IBackwardPlace<TLanes>, allows ref struct
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var r = place.Gate(1);
        var received = GruFormulas<TShape>.ResetBackward(ref r, place.HiddenBefore, place.CarriedGradient);
        place.SetGate(1, r);
        place.PassBack(place.HiddenGradient + received);
    }
}
