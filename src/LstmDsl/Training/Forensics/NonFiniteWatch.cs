using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>Looks at what each layer of a program makes, in the order in which it is made, and keeps the first value that is not finite.</summary>
/// <param name="samples">Samples in the batch.</param>
internal sealed unsafe class NonFiniteWatch(int samples) : ILayerWatch
{
    /// <summary>The first value that was not finite; null before there is one.</summary>
    public NonFiniteValue? First { get; private set; }

    /// <inheritdoc/>
    public void Recurrent(string layer, float* input, int inputs, int timesteps, int units, ReadOnlySpan<KeptPart> parts)
    {
        for (var t = 0; t < timesteps && First is null; t++)
        {
            foreach (var part in parts)
            {
                var width = units * Math.Max(part.Gates.Length, 1);
                for (var index = 0; index < samples * width && First is null; index++)
                {
                    var value = part.Values[((long)t * samples * width) + index];
                    if (float.IsFinite(value))
                        continue;
                    var (sample, unit) = (index / width, index % units);
                    First = new(layer, part.Name, value)
                    {
                        Sample = sample,
                        Timestep = t,
                        Gate = part.Gates.Length == 0 ? null : part.Gates[index % width / units].ToString(),
                        Unit = unit,
                        Around = Around(input + (((long)t * samples) + sample) * inputs, inputs, t, sample, unit, units, parts),
                    };
                }
            }
        }
    }

    /// <summary>A tensor's gradient or values, where nothing came before.</summary>
    public void Tensor(TensorSlot tensor, string quantity, ReadOnlySpan<float> values)
    {
        var index = values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (First is null && index >= 0)
        {
            First = new(tensor.Layer, $"{quantity} {tensor.Name}[{index / tensor.Columns}, {index % tensor.Columns}]", values[index]);
        }
    }

    /// <inheritdoc/>
    public void Loss(double loss)
    {
        if (First is null && !double.IsFinite(loss))
            First = new("loss", "loss", loss);
    }

    /// <inheritdoc/>
    public void Output(string layer, float* output, int rows, int columns)
    {
        var values = new ReadOnlySpan<float>(output, rows * columns);
        var index = First is null ? values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) : -1;
        if (index < 0)
            return;
        var row = index / columns;
        First = new(layer, "output", values[index])
        {
            Sample = row % samples,
            Timestep = rows > samples ? row / samples : null,
            Unit = index % columns,
            Around = [.. Enumerable.Range(0, Math.Min(columns, 8)).Select(column => Pair($"y[{column}]", output[((long)row * columns) + column]))],
        };
    }

    private static KeyValuePair<string, double>[] Around(
        float* x, int inputs, int t, int sample, int unit, int units, ReadOnlySpan<KeptPart> parts)
    {
        List<KeyValuePair<string, double>> around = [];
        for (var column = 0; column < Math.Min(inputs, 8); column++)
            around.Add(Pair($"x[{column}]", x[column]));
        foreach (var part in parts)
        {
            var gates = Math.Max(part.Gates.Length, 1);
            for (var gate = 0; gate < gates; gate++)
            {
                var name = part.Gates.Length == 0 ? part.Symbol : $"gate {part.Gates[gate]}";
                var at = part.Values + (sample * units * gates) + (gate * units) + unit;
                around.Add(Pair(name, at[(long)t * part.Samples * units * gates]));
                if (t > 0 && part.Gates.Length == 0)
                    around.Add(Pair($"{name} before", at[(long)(t - 1) * part.Samples * units * gates]));
            }
        }

        return [.. around];
    }

    private static KeyValuePair<string, double> Pair(string name, double value) => new(name, value);
}
