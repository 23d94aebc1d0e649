namespace LstmDsl;

/// <summary>Writes layers as nodes, by the attributes that declare them.</summary>
internal static class OnnxLayers
{
    /// <summary>Writes a layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">What it reads, in its order.</param>
    /// <returns>What it gives.</returns>
    /// <exception cref="NotSupportedException">ONNX has nothing for it.</exception>
    public static OnnxValue Write(OnnxGraph graph, LayerSource layer, params IReadOnlyList<OnnxValue> inputs)
    {
        var input = inputs[0];
        var output = layer.Declaration switch
        {
            MergingAttribute merging => MergingNodes.Write(graph, merging, inputs),
            LstmAttribute or GruAttribute or MinGruAttribute or SimpleRnnAttribute => RecurrentNodes.Write(graph, layer, inputs),
            AttentionAttribute attention => AttentionNodes.Write(graph, layer, attention, inputs),
            AdditiveAttentionAttribute attention => AttentionNodes.Write(graph, layer, attention, inputs),
            MultiHeadAttentionAttribute attention => AttentionNodes.Write(graph, layer, attention, inputs),
            DenseAttribute dense => DenseNodes.Write(graph, layer, dense, input),
            Conv1DAttribute convolution => ConvolutionNodes.Write(graph, layer, convolution, input),
            MaxPooling1DAttribute { PoolSize: var size, Strides: var strides, Padding: var padding } =>
                PoolingNodes.Sliding(graph, new(size, strides, padding) { Outputs = layer.Timesteps }, input, "MaxPool"),
            AveragePooling1DAttribute { PoolSize: var size, Strides: var strides, Padding: var padding } =>
                PoolingNodes.Sliding(graph, new(size, strides, padding) { Outputs = layer.Timesteps }, input, "AveragePool"),
            GlobalMaxPooling1DAttribute => PoolingNodes.GlobalMaximum(graph, input),
            GlobalAveragePooling1DAttribute => PoolingNodes.GlobalAverage(graph, input),
            LayerNormalizationAttribute { Epsilon: var epsilon } => NormalizationNodes.OfLayer(graph, layer, epsilon, input),
            BatchNormalizationAttribute { Epsilon: var epsilon } => NormalizationNodes.OfBatch(graph, layer, epsilon, input),
            NormalizationAttribute normalization => AffineNodes.Normalization(graph, layer, normalization, input),
            RescalingAttribute rescaling => AffineNodes.Rescaling(graph, rescaling, input),
            EmbeddingAttribute embedding => EmbeddingNodes.Write(graph, layer, embedding, input),
            MaskingAttribute { MaskValue: var value } => MaskingNodes.Write(graph, value, input),
            ActivationAttribute activation => input with { Name = ActivationNodes.Write(graph, activation, input.Name) },
            FlattenAttribute => input with { Name = graph.Add("Flatten", [input.Name], OnnxAttribute.Of("axis", 1)), Mask = null },
            RepeatVectorAttribute { N: var times } => Repeated(graph, times, input),
            ReshapeAttribute reshape => RearrangementNodes.Reshaped(graph, reshape, input),
            PermuteAttribute permute => RearrangementNodes.Permuted(graph, permute, input),
            // They work in training alone.
            DropoutAttribute or SpatialDropout1DAttribute => input,
            _ => throw new NotSupportedException(
                $"The layer '{layer.Name}' is a {layer.Kind}, for which the export has no operators of ONNX."),
        };
        return output with { Timesteps = layer.Timesteps, Width = layer.Width };
    }

    private static OnnxValue Repeated(OnnxGraph graph, int times, OnnxValue input)
    {
        var one = graph.Add("Unsqueeze", [input.Name, graph.Whole("axis", 1)]);
        return input with { Name = graph.Add("Tile", [one, graph.Whole("repeats", 1, times, 1)]) };
    }
}
