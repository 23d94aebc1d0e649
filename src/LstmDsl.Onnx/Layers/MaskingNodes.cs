using Element = Onnx.TensorProto.Types.DataType;

namespace LstmDsl;

/// <summary>Marks padding: a timestep whose features all equal a value.</summary>
internal static class MaskingNodes
{
    public static OnnxValue Write(OnnxGraph graph, double maskValue, OnnxValue input)
    {
        var equal = AsNumbers(graph, graph.Add("Equal", [input.Name, graph.Number("mask_value", maskValue)]));
        var count = graph.Add("ReduceSum", [equal, graph.Whole("axis", -1)]);
        var mask = graph.Add("Less", [count, graph.Number("features", input.Width)]);
        return input with { Name = graph.Add("Mul", [input.Name, AsNumbers(graph, mask)]), Mask = mask };
    }

    /// <summary>Booleans as ones and zeros.</summary>
    public static string AsNumbers(OnnxGraph graph, string booleans) =>
        graph.Add("Cast", [booleans], OnnxAttribute.Of("to", (long)Element.Float));
}
