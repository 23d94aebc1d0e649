using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// One timestep of <see cref="LstmCell.Forward"/> over rows of units: z (n, 4u) becomes the gates i, f, c, o; c_{t−1} (n, u) gives c, φ(c)
/// and h. <see cref="Cells"/> may be <see cref="PreviousCells"/>.
/// </summary>
internal unsafe struct LstmForwardCells<TShape> : IColumnStep where TShape : struct, ILstmShape
{
    /// <summary>z, then the gates, (n, 4u).</summary>
    public required float* Gates { get; set; }

    /// <summary>c of the timestep before; null where there is none.</summary>
    public required float* PreviousCells { get; set; }

    /// <summary>Takes c.</summary>
    public required float* Cells { get; set; }

    /// <summary>Takes φ(c); null in a prediction.</summary>
    public required float* ActivatedCells { get; set; }

    /// <summary>Takes h.</summary>
    public required float* Hidden { get; set; }

    /// <summary>Runs the cells of all rows.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public readonly void Run<TLanes>(int rows) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var step = this;
        for (var row = 0; row < rows; row++)
        {
            ColumnSweep.Run<TLanes, LstmForwardCells<TShape>>(ref step, 0, TShape.Units);
            step.Gates += 4 * TShape.Units;
            if (PreviousCells != null) step.PreviousCells += TShape.Units;
            step.Cells += TShape.Units;
            if (ActivatedCells != null) step.ActivatedCells += TShape.Units;
            step.Hidden += TShape.Units;
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
        LstmCell.Forward<TShape, TLanes>(ref i, ref f, ref g, ref o, previousCell, out var cell, out var activatedCell, out var hidden);
        TLanes.Store(i, gates);
        TLanes.Store(f, gates + TShape.Units);
        TLanes.Store(g, gates + (2 * TShape.Units));
        TLanes.Store(o, gates + (3 * TShape.Units));
        TLanes.Store(cell, Cells + column);
        if (ActivatedCells != null) TLanes.Store(activatedCell, ActivatedCells + column);
        TLanes.Store(hidden, Hidden + column);
    }
}
