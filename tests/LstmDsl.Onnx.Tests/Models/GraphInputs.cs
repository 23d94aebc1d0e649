using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>Samples as the inputs of an exported graph.</summary>
internal static class GraphInputs
{
    /// <summary>Takes samples apart that hold all inputs one after the other.</summary>
    public static (string Name, int[] Shape, float[] Values)[] Of(ModelPlan plan, float[] samples, int count)
    {
        var shape = plan.Shape;
        if (plan.Inputs.Count == 0)
            return [(OnnxModel.InputName, [count, shape.Timesteps, shape.Features], samples)];

        var (inputs, start) = (new List<(string Name, int[] Shape, float[] Values)>(), 0);
        foreach (var input in plan.Inputs)
        {
            var first = start;
            float[] values = [.. Enumerable.Range(0, count).SelectMany(sample =>
                samples.AsSpan((sample * shape.InputLength) + first, input.Length).ToArray())];
            inputs.Add((input.FileName, [count, input.Timesteps, input.Features], values));
            start += input.Length;
        }

        return [.. inputs];
    }
}
