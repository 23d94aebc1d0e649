namespace LstmDsl.Benchmarks;

/// <summary>Inputs and targets of a row's shape: evenly spread numbers, the same at every run. Values do not change how long work takes.</summary>
internal static class RowData
{
    /// <summary>Windows, row-major (samples, timesteps, features), in [−1, 1).</summary>
    public static float[] Windows(ModelShape shape, int samples) => Spread(samples * shape.InputLength);

    /// <summary>Samples with targets, as a trainer takes them.</summary>
    public static (Samples X, Samples Y) Samples(ModelShape shape, int samples)
    {
        var x = new float[samples, shape.Timesteps, shape.Features];
        Buffer.BlockCopy(Windows(shape, samples), 0, x, 0, Buffer.ByteLength(x));
        var values = Spread(samples * shape.OutputLength);
        Array y = shape.ReturnsSequences
            ? new float[samples, shape.OutputTimesteps, shape.Outputs]
            : new float[samples, shape.Outputs];
        Buffer.BlockCopy(values, 0, y, 0, Buffer.ByteLength(y));
        return (x, y is float[,,] sequences ? sequences : (float[,])y);
    }

    // Multiples of the golden ratio, modulo 1: evenly spread and without a period.
    private static float[] Spread(int count)
    {
        var values = new float[count];
        for (var index = 0; index < count; index++)
            values[index] = (float)((2 * (index * 0.6180339887498949 % 1)) - 1);
        return values;
    }
}
