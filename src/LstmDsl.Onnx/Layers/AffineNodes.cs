using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>Layers that map each feature by two numbers, in Keras's order of operations.</summary>
internal static class AffineNodes
{
    /// <summary>By declared moments, or those that are weights.</summary>
    public static OnnxValue Normalization(OnnxGraph graph, LayerSource layer, NormalizationAttribute declared, OnnxValue input)
    {
        var mean = graph.Vector("mean", Floats(declared.Mean) ?? layer.Values(TensorRole.Mean));
        var variances = Floats(declared.Variance) ?? layer.Values(TensorRole.Variance);
        var deviation = graph.Vector(
            "deviation", Array.ConvertAll(variances, variance => AffineFormulas.Factor<Scalar<float>>(variance, isVariance: true).Value));
        var name = declared.Invert
            ? graph.Add("Add", [graph.Add("Mul", [input.Name, deviation]), mean])
            : graph.Add("Div", [graph.Add("Sub", [input.Name, mean]), deviation]);
        return input with { Name = name };
    }

    /// <summary>By a factor and an addend.</summary>
    public static OnnxValue Rescaling(OnnxGraph graph, RescalingAttribute declared, OnnxValue input)
    {
        var product = graph.Add("Mul", [input.Name, graph.Number("scale", declared.Scale)]);
        return input with { Name = graph.Add("Add", [product, graph.Number("offset", declared.Offset)]) };
    }

    /// <summary>Declared numbers as they are computed with.</summary>
    private static float[]? Floats(double[]? numbers) => numbers is null ? null : Array.ConvertAll(numbers, number => (float)number);
}
