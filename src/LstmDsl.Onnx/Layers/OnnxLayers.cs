namespace LstmDsl;

/// <summary>Writes layers as nodes, by Keras's class.</summary>
internal static class OnnxLayers
{
    /// <summary>Writes a layer.</summary>
    /// <returns>What it gives.</returns>
    /// <exception cref="NotSupportedException">ONNX has nothing for it.</exception>
    public static OnnxValue Write(OnnxGraph graph, LayerSource layer, OnnxValue input)
    {
        var output = layer.Kind switch
        {
            "LSTM" or "GRU" or "MinGRU" or "SimpleRNN" or "Bidirectional" => RecurrentNodes.Write(graph, layer, input),
            "Dense" => DenseNodes.Write(graph, layer, input),
            "Conv1D" => ConvolutionNodes.Write(graph, layer, input),
            "MaxPooling1D" => PoolingNodes.Sliding(graph, layer, input, "MaxPool"),
            "AveragePooling1D" => PoolingNodes.Sliding(graph, layer, input, "AveragePool"),
            "GlobalMaxPooling1D" => PoolingNodes.GlobalMaximum(graph, input),
            "GlobalAveragePooling1D" => PoolingNodes.GlobalAverage(graph, input),
            "LayerNormalization" => NormalizationNodes.OfLayer(graph, layer, input),
            "BatchNormalization" => NormalizationNodes.OfBatch(graph, layer, input),
            "Normalization" => AffineNodes.Normalization(graph, layer, input),
            "Rescaling" => AffineNodes.Rescaling(graph, layer, input),
            "Embedding" => EmbeddingNodes.Write(graph, layer, input),
            "Masking" => MaskingNodes.Write(graph, layer, input),
            "Activation" => input with { Name = ActivationNodes.Write(graph, layer, input.Name) },
            "Flatten" => input with { Name = graph.Add("Flatten", [input.Name], OnnxAttribute.Of("axis", 1)), Mask = null },
            "RepeatVector" => Repeated(graph, layer, input),
            // It works in training alone.
            "Dropout" => input,
            _ => throw new NotSupportedException(
                $"The layer '{layer.Name}' is a {layer.Kind}, for which the export has no operators of ONNX."),
        };
        return output with { Timesteps = layer.Timesteps, Width = layer.Width };
    }

    private static OnnxValue Repeated(OnnxGraph graph, LayerSource layer, OnnxValue input)
    {
        var one = graph.Add("Unsqueeze", [input.Name, graph.Whole("axis", 1)]);
        return input with { Name = graph.Add("Tile", [one, graph.Whole("repeats", 1, layer.Whole("n"), 1)]) };
    }
}
