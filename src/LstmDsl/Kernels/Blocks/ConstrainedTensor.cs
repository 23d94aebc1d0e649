namespace LstmDsl.CompilerServices;

/// <summary>A tensor that is made to satisfy something after each update, as (before, length, after), norms being taken along length.</summary>
/// <param name="Constraint">What.</param>
/// <param name="From">Where it starts in the parameter block.</param>
/// <param name="Before">Product of the axes before the norms'.</param>
/// <param name="Length">The norms' axis.</param>
/// <param name="After">Product of the axes after it.</param>
internal readonly record struct ConstrainedTensor(WeightConstraint Constraint, int From, int Before, int Length, int After)
{
    /// <summary>A row of the tensor table.</summary>
    public static ConstrainedTensor Of(TensorSlot tensor)
    {
        var (shape, axis) = (tensor.Shape, tensor.Constraint.Axis);
        var before = shape[..axis].Aggregate(1, (product, size) => product * size);
        return new(tensor.Constraint, tensor.Offset, before, shape[axis], tensor.Length / (before * shape[axis]));
    }
}
