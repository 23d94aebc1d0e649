using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// The check that an embedding's numbers have vectors, made before anything is computed from them. An embedding reads an input of the model.
/// </summary>
internal static class EmbeddedInput
{
    /// <summary>Whether a model's input, or one of several, is the numbers of an embedding's vectors.</summary>
    public static bool IsEmbedded(ModelPlan plan) => Read(plan).Any();

    /// <summary>Checks windows, (samples, timesteps, features).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number has no vector.</exception>
    public static void Check(ModelPlan plan, ReadOnlySpan<float> windows)
    {
        foreach (var (start, length, vectors) in Read(plan))
        {
            for (var sample = 0; sample < windows.Length; sample += plan.Shape.InputLength)
            {
                foreach (var value in windows.Slice(sample + start, length))
                    EmbeddingNumbers.Of(value, vectors);
            }
        }
    }

    /// <summary>Checks all windows of a data set; rows that none of them holds may be anything.</summary>
    /// <exception cref="ArgumentException">A number has no vector; the message has its place.</exception>
    public static void Check(ModelPlan plan, BatchSource source, string name)
    {
        foreach (var (start, length, vectors) in Read(plan))
        {
            var sample = new float[plan.Shape.InputLength];
            for (var window = 0; window < source.Count; window++)
            {
                source.Copy(window, sample);
                for (var place = start; place < start + length; place++)
                {
                    var value = sample[place];
                    if (!EmbeddingNumbers.HasVector(value, vectors))
                    {
                        var where = FormattableString.Invariant($"{name}, sample {window}, timestep {place - start}: {value}");
                        throw new ArgumentException($"{where}; {EmbeddingNumbers.Expectation(vectors)}.", name);
                    }
                }
            }
        }
    }

    /// <summary>Which values of a sample embeddings read, and how many vectors each has.</summary>
    private static IEnumerable<(int Start, int Length, int Vectors)> Read(ModelPlan plan)
    {
        foreach (var layer in plan.Layers.Where(layer => layer.Declaration is EmbeddingAttribute))
        {
            var vectors = ((EmbeddingAttribute)layer.Declaration).InputDim;
            if (plan.Inputs.Count < 2)
            {
                yield return (0, plan.Shape.InputLength, vectors);
                continue;
            }

            var before = plan.Inputs.TakeWhile(input => input.FileName != layer.Inputs![0]).ToArray();
            yield return (before.Sum(input => input.Length), plan.Inputs[before.Length].Length, vectors);
        }
    }
}
