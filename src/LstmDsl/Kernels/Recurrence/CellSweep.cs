using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>One part of a cell's formulas, over the units of a row.</summary>
/// <typeparam name="TRow">Where the row lies.</typeparam>
internal interface ICellStep<TRow> : IColumnStep where TRow : struct, ICellRow
{
    /// <summary>The row that it works on.</summary>
    TRow Row { set; }

    /// <summary>
    /// Goes on to the sample so many behind, in the step's own memory: a row that is written in parts and then copied as a whole would be
    /// waited for.
    /// </summary>
    void Move(int samples);
}

/// <summary>Runs a part of a cell's formulas over the rows of a timestep.</summary>
internal static class CellSweep<TCell> where TCell : struct, IRecurrentCell
{
    /// <summary>Runs it over so many samples. Without gates that lie one after the other the units of all samples are one row.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Run<TLanes, TStep, TRow>(TRow row, int samples)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TStep : struct, ICellStep<TRow>
        where TRow : struct, ICellRow
    {
        var step = default(TStep);
        step.Row = row;
        var together = TCell.Gates == 1 ? samples : 1;
        for (var sample = 0; sample < samples; sample += together)
        {
            ColumnSweep.Run<TLanes, TStep>(ref step, 0, together * TCell.Units);
            step.Move(1);
        }
    }

    /// <summary>See <see cref="IRecurrentCell.Forward"/>.</summary>
    public struct Forward : ICellStep<ForwardRow<TCell, float>>
    {
        private ForwardRow<TCell, float> row;

        /// <inheritdoc/>
        public ForwardRow<TCell, float> Row { set => row = value; }

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Move(int samples) => row.Move(samples);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            var place = new ForwardPlace<TCell, TLanes, float>(in row, column);
            TCell.Forward<ForwardPlace<TCell, TLanes, float>, TLanes>(ref place);
        }
    }

    /// <summary>See <see cref="IRecurrentCell.Reset"/>.</summary>
    public struct Reset : ICellStep<ForwardRow<TCell, float>>
    {
        private ForwardRow<TCell, float> row;

        /// <inheritdoc/>
        public ForwardRow<TCell, float> Row { set => row = value; }

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Move(int samples) => row.Move(samples);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            var place = new ForwardPlace<TCell, TLanes, float>(in row, column);
            TCell.Reset<ForwardPlace<TCell, TLanes, float>, TLanes>(ref place);
        }
    }

    /// <summary>See <see cref="IRecurrentCell.Backward"/>.</summary>
    public struct Backward : ICellStep<BackwardRow<TCell, float>>
    {
        private BackwardRow<TCell, float> row;

        /// <inheritdoc/>
        public BackwardRow<TCell, float> Row { set => row = value; }

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Move(int samples) => row.Move(samples);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            var place = new BackwardPlace<TCell, TLanes, float>(in row, column);
            TCell.Backward<BackwardPlace<TCell, TLanes, float>, TLanes>(ref place);
        }
    }

    /// <summary>See <see cref="IRecurrentCell.ResetBackward"/>.</summary>
    public struct ResetBackward : ICellStep<BackwardRow<TCell, float>>
    {
        private BackwardRow<TCell, float> row;

        /// <inheritdoc/>
        public BackwardRow<TCell, float> Row { set => row = value; }

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Move(int samples) => row.Move(samples);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            var place = new BackwardPlace<TCell, TLanes, float>(in row, column);
            TCell.ResetBackward<BackwardPlace<TCell, TLanes, float>, TLanes>(ref place);
        }
    }
}
