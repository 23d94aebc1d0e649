using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Draws a model's initial weights. A weight depends on the seed, on its tensor's place in the table and on its own place in the tensor.
/// </summary>
internal static class WeightInitializer
{
    /// <summary>Numbers that one draw gives.</summary>
    private const int NumbersPerDraw = 4;

    /// <summary>Fills one tensor as its row of the table says.</summary>
    /// <param name="tensor">The tensor's part of the parameter block, row-major.</param>
    /// <param name="slot">Its row of the table.</param>
    /// <param name="tensorIndex">Its place in the table.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">The span is not as long as the tensor.</exception>
    /// <exception cref="InvalidOperationException">The initializer cannot fill such a tensor.</exception>
    public static void Fill(Span<float> tensor, TensorSlot slot, int tensorIndex, int seed)
    {
        if (tensor.Length != slot.Length)
        {
            throw new ArgumentException($"Tensor '{slot.Name}' has {slot.Length} values; the span has {tensor.Length}.", nameof(tensor));
        }

        switch (slot.Initializer.Kind)
        {
            case Init.GlorotUniform:
                FillUniform(tensor, GlorotLimit(slot), (uint)tensorIndex, seed);
                break;
            case Init.Orthogonal:
                FillOrthogonal(tensor, slot, (uint)tensorIndex, seed);
                break;
            case Init.Zeros:
                tensor.Clear();
                break;
            case Init.Ones:
                tensor.Fill(1);
                break;
            case Init.Constant:
                tensor.Fill((float)slot.Initializer.Value);
                break;
            default:
                throw new InvalidOperationException($"Tensor '{slot.Name}' has an unknown initializer: {slot.Initializer.Kind}.");
        }

        FillOnes(tensor, slot);
    }

    /// <summary>
    /// √(6 / (fan in + fan out)) (Glorot and Bengio, 2010), the fans those of the whole tensor, all gates of a recurrent layer together.
    /// A bias counts its length as either fan, as in Keras.
    /// </summary>
    private static double GlorotLimit(TensorSlot slot)
    {
        var fanIn = slot.Role == TensorRole.Bias ? slot.Columns : slot.Rows;
        return Math.Sqrt(6.0 / ((long)fanIn + slot.Columns));
    }

    private static void FillUniform(Span<float> tensor, double limit, uint tensorIndex, int seed)
    {
        Span<uint> words = stackalloc uint[NumbersPerDraw];
        for (var from = 0; from < tensor.Length; from += NumbersPerDraw)
        {
            Draw(words, tensorIndex, from, seed);
            var numbers = tensor[from..Math.Min(from + NumbersPerDraw, tensor.Length)];
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = (float)(limit * ((2.0 * Distributions.UniformSingle(words[i])) - 1));
            }
        }
    }

    /// <summary>
    /// A random matrix whose rows or columns, whichever are fewer, are orthonormal (Saxe et al., 2014): a normal matrix with at least as
    /// many rows as columns, its columns made orthonormal; laid down transposed where the tensor is wider than tall.
    /// </summary>
    private static void FillOrthogonal(Span<float> tensor, TensorSlot slot, uint tensorIndex, int seed)
    {
        if (slot.Role == TensorRole.Bias)
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

        Span<uint> words = stackalloc uint[NumbersPerDraw];
        Span<double> numbers = stackalloc double[NumbersPerDraw];
        for (var from = 0; from < tensor.Length; from += NumbersPerDraw)
        {
            Draw(words, tensorIndex, from, seed);
            (numbers[0], numbers[1]) = Distributions.Normal(words[0], words[1]);
            (numbers[2], numbers[3]) = Distributions.Normal(words[2], words[3]);
            for (var i = from; i < Math.Min(from + NumbersPerDraw, tensor.Length); i++)
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
                tensor[(row * slot.Columns) + column] = (float)(slot.Rows < slot.Columns ? vectors[row][column] : vectors[column][row]);
            }
        }
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

    private static void Draw(Span<uint> words, uint tensorIndex, int element, int seed)
    {
        var drawn = Philox.Draw(seed, RandomPurpose.Weights, tensorIndex, (uint)(element / NumbersPerDraw));
        (words[0], words[1], words[2], words[3]) = (drawn.Word0, drawn.Word1, drawn.Word2, drawn.Word3);
    }
}
