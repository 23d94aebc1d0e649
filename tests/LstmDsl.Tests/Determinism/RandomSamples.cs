namespace LstmDsl.Tests;

/// <summary>Samples of a model's shapes, from a seed.</summary>
internal static class RandomSamples
{
    public static (Samples X, Samples Y) For(ModelShape shape, int samples, int seed = 5)
    {
        var random = new Random(seed);
        var x = new float[samples, shape.Timesteps, shape.Features];
        Fill(random, x);
        if (shape.ReturnsSequences)
        {
            var sequences = new float[samples, shape.OutputTimesteps, shape.Outputs];
            Fill(random, sequences);
            return (x, sequences);
        }

        var rows = new float[samples, shape.Outputs];
        Fill(random, rows);
        return (x, rows);
    }

    private static void Fill(Random random, Array values)
    {
        var flat = new float[values.Length];
        for (var index = 0; index < flat.Length; index++)
            flat[index] = (float)((2 * random.NextDouble()) - 1);
        Buffer.BlockCopy(flat, 0, values, 0, flat.Length * sizeof(float));
    }
}
