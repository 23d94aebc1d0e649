using LstmDsl.CompilerServices;
using Element = Onnx.TensorProto.Types.DataType;

namespace LstmDsl;

/// <summary>Vectors for whole numbers, which come as floats.</summary>
internal static class EmbeddingNodes
{
    public static OnnxValue Write(OnnxGraph graph, LayerSource layer, EmbeddingAttribute embedding, OnnxValue input)
    {
        var column = graph.Add("Squeeze", [input.Name, graph.Whole("axis", -1)]);
        var numbers = graph.Add("Cast", [column], OnnxAttribute.Of("to", (long)Element.Int64));
        var vectors = graph.Tensor("embeddings", layer.Values(TensorRole.Embeddings), embedding.InputDim, layer.Width);
        return input with
        {
            Name = graph.Add("Gather", [vectors, numbers]),
            Mask = embedding.MaskZero ? NotZero(graph, numbers) : null,
        };
    }

    private static string NotZero(OnnxGraph graph, string numbers)
    {
        var counts = graph.Add("Not", [graph.Add("Equal", [numbers, graph.Whole("zero", 0)])]);
        return graph.Add("Unsqueeze", [counts, graph.Whole("axis", -1)]);
    }
}
