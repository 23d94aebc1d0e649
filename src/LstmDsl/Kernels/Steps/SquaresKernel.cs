using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Σ x² of floats that lie one after the other, in ascending order in double: the same for every vector width.</summary>
internal unsafe struct SquaresKernel : IColumnStep
{
    private readonly float* numbers;
    private OrderedSum sum;

    private SquaresKernel(float* numbers) => this.numbers = numbers;

    /// <summary>Computes the sum.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static double Run<TLanes>(float* numbers, int count) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var step = new SquaresKernel(numbers);
        ColumnSweep.Run<TLanes, SquaresKernel>(ref step, 0, count);
        return step.sum.Value;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var number = TLanes.Load(numbers + column);
        sum.Add(number * number);
    }
}
