using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The sum of f(target, prediction) over values that lie one after the other, and its derivative times a scale. Values are added in
/// ascending order in double, so the sum is the same for every vector width. The gradient may overlap neither input.
/// </summary>
internal unsafe struct LossKernel<TFunction> : IColumnStep where TFunction : struct, IElementwiseLoss
{
    private readonly float* targets;
    private readonly float* predictions;
    private readonly float* gradient;
    private readonly float scale;
    private OrderedSum sum;

    private LossKernel(float* targets, float* predictions, float* gradient, double scale)
    {
        this.targets = targets;
        this.predictions = predictions;
        this.gradient = gradient;
        this.scale = (float)scale;
    }

    /// <summary>Computes the sum; writes the gradient where <paramref name="gradient"/> is not null.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static double Run<TLanes>(float* targets, float* predictions, float* gradient, int count, double scale)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var step = new LossKernel<TFunction>(targets, predictions, gradient, scale);
        ColumnSweep.Run<TLanes, LossKernel<TFunction>>(ref step, 0, count);
        return step.sum.Value;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var target = TLanes.Load(targets + column);
        var prediction = TLanes.Load(predictions + column);
        sum.Add(TFunction.Value(target, prediction));
        if (gradient != null) TLanes.Store(TFunction.Derivative(target, prediction) * TLanes.Broadcast(scale), gradient + column);
    }
}
