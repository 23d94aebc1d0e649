namespace LstmDsl;

/// <summary>Gives the values of a sample in another order or shape.</summary>
internal static class RearrangementNodes
{
    /// <summary>Another shape.</summary>
    public static OnnxValue Reshaped(OnnxGraph graph, ReshapeAttribute layer, OnnxValue input)
    {
        // A size of 0 is that of the input: the samples.
        long[] sizes = layer.Timesteps > 0 ? [0, layer.Timesteps, layer.Features] : [0, layer.Features];
        return input with { Name = graph.Add("Reshape", [input.Name, graph.Whole("shape", sizes)]), Mask = null };
    }

    /// <summary>Axes in another order.</summary>
    public static OnnxValue Permuted(OnnxGraph graph, PermuteAttribute layer, OnnxValue input) => input with
    {
        Name = graph.Add("Transpose", [input.Name], OnnxAttribute.Of("perm", [0, layer.First, layer.Second])),
        Mask = null,
    };
}
