using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>Layers that map each feature by two numbers, in Keras's order of operations.</summary>
internal static class AffineNodes
{
    /// <summary>By declared moments, or those that are weights.</summary>
    public static OnnxValue Normalization(OnnxGraph graph, LayerSource layer, OnnxValue input)
    {
        var mean = graph.Vector("mean", layer.Reals("mean") ?? layer.Values(TensorRole.Mean));
        var variances = layer.Reals("variance") ?? layer.Values(TensorRole.Variance);
        var deviation = graph.Vector(
            "deviation", Array.ConvertAll(variances, variance => AffineFormulas.Factor<Scalar<float>>(variance, isVariance: true).Value));
        var name = layer.Flag("invert")
            ? graph.Add("Add", [graph.Add("Mul", [input.Name, deviation]), mean])
            : graph.Add("Div", [graph.Add("Sub", [input.Name, mean]), deviation]);
        return input with { Name = name };
    }

    /// <summary>By a factor and an addend.</summary>
    public static OnnxValue Rescaling(OnnxGraph graph, LayerSource layer, OnnxValue input)
    {
        var product = graph.Add("Mul", [input.Name, graph.Number("scale", layer.Real("scale"))]);
        return input with { Name = graph.Add("Add", [product, graph.Number("offset", layer.Real("offset"))]) };
    }
}
