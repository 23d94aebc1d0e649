using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// The check that an embedding's numbers have vectors, made before anything is computed from them. An embedding reads a model's own input.
/// </summary>
internal static class EmbeddedInput
{
    /// <summary>Whether a model's input is the numbers of an embedding's vectors.</summary>
    public static bool IsEmbedded(ModelPlan plan) => Vectors(plan) is not null;

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
    /// <exception cref="ArgumentException">A number has no vector; the message has its place.</exception>
    public static void Check(ModelPlan plan, BatchSource source, string name)
    {
        if (Vectors(plan) is not { } vectors)
            return;
        for (var window = 0; window < source.Count; window++)
        {
            for (var t = 0; t < source.Timesteps; t++)
            {
                var value = source.Rows[source.Starts[window] + ((long)t * source.SamplingRate)];
                if (!EmbeddingNumbers.HasVector(value, vectors))
                {
                    var place = FormattableString.Invariant($"{name}, sample {window}, timestep {t}: {value}");
                    throw new ArgumentException($"{place}; {EmbeddingNumbers.Expectation(vectors)}.", name);
                }
            }
        }
    }

    private static int? Vectors(ModelPlan plan) => plan.Tensors.FirstOrDefault(tensor => tensor.Role == TensorRole.Embeddings)?.Rows;
}
