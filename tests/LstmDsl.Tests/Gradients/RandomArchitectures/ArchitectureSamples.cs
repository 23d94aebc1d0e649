using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>
/// Weights and samples of an architecture. Weights and inputs are multiples of 2⁻²⁰ below 1, so that a step of 2⁻²² from them is a float
/// too, hardly two of them are equal, and none is so near 0 that a step crosses the kink of its magnitude.
/// </summary>
internal sealed class ArchitectureSamples
{
    private TestNumbers numbers;

    public ArchitectureSamples(DrawnArchitecture architecture, ModelPlan plan, int samples)
    {
        numbers = new((ulong)architecture.Seed + 1_000_003);
        var shape = plan.Shape;
        Loss = DrawnLosses.Of(architecture.Loss, shape.Outputs, architecture.Layers[^1].ToString());
        Weights = [.. plan.Tensors.Select(tensor => Numbers(tensor.Length, isPositive: tensor.Role == TensorRole.MovingVariance))];
        X = Numbers(samples * shape.InputLength, isPositive: false);
        Counts = new bool[X.Length];
        for (var sample = 0; sample < samples; sample++)
            DrawPadding(architecture.Inputs, sample * shape.InputLength);
        Y = Targets(samples * shape.OutputTimesteps, shape.Outputs);
        SampleWeights = architecture.WeighsSamples ? [.. Numbers(samples, isPositive: true)] : [];
    }

    /// <summary>The loss.</summary>
    public Loss Loss { get; }

    /// <summary>The weights, tensor by tensor.</summary>
    public float[][] Weights { get; }

    /// <summary>The inputs, of each sample one after the other, each (timesteps, features).</summary>
    public float[] X { get; }

    /// <summary>Which inputs are numbers that a step may be made from: padding is none, nor is what an embedding chooses by.</summary>
    public bool[] Counts { get; }

    /// <summary>The targets.</summary>
    public float[] Y { get; }

    /// <summary>The samples' weights; empty for none.</summary>
    public float[] SampleWeights { get; }

    /// <summary>Any timesteps of a sample may be padding, but not all. What an embedding chooses by is a whole number.</summary>
    private void DrawPadding(IReadOnlyList<DrawnInput> inputs, int first)
    {
        foreach (var input in inputs)
        {
            var counted = numbers.Between(0, input.Timesteps - 1);
            for (var t = 0; t < input.Timesteps; t++)
            {
                var isPadding = input.Padding is not null && t != counted && numbers.Between(0, 2) == 0;
                for (var feature = 0; feature < input.Features; feature++)
                {
                    var place = first + (t * input.Features) + feature;
                    Counts[place] = !isPadding && input.Numbers == 0;
                    if (isPadding)
                        X[place] = input.Padding!.Value;
                    else if (input.Numbers > 0)
                        X[place] = numbers.Between(t == counted ? Math.Min(1, input.Numbers - 1) : 0, input.Numbers - 1);
                }
            }

            first += input.Length;
        }
    }

    private float[] Numbers(int length, bool isPositive)
    {
        var values = new float[length];
        for (var index = 0; index < length; index++)
        {
            // From 0.1 to 0.7: sums of a few keep activations out of where they are flat.
            var magnitude = numbers.Between(100_000, 700_000) / (float)(1 << 20);
            values[index] = isPositive || numbers.Between(0, 1) == 0 ? magnitude : -magnitude;
        }

        return values;
    }

    private float[] Targets(int rows, int outputs)
    {
        var columns = Loss.TargetColumns(outputs);
        if (Loss.TargetValues == TargetValues.Any)
            return Numbers(rows * columns, isPositive: false);

        var targets = new float[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            var label = numbers.Between(0, outputs - 1);
            if (Loss.TargetValues == TargetValues.ClassIndices)
                targets[row] = label;
            else
                targets[(row * columns) + label] = 1;
        }

        return targets;
    }
}
