using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>A weight as (before, length, after), norms being taken along length.</summary>
internal struct ConstraintArguments
{
    public ArrayView<float> Weights;
    public WeightConstraint Constraint;
    public int Before;
    public int Length;
    public int After;
}

/// <summary>Negative weights become 0.</summary>
internal readonly struct NonNegativeKernel : IDeviceKernel<ConstraintArguments>
{
    public static void Run(ConstraintArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Before * arguments.Length * arguments.After; index += GridLoop.Step)
            arguments.Weights[index] = ConstraintFormulas.NonNegative(new DeviceLane(arguments.Weights[index])).Value;
    }
}

/// <summary>Norms are brought to where the constraint wants them, summed in double in ascending order; a thread has a norm.</summary>
internal readonly struct NormKernel : IDeviceKernel<ConstraintArguments>
{
    public static void Run(ConstraintArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Before * arguments.After; index += GridLoop.Step)
        {
            var first = (index / arguments.After * arguments.Length * arguments.After) + (index % arguments.After);
            var squares = 0.0;
            for (var row = 0; row < arguments.Length; row++)
            {
                double weight = arguments.Weights[first + (row * arguments.After)];
                squares += weight * weight;
            }

            var factor = ConstraintFormulas.Factor(arguments.Constraint, Math.Sqrt(squares));
            for (var row = 0; row < arguments.Length; row++)
            {
                var place = first + (row * arguments.After);
                arguments.Weights[place] = (float)(arguments.Weights[place] * factor);
            }
        }
    }
}
