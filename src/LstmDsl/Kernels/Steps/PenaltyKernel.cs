using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The sum of what numbers that lie one after the other cost by a regulariser; its derivative times a scale is added to their gradient.
/// As in <see cref="LossKernel{TFunction}"/> the sum is the same for every vector width.
/// </summary>
internal unsafe struct PenaltyKernel : IColumnStep
{
    private readonly Regularizer regularizer;
    private readonly float* numbers;
    private readonly float* gradient;
    private readonly float scale;
    private OrderedSum sum;

    private PenaltyKernel(Regularizer regularizer, float* numbers, float* gradient, double scale)
    {
        this.regularizer = regularizer;
        this.numbers = numbers;
        this.gradient = gradient;
        this.scale = (float)scale;
    }

    /// <summary>Computes the sum; adds to the gradient where <paramref name="gradient"/> is not null.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static double Run<TLanes>(Regularizer regularizer, float* numbers, float* gradient, int count, double scale)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var step = new PenaltyKernel(regularizer, numbers, gradient, scale);
        ColumnSweep.Run<TLanes, PenaltyKernel>(ref step, 0, count);
        return step.sum.Value;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var formulas = new PenaltyFormulas<TLanes>(regularizer);
        var number = TLanes.Load(numbers + column);
        sum.Add(formulas.Value(number));
        if (gradient != null)
        {
            var addend = formulas.Derivative(number) * TLanes.Broadcast(scale);
            TLanes.Store(TLanes.Load(gradient + column) + addend, gradient + column);
        }
    }
}
