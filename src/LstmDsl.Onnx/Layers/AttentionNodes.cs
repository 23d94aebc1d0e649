using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Weighted means of values: by query and keys as they are, or by projections of them, of several heads.</summary>
internal static class AttentionNodes
{
    /// <summary>The score of what is left out: where all is, all timesteps weigh the same, as in Keras.</summary>
    private const double LeftOut = -3e38;

    /// <summary>Writes attention by the product, or by the sum of tanh times a weight.</summary>
    public static OnnxValue Write(OnnxGraph graph, LayerSource layer, AttentionAttribute attention, IReadOnlyList<OnnxValue> inputs)
    {
        var (query, keys) = (Sequence(graph, inputs[0]), inputs[^1]);
        var scale = layer.Find(TensorRole.Scale) is { } weight ? graph.Number("scale", weight[0]) : null;
        string score;
        if (attention.ScoreMode == ScoreMode.Dot)
        {
            score = Scaled(graph, graph.Add("MatMul", [query, Turned(graph, keys.Name)]), scale);
        }
        else
        {
            var bent = graph.Add("Tanh", [Scaled(graph, Sums(graph, query, keys.Name), scale)]);
            score = graph.Add("Mul", [Summed(graph, bent), graph.Number("weight", layer.Values(TensorRole.ConcatScoreWeight)[0])]);
        }

        return Weighed(graph, score, inputs, attention.Causal);
    }

    /// <summary>Writes attention by the sum of tanh, each unit with a weight.</summary>
    public static OnnxValue Write(OnnxGraph graph, LayerSource layer, AdditiveAttentionAttribute attention, IReadOnlyList<OnnxValue> inputs)
    {
        var bent = graph.Add("Tanh", [Sums(graph, Sequence(graph, inputs[0]), inputs[^1].Name)]);
        var scale = layer.Find(TensorRole.Scale) is { } weights ? graph.Vector("scale", weights) : null;
        return Weighed(graph, Summed(graph, Scaled(graph, bent, scale)), inputs, attention.Causal);
    }

    /// <summary>Writes attention of several heads.</summary>
    public static OnnxValue Write(OnnxGraph graph, LayerSource layer, MultiHeadAttentionAttribute attention, IReadOnlyList<OnnxValue> inputs)
    {
        var (input, values, keys) = (inputs[0], inputs[1], inputs[^1]);
        var (heads, keyDim, valueDim) = (attention.Heads, attention.KeyDim, attention.ValueDim > 0 ? attention.ValueDim : attention.KeyDim);
        var query = Heads(Sequence(graph, input), "query", input.Width, keyDim, [0, 2, 1, 3]);
        var key = Heads(keys.Name, "key", keys.Width, keyDim, [0, 2, 3, 1]);
        var value = Heads(values.Name, "value", values.Width, valueDim, [0, 2, 1, 3]);
        var score = graph.Add("Mul", [graph.Add("MatMul", [query, key]), graph.Number("factor", 1 / Math.Sqrt(keyDim))]);

        string?[] masks =
        [
            input.Timesteps > 0 ? input.Mask : null, values.Mask is { } counts ? Turned(graph, counts) : null,
            inputs.Count > 2 && keys.Mask is { } others ? Turned(graph, others) : null, Causal(graph, input, values, attention.Causal),
        ];
        var mask = All(graph, masks);
        var weights = Softmax(graph, score, mask is null ? null : graph.Add("Unsqueeze", [mask, graph.Whole("axis", 1)]));
        var means = graph.Add("Transpose", [graph.Add("MatMul", [weights, value])], OnnxAttribute.Of("perm", [0, 2, 1, 3]));
        var joined = graph.Add("Reshape", [means, graph.Whole("shape", 0, Math.Max(input.Timesteps, 1), heads * valueDim)]);
        return input with { Name = Given(graph, Projected(joined, "attention_output", heads * valueDim, layer.Width), input) };

        string Heads(string name, string projection, int width, int units, long[] order) => graph.Add(
            "Transpose",
            [graph.Add("Reshape", [Projected(name, projection, width, heads * units), graph.Whole("shape", 0, -1, heads, units)])],
            OnnxAttribute.Of("perm", order));

        string Projected(string name, string projection, int width, int units)
        {
            var source = layer.Inner(projection);
            var product = graph.Add("MatMul", [name, graph.Tensor("kernel", source.Values(TensorRole.Kernel), width, units)]);
            return source.Find(TensorRole.Bias) is { } bias ? graph.Add("Add", [product, graph.Vector("bias", bias)]) : product;
        }
    }

    /// <summary>The means of values by scores, (batch, timesteps of the query, timesteps); padding of the query gives zeros.</summary>
    private static OnnxValue Weighed(OnnxGraph graph, string score, IReadOnlyList<OnnxValue> inputs, bool isCausal)
    {
        var (query, values) = (inputs[0], inputs[1]);
        string?[] masks = [values.Mask is { } counts ? Turned(graph, counts) : null, Causal(graph, query, values, isCausal)];
        var means = graph.Add("MatMul", [Softmax(graph, score, All(graph, masks)), values.Name]);
        if (query is { Timesteps: > 0, Mask: { } mask })
            means = graph.Add("Where", [mask, means, graph.Number("zero", 0)]);
        return query with { Name = Given(graph, means, query) };
    }

    private static string Softmax(OnnxGraph graph, string score, string? mask)
    {
        var masked = mask is null ? score : graph.Add("Where", [mask, score, graph.Number("left_out", LeftOut)]);
        return graph.Add("Softmax", [masked], OnnxAttribute.Of("axis", -1));
    }

    /// <summary>Which timesteps each of the query attends to by their order, (1, timesteps of the query, timesteps).</summary>
    private static string? Causal(OnnxGraph graph, OnnxValue query, OnnxValue values, bool isCausal)
    {
        if (!isCausal)
            return null;
        var (rows, columns) = (Math.Max(query.Timesteps, 1), values.Timesteps);
        var order = new float[rows * columns];
        for (var row = 0; row < rows; row++)
            order.AsSpan(row * columns, Math.Min(row + 1, columns)).Fill(1);
        return graph.Add("Greater", [graph.Tensor("order", order, 1, rows, columns), graph.Number("half", 0.5)]);
    }

    private static string? All(OnnxGraph graph, string?[] masks) => masks.OfType<string>().ToArray() switch
    {
        [] => null,
        var some => some.Skip(1).Aggregate(some[0], (before, mask) => graph.Add("And", [before, mask])),
    };

    /// <summary>A query as a sequence: one row of values as one of one timestep.</summary>
    private static string Sequence(OnnxGraph graph, OnnxValue query) =>
        query.Timesteps > 0 ? query.Name : graph.Add("Unsqueeze", [query.Name, graph.Whole("axis", 1)]);

    /// <summary>What such a query is given.</summary>
    private static string Given(OnnxGraph graph, string means, OnnxValue query) =>
        query.Timesteps > 0 ? means : graph.Add("Squeeze", [means, graph.Whole("axis", 1)]);

    /// <summary>(batch, width, timesteps), or a mask (batch, 1, timesteps).</summary>
    private static string Turned(OnnxGraph graph, string value) => graph.Add("Transpose", [value], OnnxAttribute.Of("perm", [0, 2, 1]));

    /// <summary>Each timestep of the query with each key, (batch, timesteps of the query, timesteps, width).</summary>
    private static string Sums(OnnxGraph graph, string query, string keys) => graph.Add(
        "Add",
        [graph.Add("Unsqueeze", [query, graph.Whole("axis", 2)]), graph.Add("Unsqueeze", [keys, graph.Whole("axis", 1)])]);

    private static string Summed(OnnxGraph graph, string value) =>
        graph.Add("ReduceSum", [value, graph.Whole("axis", -1)], OnnxAttribute.Of("keepdims", 0));

    private static string Scaled(OnnxGraph graph, string value, string? scale) => scale is null ? value : graph.Add("Mul", [value, scale]);
}
