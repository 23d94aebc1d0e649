using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Looks at what each layer of a program makes, in the order in which it is made, and keeps the first value that is not finite.</summary>
/// <param name="plan">The model.</param>
/// <param name="samples">Samples in the batch.</param>
internal sealed unsafe class NonFiniteWatch(ModelPlan plan, int samples)
{
    private int layersSeen;

    /// <summary>
    /// The watch of the step that this thread runs again. A backend is made from its memory alone, so it finds its watch here.
    /// </summary>
    [field: ThreadStatic]
    public static NonFiniteWatch? Current { get; set; }

    /// <summary>The first value that was not finite; null before there is one.</summary>
    public NonFiniteValue? First { get; private set; }

    /// <summary>A recurrent layer's states and gates, timestep by timestep.</summary>
    /// <param name="kernel">Offset of its kernel in the parameter block, by which its name is found.</param>
    /// <param name="input">Its input, (timesteps, n, inputs).</param>
    /// <param name="inputs">Columns of the input.</param>
    /// <param name="timesteps">Timesteps.</param>
    /// <param name="units">Units.</param>
    /// <param name="parts">What it keeps, in the order in which a timestep makes it.</param>
    public void Recurrent(int kernel, float* input, int inputs, int timesteps, int units, ReadOnlySpan<Part> parts)
    {
        var layer = LayerOf(kernel);
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

    /// <summary>The output of a layer with weights.</summary>
    public void Output(int parameter, float* output, int rows, int columns) => Rows(LayerOf(parameter), output, rows, columns);

    /// <summary>The output of a layer without weights: the next one of that kind.</summary>
    public void Output(ReadOnlySpan<string> kinds, float* output, int rows, int columns)
    {
        var layer = layersSeen;
        while (layer < plan.Layers.Count && !kinds.Contains(plan.Layers[layer].Kind))
            layer++;
        layersSeen = Math.Min(layer + 1, plan.Layers.Count);
        Rows(layer < plan.Layers.Count ? plan.Layers[layer].Name : kinds[0], output, rows, columns);
    }

    /// <summary>A tensor's gradient or values, where nothing came before.</summary>
    public void Tensor(TensorSlot tensor, string quantity, ReadOnlySpan<float> values)
    {
        var index = values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (First is null && index >= 0)
        {
            First = new(LayerOf(tensor.Offset), $"{quantity} {tensor.Name}[{index / tensor.Columns}, {index % tensor.Columns}]", values[index]);
        }
    }

    /// <summary>The loss, where nothing came before.</summary>
    public void Loss(double loss)
    {
        if (First is null && !double.IsFinite(loss))
            First = new("loss", "loss", loss);
    }

    private void Rows(string layer, float* output, int rows, int columns)
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
        float* x, int inputs, int t, int sample, int unit, int units, ReadOnlySpan<Part> parts)
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

    // Tensors are named after their layers: lstm_1.kernel, bidirectional.forward_lstm.kernel.
    private string LayerOf(int parameter)
    {
        var tensor = plan.Tensors.First(tensor => tensor.Offset == parameter).Name;
        var name = tensor[..tensor.LastIndexOf('.')];
        for (var layer = 0; layer < plan.Layers.Count; layer++)
        {
            if (name == plan.Layers[layer].Name || name.StartsWith(plan.Layers[layer].Name + ".", StringComparison.Ordinal))
                layersSeen = Math.Max(layersSeen, layer + 1);
        }

        return name;
    }

    /// <summary>Something that a recurrent layer keeps of each timestep.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="symbol">Its letter.</param>
    /// <param name="gates">Letters of the gates that lie one after the other; empty for a state.</param>
    /// <param name="values">(timesteps, n, gates · units).</param>
    /// <param name="samples">n.</param>
    public readonly struct Part(string name, string symbol, string gates, float* values, int samples)
    {
        public string Name { get; } = name;

        public string Symbol { get; } = symbol;

        public string Gates { get; } = gates;

        public float* Values { get; } = values;

        public int Samples { get; } = samples;
    }
}
