using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The weighted sum of a function of whole rows, and its gradient times a scale. Each lane holds a row, whose columns are taken one after
/// the other; so a row's arithmetic is the same for every vector width, and the sum over rows runs in ascending order in double.
/// </summary>
internal unsafe struct RowLossKernel<TFunction> : IColumnStep where TFunction : struct, IRowLoss
{
    private readonly TFunction function;
    private readonly LossTensors tensors;
    private readonly int columns;
    private readonly int targetColumns;
    private readonly float scale;
    private OrderedSum sum;

    private RowLossKernel(in TFunction function, in LossTensors tensors, int columns, double scale)
    {
        this.function = function;
        this.tensors = tensors;
        this.columns = columns;
        this.scale = (float)scale;
        targetColumns = function.TargetColumns(columns);
    }

    /// <summary>Computes the sum; writes the gradient where there is a place for it.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static double Run<TLanes>(in TFunction function, in LossTensors tensors, int rows, int columns, double scale)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var step = new RowLossKernel<TFunction>(function, tensors, columns, scale);
        ColumnSweep.Run<TLanes, RowLossKernel<TFunction>>(ref step, 0, rows);
        return step.sum.Value;
    }

    /// <summary>The rows from <paramref name="column"/> on, as many as there are lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var weight = tensors.Weights == null ? TLanes.Broadcast(1) : TLanes.Load(tensors.Weights + column);
        var rows = new Rows<TLanes>(this, column, weight * TLanes.Broadcast(scale));
        sum.Add(weight * function.Run<TLanes, Rows<TLanes>>(rows));
    }

    private readonly struct Rows<TLanes>(in RowLossKernel<TFunction> kernel, int row, TLanes factor) : ILossRows<TLanes>
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        private readonly float* targets = kernel.tensors.Targets + ((nint)row * kernel.targetColumns);
        private readonly float* predictions = kernel.tensors.Predictions + ((nint)row * kernel.columns);
        private readonly float* gradient = kernel.tensors.Gradient == null ? null : kernel.tensors.Gradient + ((nint)row * kernel.columns);
        private readonly int targetStride = kernel.targetColumns;
        private readonly TLanes factor = factor;

        public int Columns { get; } = kernel.columns;

        public bool WantsGradient => gradient != null;

        public TLanes Target(int column) => LaneByLane.Gather<TLanes>(targets + column, targetStride);

        public TLanes Prediction(int column) => LaneByLane.Gather<TLanes>(predictions + column, Columns);

        public void SetGradient(int column, TLanes derivative) => LaneByLane.Scatter(derivative * factor, gradient + column, Columns);
    }
}
