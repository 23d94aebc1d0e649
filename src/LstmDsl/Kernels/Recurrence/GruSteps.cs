using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The elementwise parts of one timestep of a GRU layer over rows of units; each part of <see cref="GruCell"/> that stands between two
/// products is a step. Gates are z, r, h (n, 3u); what lies beside them is (n, u) unless it is said.
/// </summary>
internal unsafe struct GruSteps<TShape> where TShape : struct, IGruShape
{
    /// <summary>The pre-activations' input part, then what is kept of gates and candidate, in the end gradients.</summary>
    public required float* Gates { get; set; }

    /// <summary>Reset after: the state's part of the pre-activations, (n, 3u). Reset before: r·h.</summary>
    public required float* Recurrent { get; set; }

    /// <summary>h of the timestep before; null where there is none.</summary>
    public required float* Previous { get; set; }

    /// <summary>Takes h. Only forwards.</summary>
    public float* Hidden { get; set; }

    /// <summary>Gradient of this timestep's output; null where the output does not hold it.</summary>
    public float* OutputGradient { get; set; }

    /// <summary>What the timesteps after add to the gradient of h; then what the state before receives.</summary>
    public float* HiddenGradient { get; set; }

    /// <summary>Gradient of r·h, where the reset comes before.</summary>
    public float* ResetGradient { get; set; }

    private static int RecurrentColumns => TShape.ResetAfter ? 3 * TShape.Units : TShape.Units;

    /// <summary>Runs a step over all rows.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public readonly void Run<TLanes, TStep>(int rows)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TStep : struct, IColumnStep, IGruStep<TShape>
    {
        var step = default(TStep);
        var row = this;
        for (var index = 0; index < rows; index++)
        {
            step.Row = row;
            ColumnSweep.Run<TLanes, TStep>(ref step, 0, TShape.Units);
            row.Gates += 3 * TShape.Units;
            row.Recurrent += RecurrentColumns;
            if (Previous != null) row.Previous += TShape.Units;
            if (Hidden != null) row.Hidden += TShape.Units;
            if (OutputGradient != null) row.OutputGradient += TShape.Units;
            if (HiddenGradient != null) row.HiddenGradient += TShape.Units;
            if (ResetGradient != null) row.ResetGradient += TShape.Units;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly TLanes PreviousAt<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes> =>
        Previous == null ? TLanes.Zero : TLanes.Load(Previous + column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly TLanes GradientAt<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var gradient = TLanes.Load(HiddenGradient + column);
        return OutputGradient == null ? gradient : gradient + TLanes.Load(OutputGradient + column);
    }

    /// <summary>Reset after: both parts of the pre-activations → gates, candidate and h.</summary>
    public struct Forward : IColumnStep, IGruStep<TShape>
    {
        /// <inheritdoc/>
        public GruSteps<TShape> Row { get; set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            float* gates = Row.Gates + column, recurrent = Row.Recurrent + column;
            var z = TLanes.Load(gates) + TLanes.Load(recurrent);
            var r = TLanes.Load(gates + TShape.Units) + TLanes.Load(recurrent + TShape.Units);
            var (update, reset) = (GruCell.Gate<TShape, TLanes>(ref z), GruCell.Gate<TShape, TLanes>(ref r));
            var g = TLanes.MultiplyAdd(reset, TLanes.Load(recurrent + (2 * TShape.Units)), TLanes.Load(gates + (2 * TShape.Units)));
            var hidden = GruCell.State<TShape, TLanes>(update, ref g, Row.PreviousAt<TLanes>(column));
            TLanes.Store(z, gates);
            TLanes.Store(r, gates + TShape.Units);
            TLanes.Store(g, gates + (2 * TShape.Units));
            TLanes.Store(hidden, Row.Hidden + column);
        }
    }

    /// <summary>Reset before, first part: the pre-activation of r → r and r·h.</summary>
    public struct Reset : IColumnStep, IGruStep<TShape>
    {
        /// <inheritdoc/>
        public GruSteps<TShape> Row { get; set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            var r = TLanes.Load(Row.Gates + TShape.Units + column);
            var reset = GruCell.Gate<TShape, TLanes>(ref r);
            TLanes.Store(r, Row.Gates + TShape.Units + column);
            TLanes.Store(reset * Row.PreviousAt<TLanes>(column), Row.Recurrent + column);
        }
    }

    /// <summary>Reset before, second part: the pre-activations of z and of the candidate → both and h.</summary>
    public struct Update : IColumnStep, IGruStep<TShape>
    {
        /// <inheritdoc/>
        public GruSteps<TShape> Row { get; set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            var gates = Row.Gates + column;
            var (z, g) = (TLanes.Load(gates), TLanes.Load(gates + (2 * TShape.Units)));
            var update = GruCell.Gate<TShape, TLanes>(ref z);
            var hidden = GruCell.State<TShape, TLanes>(update, ref g, Row.PreviousAt<TLanes>(column));
            TLanes.Store(z, gates);
            TLanes.Store(g, gates + (2 * TShape.Units));
            TLanes.Store(hidden, Row.Hidden + column);
        }
    }

    /// <summary>
    /// Backwards: the gradient of h → those of the pre-activations of z and of the candidate, and, where the reset comes after, of r and of
    /// the state's parts.
    /// </summary>
    public struct Backward : IColumnStep, IGruStep<TShape>
    {
        /// <inheritdoc/>
        public GruSteps<TShape> Row { get; set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            float* gates = Row.Gates + column, recurrent = Row.Recurrent + column;
            var (z, g) = (TLanes.Load(gates), TLanes.Load(gates + (2 * TShape.Units)));
            var carried = GruCell.StateBackward<TShape, TLanes>(
                ref z, ref g, Row.PreviousAt<TLanes>(column), Row.GradientAt<TLanes>(column));
            TLanes.Store(z, gates);
            TLanes.Store(g, gates + (2 * TShape.Units));
            TLanes.Store(carried, Row.HiddenGradient + column);
            if (!TShape.ResetAfter) return;

            var r = TLanes.Load(gates + TShape.Units);
            var stateGradient = GruCell.ResetBackward<TShape, TLanes>(ref r, TLanes.Load(recurrent + (2 * TShape.Units)), g);
            TLanes.Store(r, gates + TShape.Units);
            TLanes.Store(z, recurrent);
            TLanes.Store(r, recurrent + TShape.Units);
            TLanes.Store(stateGradient, recurrent + (2 * TShape.Units));
        }
    }

    /// <summary>
    /// Backwards, reset before: the gradient of r·h → that of the pre-activation of r, and what h before receives through it.
    /// </summary>
    public struct ResetBackward : IColumnStep, IGruStep<TShape>
    {
        /// <inheritdoc/>
        public GruSteps<TShape> Row { get; set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            var r = TLanes.Load(Row.Gates + TShape.Units + column);
            var received = GruCell.ResetBackward<TShape, TLanes>(
                ref r, Row.PreviousAt<TLanes>(column), TLanes.Load(Row.ResetGradient + column));
            TLanes.Store(r, Row.Gates + TShape.Units + column);
            TLanes.Store(TLanes.Load(Row.HiddenGradient + column) + received, Row.HiddenGradient + column);
        }
    }
}

/// <summary>A step of <see cref="GruSteps{TShape}"/>.</summary>
internal interface IGruStep<TShape> where TShape : struct, IGruShape
{
    /// <summary>The row that it works on.</summary>
    GruSteps<TShape> Row { get; set; }
}
