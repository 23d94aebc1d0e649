using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Draws a model's initial weights. A weight depends on the seed, on its tensor's place in the table and on its own place in the tensor.
/// </summary>
internal static class WeightInitializer
{
    /// <summary>Fills one tensor as its row of the table says.</summary>
    /// <param name="tensor">The tensor's part of the parameter block, row-major.</param>
    /// <param name="slot">Its row of the table.</param>
    /// <param name="tensorIndex">Its place in the table, or what it is drawn by instead.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">The span is not as long as the tensor.</exception>
    /// <exception cref="InvalidOperationException">The initializer cannot fill such a tensor.</exception>
    public static void Fill(Span<float> tensor, TensorSlot slot, int tensorIndex, int seed)
    {
        if (tensor.Length != slot.Length)
        {
            throw new ArgumentException($"Tensor '{slot.Name}' has {slot.Length} values; the span has {tensor.Length}.", nameof(tensor));
        }

        var initializer = slot.Initializer;
        var draws = new WeightDraws((uint)tensorIndex, seed);
        switch (initializer.Kind)
        {
            case Init.Zeros:
                tensor.Clear();
                break;
            case Init.Ones:
                tensor.Fill(1);
                break;
            case Init.Constant:
                tensor.Fill((float)initializer.Value);
                break;
            case Init.RandomUniform:
                draws.FillUniform(tensor, initializer.MinValue, initializer.MaxValue);
                break;
            case Init.RandomNormal:
                draws.FillNormal(tensor, initializer.Mean, initializer.StdDev);
                break;
            case Init.TruncatedNormal:
                draws.FillTruncatedNormal(tensor, initializer.Mean, initializer.StdDev);
                break;
            case Init.Orthogonal:
                FillOrthogonal(tensor, slot, draws);
                break;
            case Init.Identity:
                FillIdentity(tensor, slot);
                break;
            default:
                FillAroundOnes(tensor, slot, draws);
                break;
        }

        FillOnes(tensor, slot);
    }

    /// <summary>
    /// Keras draws what lies before and behind an LSTM's forget gate each as a bias of its own, whose length is its fan.
    /// </summary>
    private static void FillAroundOnes(Span<float> tensor, TensorSlot slot, WeightDraws draws)
    {
        var (before, ones) = (slot.Initializer.OnesFrom, slot.Initializer.OnesCount);
        if (ones == 0)
        {
            FillScaled(tensor, slot, draws);
            return;
        }

        // A draw belongs to its place in the tensor: the part behind the gate, filled alone, would repeat the draws of the one before it.
        FillScaled(tensor, slot with { Columns = slot.Columns - before - ones }, draws);
        FillScaled(tensor[..before], slot with { Columns = before }, draws);
    }

    private static void FillScaled(Span<float> tensor, TensorSlot slot, WeightDraws draws)
    {
        if (VarianceScaling.Of(slot.Initializer) is not { } scaling)
            throw new InvalidOperationException($"Tensor '{slot.Name}' has an unknown initializer: {slot.Initializer.Kind}.");

        switch (scaling.Distribution)
        {
            case WeightDistribution.Uniform:
                var limit = scaling.Limit(slot);
                draws.FillUniform(tensor, -limit, limit);
                break;
            case WeightDistribution.TruncatedNormal:
                draws.FillTruncatedNormal(tensor, mean: 0, scaling.Deviation(slot));
                break;
            default:
                draws.FillNormal(tensor, mean: 0, scaling.Deviation(slot));
                break;
        }
    }

    /// <summary>
    /// A random matrix whose rows or columns, whichever are fewer, are orthonormal (Saxe et al., 2014), times the gain: a normal matrix
    /// with at least as many rows as columns, its columns made orthonormal; laid down transposed where the tensor is wider than tall.
    /// </summary>
    private static void FillOrthogonal(Span<float> tensor, TensorSlot slot, WeightDraws draws)
    {
        if (slot.IsVector)
        {
            throw new InvalidOperationException($"Tensor '{slot.Name}' is a bias, which has one dimension; an orthogonal matrix has two.");
        }

        var length = Math.Max(slot.Rows, slot.Columns);
        var count = Math.Min(slot.Rows, slot.Columns);
        var vectors = new double[count][];
        for (var i = 0; i < count; i++)
        {
            vectors[i] = new double[length];
        }

        Span<double> numbers = stackalloc double[WeightDraws.AtATime];
        for (var from = 0; from < tensor.Length; from += numbers.Length)
        {
            draws.Normal(numbers, from);
            for (var i = from; i < Math.Min(from + numbers.Length, tensor.Length); i++)
            {
                // Element i of the tall matrix, row-major; its columns are the vectors.
                vectors[i % count][i / count] = numbers[i - from];
            }
        }

        Orthonormal.Make(vectors);
        for (var row = 0; row < slot.Rows; row++)
        {
            for (var column = 0; column < slot.Columns; column++)
            {
                var value = slot.Rows < slot.Columns ? vectors[row][column] : vectors[column][row];
                tensor[(row * slot.Columns) + column] = (float)(slot.Initializer.Gain * value);
            }
        }
    }

    private static void FillIdentity(Span<float> tensor, TensorSlot slot)
    {
        if (slot.IsVector || slot.Rows != slot.Columns)
        {
            throw new InvalidOperationException(
                $"Tensor '{slot.Name}' has the shape ({string.Join(", ", slot.Shape)}); an identity matrix is square.");
        }

        tensor.Clear();
        for (var row = 0; row < slot.Rows; row++)
            tensor[(row * slot.Columns) + row] = (float)slot.Initializer.Gain;
    }

    /// <summary>The columns that start at one whatever the initializer: an LSTM's forget gate.</summary>
    private static void FillOnes(Span<float> tensor, TensorSlot slot)
    {
        if (slot.Initializer.OnesCount == 0)
        {
            return;
        }

        for (var row = 0; row < slot.Rows; row++)
        {
            tensor.Slice((row * slot.Columns) + slot.Initializer.OnesFrom, slot.Initializer.OnesCount).Fill(1);
        }
    }
}
