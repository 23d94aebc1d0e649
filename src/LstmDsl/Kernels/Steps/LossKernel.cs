using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The sum of f(target, prediction) over values that lie one after the other, and its derivative times a scale, each times its row's
/// weight. Values are added in ascending order in double, so the sum is the same for every vector width.
/// </summary>
internal unsafe struct LossKernel<TFunction> : IColumnStep where TFunction : struct, IElementwiseLoss
{
    private readonly TFunction function;
    private readonly LossTensors tensors;
    private float scale;
    private OrderedSum sum;

    private LossKernel(in TFunction function, in LossTensors tensors)
    {
        this.function = function;
        this.tensors = tensors;
    }

    /// <summary>Computes the sum; writes the gradient where there is a place for it.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static double Run<TLanes>(in TFunction function, in LossTensors tensors, int rows, int columns, double scale)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var step = new LossKernel<TFunction>(function, tensors) { scale = (float)scale };
        if (tensors.Weights == null)
        {
            ColumnSweep.Run<TLanes, LossKernel<TFunction>>(ref step, 0, rows * columns);
            return step.sum.Value;
        }

        var total = 0.0;
        for (var row = 0; row < rows; row++)
        {
            double weight = tensors.Weights[row];
            step.scale = (float)(scale * weight);
            step.sum = default;
            ColumnSweep.Run<TLanes, LossKernel<TFunction>>(ref step, row * columns, (row + 1) * columns);
            total += weight * step.sum.Value;
        }

        return total;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var target = TLanes.Load(tensors.Targets + column);
        var prediction = TLanes.Load(tensors.Predictions + column);
        sum.Add(function.Value(target, prediction));
        if (tensors.Gradient != null)
            TLanes.Store(function.Derivative(target, prediction) * TLanes.Broadcast(scale), tensors.Gradient + column);
    }
}
