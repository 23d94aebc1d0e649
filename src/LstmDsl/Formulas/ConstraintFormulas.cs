using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>What a weight is multiplied with to satisfy its constraint, as <c>keras.constraints</c> has it; for every backend.</summary>
internal static class ConstraintFormulas
{
    /// <summary>A weight, or 0 where it is negative; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TNumber NonNegative<TNumber>(TNumber weight) where TNumber : unmanaged, IOneLane<TNumber> =>
        TNumber.IsGreater(TNumber.Constant(0), weight) ? TNumber.Constant(0) : weight;

    /// <summary>The factor of values that have a norm; not for <see cref="Constraint.NonNeg"/>.</summary>
    public static double Factor(WeightConstraint constraint, double norm)
    {
        var desired = constraint.Kind == Constraint.UnitNorm ? 1
            : constraint.Kind == Constraint.MaxNorm ? Math.Min(norm, constraint.MaxNorm)
            : (constraint.Rate * Math.Min(Math.Max(norm, constraint.MinNorm), constraint.MaxNorm)) + ((1 - constraint.Rate) * norm);
        return desired / (LaneMath.Epsilon + norm);
    }
}
