using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Some units of a row, as a cell's formulas see them forwards: those from a column on, as many as there are lanes.</summary>
internal readonly unsafe ref struct ForwardPlace<TCell, TLanes, T> : IForwardPlace<TLanes>
    where TCell : struct, IRecurrentCell
    where TLanes : unmanaged, IElementLanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ref readonly ForwardRow<TCell, T> row;
    private readonly int column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ForwardPlace(ref readonly ForwardRow<TCell, T> row, int column)
    {
        this.row = ref row;
        this.column = column;
    }

    /// <inheritdoc/>
    public TLanes HiddenBefore
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => row.HiddenBefore == null ? TLanes.Constant(0) : TLanes.Load(row.HiddenBefore + column);
    }

    /// <inheritdoc/>
    public TLanes CarriedBefore
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => row.CarriedBefore == null ? TLanes.Constant(0) : TLanes.Load(row.CarriedBefore + column);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Gate(int gate) => TLanes.Load(row.Gates + column + (gate * TCell.Units));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Recurrent(int gate) => TLanes.Load(row.Kept + column + (gate * TCell.Units));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void KeepGate(int gate, TLanes value) => TLanes.Store(value, row.Gates + column + (gate * TCell.Units));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(TLanes value)
    {
        if (row.Kept != null) TLanes.Store(value, row.Kept + column);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetCarried(TLanes value) => TLanes.Store(value, row.Carried + column);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetHidden(TLanes value) => TLanes.Store(value, row.Hidden + column);
}

/// <summary>Some units of a row, as a cell's formulas see them backwards.</summary>
internal readonly unsafe ref struct BackwardPlace<TCell, TLanes, T> : IBackwardPlace<TLanes>
    where TCell : struct, IRecurrentCell
    where TLanes : unmanaged, IElementLanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ref readonly BackwardRow<TCell, T> row;
    private readonly int column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BackwardPlace(ref readonly BackwardRow<TCell, T> row, int column)
    {
        this.row = ref row;
        this.column = column;
    }

    /// <inheritdoc/>
    public TLanes HiddenBefore
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => row.HiddenBefore == null ? TLanes.Constant(0) : TLanes.Load(row.HiddenBefore + column);
    }

    /// <inheritdoc/>
    public TLanes Hidden
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Load(row.Hidden + column);
    }

    /// <inheritdoc/>
    public TLanes CarriedBefore
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => row.CarriedBefore == null ? TLanes.Constant(0) : TLanes.Load(row.CarriedBefore + column);
    }

    /// <inheritdoc/>
    public TLanes Kept
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Load(row.Kept + column);
    }

    /// <inheritdoc/>
    public TLanes HiddenGradient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var gradient = TLanes.Load(row.HiddenGradient + column);
            return row.OutputGradient == null ? gradient : gradient + TLanes.Load(row.OutputGradient + column);
        }
    }

    /// <inheritdoc/>
    public TLanes CarriedGradient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Load(row.CarriedGradient + column);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Gate(int gate) => TLanes.Load(row.Gates + column + (gate * TCell.Units));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Recurrent(int gate) => TLanes.Load(row.Kept + column + (gate * TCell.Units));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetGate(int gate, TLanes gradient) => TLanes.Store(gradient, row.Gates + column + (gate * TCell.Units));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetRecurrent(int gate, TLanes gradient) => TLanes.Store(gradient, row.Kept + column + (gate * TCell.Units));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetCarried(TLanes gradient) => TLanes.Store(gradient, row.CarriedGradient + column);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PassBack(TLanes gradient) => TLanes.Store(gradient, row.HiddenGradient + column);
}
