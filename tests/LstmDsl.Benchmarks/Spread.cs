namespace LstmDsl.Benchmarks;

/// <summary>
/// Evenly spread numbers, the same at every run. Values do not change how long work takes, as long as they are plain ones.
/// </summary>
internal static class Spread
{
    /// <summary>So many numbers in [−1, 1).</summary>
    public static float[] Numbers(int count)
    {
        var values = new float[count];
        Fill(values);
        return values;
    }

    /// <summary>Fills with numbers in [−1, 1): multiples of the golden ratio, modulo 1, which have no period.</summary>
    public static void Fill(Span<float> values)
    {
        for (var index = 0; index < values.Length; index++)
            values[index] = (float)((2 * (index * 0.6180339887498949 % 1)) - 1);
    }

    /// <summary>Samples with targets of a model's shape, as a trainer takes them.</summary>
    public static (Samples X, Samples Y) Samples(ModelShape shape, int samples)
    {
        var x = new float[samples, shape.Timesteps, shape.Features];
        Buffer.BlockCopy(Numbers(x.Length), 0, x, 0, Buffer.ByteLength(x));
        Array y = shape.ReturnsSequences
            ? new float[samples, shape.OutputTimesteps, shape.Outputs]
            : new float[samples, shape.Outputs];
        Buffer.BlockCopy(Numbers(y.Length), 0, y, 0, Buffer.ByteLength(y));
        return (x, y is float[,,] sequences ? sequences : (float[,])y);
    }
}
