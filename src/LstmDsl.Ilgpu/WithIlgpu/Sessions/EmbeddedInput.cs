using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// The check that an embedding's numbers have vectors, made where they leave for a device. An embedding reads a model's own input.
/// </summary>
internal static class EmbeddedInput
{
    /// <summary>Checks windows, (samples, timesteps, features).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number has no vector.</exception>
    public static void Check(ModelPlan plan, ReadOnlySpan<float> windows)
    {
        if (Vectors(plan) is not { } vectors)
            return;
        foreach (var value in windows)
            EmbeddingNumbers.Of(value, vectors);
    }

    /// <summary>Checks all windows of a data set; rows that none of them holds may be anything.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number has no vector.</exception>
    public static void Check(ModelPlan plan, BatchSource source)
    {
        if (Vectors(plan) is not { } vectors)
            return;
        foreach (var start in source.Starts)
        {
            for (var t = 0; t < source.Timesteps; t++)
                EmbeddingNumbers.Of(source.Rows[start + (t * source.SamplingRate)], vectors);
        }
    }

    private static int? Vectors(ModelPlan plan) => plan.Tensors.FirstOrDefault(tensor => tensor.Role == TensorRole.Embeddings)?.Rows;
}
