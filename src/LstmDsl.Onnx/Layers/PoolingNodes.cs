namespace LstmDsl;

/// <summary>Pools windows of timesteps, or all of them; ONNX has time behind the features.</summary>
internal static class PoolingNodes
{
    private const int Time = 1;

    /// <summary>Windows that slide; what lies beyond the ends does not count.</summary>
    public static OnnxValue Sliding(OnnxGraph graph, SlidingWindow window, OnnxValue input, string operation)
    {
        var (before, behind) = window.Pads(input.Timesteps);
        var name = graph.Add(
            operation, [TimestepsAxis.Last(graph, input.Name)],
            OnnxAttribute.Of("kernel_shape", [window.Size]), OnnxAttribute.Of("strides", [window.Strides]),
            OnnxAttribute.Of("pads", [before, behind]));
        return input with { Name = TimestepsAxis.BeforeFeatures(graph, name), Mask = null };
    }

    /// <summary>The largest values; as in Keras, padding counts.</summary>
    public static OnnxValue GlobalMaximum(OnnxGraph graph, OnnxValue input)
    {
        var name = graph.Add("GlobalMaxPool", [TimestepsAxis.Last(graph, input.Name)]);
        return input with { Name = graph.Add("Flatten", [name], OnnxAttribute.Of("axis", 1)), Mask = null };
    }

    /// <summary>The means, without padding.</summary>
    public static OnnxValue GlobalAverage(OnnxGraph graph, OnnxValue input)
    {
        if (input.Mask is null)
        {
            var mean = graph.Add("GlobalAveragePool", [TimestepsAxis.Last(graph, input.Name)]);
            return input with { Name = graph.Add("Flatten", [mean], OnnxAttribute.Of("axis", 1)) };
        }

        var counts = MaskingNodes.AsNumbers(graph, input.Mask);
        var sum = Sum(graph, graph.Add("Mul", [input.Name, counts]));
        // Where nothing counts the sum is 0, and so is the mean.
        var count = graph.Add("Max", [Sum(graph, counts), graph.Number("one", 1)]);
        return input with { Name = graph.Add("Div", [sum, count]), Mask = null };
    }

    private static string Sum(OnnxGraph graph, string value) =>
        graph.Add("ReduceSum", [value, graph.Whole("axis", Time)], OnnxAttribute.Of("keepdims", 0));
}
