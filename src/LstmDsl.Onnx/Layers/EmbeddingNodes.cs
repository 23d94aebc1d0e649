using LstmDsl.CompilerServices;
using Element = Onnx.TensorProto.Types.DataType;

namespace LstmDsl;

/// <summary>Vectors for whole numbers, which come as floats.</summary>
internal static class EmbeddingNodes
{
    public static OnnxValue Write(OnnxGraph graph, LayerSource layer, OnnxValue input)
    {
        var column = graph.Add("Squeeze", [input.Name, graph.Whole("axis", -1)]);
        var numbers = graph.Add("Cast", [column], OnnxAttribute.Of("to", (long)Element.Int64));
        var vectors = graph.Tensor("embeddings", layer.Values(TensorRole.Embeddings), layer.Whole("input_dim"), layer.Width);
        return input with
        {
            Name = graph.Add("Gather", [vectors, numbers]),
            Mask = layer.Flag("mask_zero") ? NotZero(graph, numbers) : null,
        };
    }

    private static string NotZero(OnnxGraph graph, string numbers)
    {
        var counts = graph.Add("Not", [graph.Add("Equal", [numbers, graph.Whole("zero", 0)])]);
        return graph.Add("Unsqueeze", [counts, graph.Whole("axis", -1)]);
    }
}
