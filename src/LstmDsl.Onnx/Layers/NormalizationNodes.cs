using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Layer normalisation, and batch normalisation by its moving averages.</summary>
internal static class NormalizationNodes
{
    /// <summary>By the moments of each timestep's features.</summary>
    public static OnnxValue OfLayer(OnnxGraph graph, LayerSource layer, double epsilon, OnnxValue input)
    {
        List<string> inputs = [input.Name, graph.Vector("gamma", OrFilled(layer, TensorRole.Gamma, 1))];
        if (layer.Find(TensorRole.Beta) is { } beta)
            inputs.Add(graph.Vector("beta", beta));
        var name = graph.Add("LayerNormalization", inputs, OnnxAttribute.Of("axis", -1), Epsilon(epsilon));
        return input with { Name = name };
    }

    /// <summary>By moving averages; ONNX has the features before the time.</summary>
    public static OnnxValue OfBatch(OnnxGraph graph, LayerSource layer, double epsilon, OnnxValue input)
    {
        var hasTime = input.Timesteps > 0;
        string[] inputs =
        [
            hasTime ? TimestepsAxis.Last(graph, input.Name) : input.Name,
            graph.Vector("gamma", OrFilled(layer, TensorRole.Gamma, 1)),
            graph.Vector("beta", OrFilled(layer, TensorRole.Beta, 0)),
            graph.Vector("moving_mean", layer.Values(TensorRole.MovingMean)),
            graph.Vector("moving_variance", layer.Values(TensorRole.MovingVariance)),
        ];
        var name = graph.Add("BatchNormalization", inputs, Epsilon(epsilon));
        return input with { Name = hasTime ? TimestepsAxis.BeforeFeatures(graph, name) : name };
    }

    private static Onnx.AttributeProto Epsilon(double epsilon) => OnnxAttribute.Of("epsilon", (float)epsilon);

    private static float[] OrFilled(LayerSource layer, TensorRole role, float value)
    {
        if (layer.Find(role) is { } values)
            return values;
        var filled = new float[layer.Width];
        Array.Fill(filled, value);
        return filled;
    }
}
