using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// One timestep of <see cref="LstmCell.Backward"/> over rows of units: the gates i, f, c, o (n, 4u) become dz, and dc_t (n, u) becomes
/// dc_{t−1}.
/// </summary>
internal unsafe struct LstmBackwardCells<TShape> : IColumnStep where TShape : struct, ILstmShape
{
    /// <summary>The gates, then the gradients of their pre-activations, (n, 4u).</summary>
    public required float* Gates { get; set; }

    /// <summary>c of the timestep before; null where there is none.</summary>
    public required float* PreviousCells { get; set; }

    /// <summary>φ(c).</summary>
    public required float* ActivatedCells { get; set; }

    /// <summary>Gradient of this timestep's output; null where the output does not hold it.</summary>
    public required float* OutputGradient { get; set; }

    /// <summary>What the timesteps after add to the gradient of h.</summary>
    public required float* HiddenGradient { get; set; }

    /// <summary>Gradient of c, and then of the c before.</summary>
    public required float* CellGradient { get; set; }

    /// <summary>Runs the cells of all rows.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public readonly void Run<TLanes>(int rows) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var step = this;
        for (var row = 0; row < rows; row++)
        {
            ColumnSweep.Run<TLanes, LstmBackwardCells<TShape>>(ref step, 0, TShape.Units);
            step.Gates += 4 * TShape.Units;
            if (PreviousCells != null) step.PreviousCells += TShape.Units;
            step.ActivatedCells += TShape.Units;
            if (OutputGradient != null) step.OutputGradient += TShape.Units;
            step.HiddenGradient += TShape.Units;
            step.CellGradient += TShape.Units;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var gates = Gates + column;
        var i = TLanes.Load(gates);
        var f = TLanes.Load(gates + TShape.Units);
        var g = TLanes.Load(gates + (2 * TShape.Units));
        var o = TLanes.Load(gates + (3 * TShape.Units));
        var previousCell = PreviousCells == null ? TLanes.Zero : TLanes.Load(PreviousCells + column);
        var activatedCell = TLanes.Load(ActivatedCells + column);
        var hiddenGradient = TLanes.Load(HiddenGradient + column);
        if (OutputGradient != null) hiddenGradient += TLanes.Load(OutputGradient + column);
        var cellGradient = TLanes.Load(CellGradient + column);
        LstmCell.Backward<TShape, TLanes>(ref i, ref f, ref g, ref o, previousCell, activatedCell, hiddenGradient, ref cellGradient);
        TLanes.Store(i, gates);
        TLanes.Store(f, gates + TShape.Units);
        TLanes.Store(g, gates + (2 * TShape.Units));
        TLanes.Store(o, gates + (3 * TShape.Units));
        TLanes.Store(cellGradient, CellGradient + column);
    }
}
