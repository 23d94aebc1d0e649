using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// One part of a cell's formulas, over the units of a row. The row lies in the step's own memory and is written and read number by number: the
/// processor waits where numbers that were written one by one are copied as a whole.
/// </summary>
internal interface ICellStep : IColumnStep
{
    /// <summary>Goes to the first sample at a timestep.</summary>
    void Start(in RecurrentTensors<float> layer, int t);

    /// <summary>Goes on to the sample so many behind.</summary>
    void Move(int samples);
}

/// <summary>Runs a part of a cell's formulas over the rows of a timestep.</summary>
internal static unsafe class CellSweep<TCell> where TCell : struct, IRecurrentCell
{
    /// <summary>Runs it over all samples. Without gates that lie one after the other the units of all samples are one row.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Run<TLanes, TStep>(in RecurrentTensors<float> layer, int t)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TStep : struct, ICellStep
    {
        var step = default(TStep);
        step.Start(layer, t);
        var samples = layer.Samples;
        var together = TCell.Gates == 1 ? samples : 1;
        for (var sample = 0; sample < samples; sample += together)
        {
            ColumnSweep.Run<TLanes, TStep>(ref step, 0, together * TCell.Units);
            step.Move(1);
        }
    }

    /// <summary>See <see cref="IRecurrentCell.Forward"/>.</summary>
    public struct Forward : ICellStep
    {
        private ForwardRow<TCell, float> row;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Start(in RecurrentTensors<float> layer, int t) => row = new(layer, t);

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
    public struct Reset : ICellStep
    {
        private ForwardRow<TCell, float> row;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Start(in RecurrentTensors<float> layer, int t) => row = new(layer, t);

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
    public struct Backward : ICellStep
    {
        private BackwardRow<TCell, float> row;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Start(in RecurrentTensors<float> layer, int t) => row = new(layer, t);

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
    public struct ResetBackward : ICellStep
    {
        private BackwardRow<TCell, float> row;

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Start(in RecurrentTensors<float> layer, int t)
        {
            // What the output receives was taken in before.
            row = new(layer, t);
            row.OutputGradient = null;
        }

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
