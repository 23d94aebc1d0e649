using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// What the weights of a model cost by their regularisers: one sum for each range of the parameter block, in the order of the table, and
/// then all ranges in order. The ranges are those of the update, which depend on the model alone.
/// </summary>
internal sealed class WeightPenalties(IReadOnlyList<TensorSlot> all, int ranges)
{
    private readonly TensorSlot[] tensors = [.. all.Where(tensor => !tensor.Regularizer.IsNone && !tensor.IsFrozen)];
    private readonly double[] sums = new double[ranges];

    /// <summary>Whether any weight costs anything.</summary>
    public bool Any => tensors.Length > 0;

    /// <summary>The sum over all ranges.</summary>
    public double Total
    {
        get
        {
            var total = 0.0;
            foreach (var sum in sums)
                total += sum;
            return total;
        }
    }

    /// <summary>Sums one range, and adds to its gradient where the backend has one.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="range">Index of the range.</param>
    /// <param name="from">Where it begins in the parameter block.</param>
    /// <param name="to">Where it ends.</param>
    public void Add<TBackend>(ref TBackend backend, int range, int from, int to) where TBackend : struct, ITrainingBackend
    {
        var sum = 0.0;
        foreach (var tensor in tensors)
        {
            var (first, end) = (Math.Max(from, tensor.Offset), Math.Min(to, tensor.Offset + tensor.Length));
            if (first < end)
                sum += backend.AddWeightPenalty(tensor.Regularizer, first, end);
        }

        sums[range] = sum;
    }
}
