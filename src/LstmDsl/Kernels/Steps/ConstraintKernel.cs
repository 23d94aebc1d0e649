using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Makes a weight satisfy its constraint. One tensor is one caller's, and norms are summed in ascending order in double, so results depend
/// on neither threads nor vectors.
/// </summary>
internal static unsafe class ConstraintKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Norms that are kept while the rows go by.
    private const int ColumnTile = 64;

    /// <summary>Overwrites the weight.</summary>
    public static void Run(T* parameters, in ConstrainedTensor tensor)
    {
        var weights = parameters + tensor.From;
        if (tensor.Constraint.Kind == Constraint.NonNeg)
        {
            RemoveNegative(weights, tensor.Before * tensor.Length * tensor.After);
            return;
        }

        for (var before = 0; before < tensor.Before; before++, weights += tensor.Length * tensor.After)
        {
            for (var first = 0; first < tensor.After; first += ColumnTile)
                Scale(tensor.Constraint, weights + first, tensor.Length, tensor.After, Math.Min(ColumnTile, tensor.After - first));
        }
    }

    [MethodImpl(KernelCompilation.Loop)]
    private static void RemoveNegative(T* weights, int count)
    {
        for (var index = 0; index < count; index++)
            weights[index] = ConstraintFormulas.NonNegative<Scalar<T>>(weights[index]).Value;
    }

    [MethodImpl(KernelCompilation.Loop)]
    private static void Scale(in WeightConstraint constraint, T* weights, int rows, int stride, int columns)
    {
        var factors = stackalloc double[ColumnTile];
        new Span<double>(factors, columns).Clear();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var weight = double.CreateTruncating(weights[(row * stride) + column]);
                factors[column] += weight * weight;
            }
        }

        for (var column = 0; column < columns; column++)
            factors[column] = ConstraintFormulas.Factor(constraint, Math.Sqrt(factors[column]));
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                ref var weight = ref weights[(row * stride) + column];
                weight = T.CreateTruncating(double.CreateTruncating(weight) * factors[column]);
            }
        }
    }
}
