using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The formulas of one LSTM cell (Hochreiter and Schmidhuber, 1997; as in keras.layers.LSTM), for one unit or a vector of units.
/// With z = x·W + h·U + b in blocks i, f, c, o:
/// <code>
/// i = σ(z_i)   f = σ(z_f)   g = φ(z_c)   o = σ(z_o)        σ: the recurrent activation, φ: the activation
/// c' = f·c + i·g
/// h' = o·φ(c')
/// </code>
/// </summary>
internal static class LstmCell
{
    /// <summary>From the pre-activations of the four gates and the cell state before to the gates, the cell state and the output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TShape, TLanes>(
        ref TLanes i, ref TLanes f, ref TLanes g, ref TLanes o, TLanes previousCell, out TLanes cell, out TLanes activatedCell, out TLanes hidden)
        where TShape : struct, ILstmShape
        where TLanes : unmanaged, ILanes<TLanes>
    {
        i = Activations.Apply(TShape.RecurrentActivation, i);
        f = Activations.Apply(TShape.RecurrentActivation, f);
        g = Activations.Apply(TShape.Activation, g);
        o = Activations.Apply(TShape.RecurrentActivation, o);
        cell = TLanes.MultiplyAdd(f, previousCell, i * g);
        activatedCell = Activations.Apply(TShape.Activation, cell);
        hidden = o * activatedCell;
    }

    /// <summary>
    /// From the gradients of the output and of the cell state to those of the four pre-activations (which take the gates' places) and
    /// of the cell state before.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TShape, TLanes>(
        ref TLanes i, ref TLanes f, ref TLanes g, ref TLanes o, TLanes previousCell, TLanes activatedCell, TLanes hiddenGradient, ref TLanes cellGradient)
        where TShape : struct, ILstmShape
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var dc = TLanes.MultiplyAdd(hiddenGradient * o, Activations.Derivative(TShape.Activation, activatedCell), cellGradient);
        cellGradient = dc * f;
        var di = dc * g * Activations.Derivative(TShape.RecurrentActivation, i);
        var df = dc * previousCell * Activations.Derivative(TShape.RecurrentActivation, f);
        g = dc * i * Activations.Derivative(TShape.Activation, g);
        o = hiddenGradient * activatedCell * Activations.Derivative(TShape.RecurrentActivation, o);
        i = di;
        f = df;
    }
}
