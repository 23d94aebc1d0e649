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
/// Where a derivative needs the activation's input, a gate's place and that of φ(c) keep it instead (<see cref="Activations.Kept"/>).
/// </summary>
internal static class LstmCell
{
    /// <summary>
    /// From the pre-activations of the four gates and the cell state before to what is kept of the gates, the cell state, what is kept of
    /// its activation, and the output.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TShape, TLanes>(
        ref TLanes i, ref TLanes f, ref TLanes g, ref TLanes o, TLanes previousCell, out TLanes cell, out TLanes activatedCell, out TLanes hidden)
        where TShape : struct, ILstmShape
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var input = Activations.Apply(TShape.RecurrentActivation, i);
        var forget = Activations.Apply(TShape.RecurrentActivation, f);
        var candidate = Activations.Apply(TShape.Activation, g);
        var output = Activations.Apply(TShape.RecurrentActivation, o);
        cell = TLanes.MultiplyAdd(forget, previousCell, input * candidate);
        activatedCell = Activations.Apply(TShape.Activation, cell);
        hidden = output * activatedCell;
        i = Activations.Kept(TShape.RecurrentActivation, i, input);
        f = Activations.Kept(TShape.RecurrentActivation, f, forget);
        g = Activations.Kept(TShape.Activation, g, candidate);
        o = Activations.Kept(TShape.RecurrentActivation, o, output);
        activatedCell = Activations.Kept(TShape.Activation, cell, activatedCell);
    }

    /// <summary>
    /// From what was kept and the gradients of the output and of the cell state to those of the four pre-activations (which take the gates'
    /// places) and of the cell state before.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TShape, TLanes>(
        ref TLanes i, ref TLanes f, ref TLanes g, ref TLanes o, TLanes previousCell, TLanes activatedCell, TLanes hiddenGradient, ref TLanes cellGradient)
        where TShape : struct, ILstmShape
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var input = Activations.Recall(TShape.RecurrentActivation, i);
        var forget = Activations.Recall(TShape.RecurrentActivation, f);
        var candidate = Activations.Recall(TShape.Activation, g);
        var output = Activations.Recall(TShape.RecurrentActivation, o);
        var dc = TLanes.MultiplyAdd(hiddenGradient * output, Activations.DerivativeOfKept(TShape.Activation, activatedCell), cellGradient);
        cellGradient = dc * forget;
        var di = dc * candidate * Activations.DerivativeOfKept(TShape.RecurrentActivation, i);
        var df = dc * previousCell * Activations.DerivativeOfKept(TShape.RecurrentActivation, f);
        g = dc * input * Activations.DerivativeOfKept(TShape.Activation, g);
        var activated = Activations.Recall(TShape.Activation, activatedCell);
        o = hiddenGradient * activated * Activations.DerivativeOfKept(TShape.RecurrentActivation, o);
        i = di;
        f = df;
    }
}
