using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>Numbers without order for models of one's own: none of a layer's tensors is left at zeros or ones.</summary>
internal static class DrawnNumbers
{
    /// <summary>Numbers from −1 to 1, always the same.</summary>
    public static float[] Of(int count, uint seed)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
        {
            // The finaliser of MurmurHash3, whose output bits each depend on all of its input.
            var hash = (uint)i + (seed * 0x9E3779B9);
            hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
            hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
            hash ^= hash >> 16;
            numbers[i] = (hash / 2147483648f) - 1;
        }

        return numbers;
    }

    /// <summary>Gives a model drawn weights; variances are positive.</summary>
    public static void FillWeights(ModelState state)
    {
        foreach (var (index, slot) in state.Plan.Tensors.Index())
        {
            var values = Of(slot.Length, (uint)index + 1);
            for (var i = 0; i < values.Length; i++)
                values[i] = slot.Role is TensorRole.MovingVariance or TensorRole.Variance ? 1.5f + values[i] : values[i] / 2;
            state.Write(slot, 0, values);
        }
    }

    /// <summary>Samples, some of whose timesteps are padding: zeros or halves.</summary>
    public static float[] Samples(ModelPlan plan, int count)
    {
        var values = Of(count * plan.Shape.InputLength, seed: 99);
        (int Timesteps, int Features)[] inputs = plan.Inputs.Count > 1
            ? [.. plan.Inputs.Select(input => (input.Timesteps, input.Features))]
            : [(plan.Shape.Timesteps, plan.Shape.Features)];
        var (row, start) = (0, 0);
        for (var sample = 0; sample < count; sample++)
        {
            foreach (var (timesteps, features) in inputs)
            {
                for (var t = 0; t < timesteps; t++, row++, start += features)
                {
                    if (row % 3 == 1)
                        values.AsSpan(start, features).Fill(row % 2 == 0 ? 0 : 0.5f);
                }
            }
        }

        return values;
    }
}
