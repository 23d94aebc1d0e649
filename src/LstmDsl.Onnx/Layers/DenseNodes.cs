using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>activation(x·W + b) at every timestep.</summary>
internal static class DenseNodes
{
    public static OnnxValue Write(OnnxGraph graph, LayerSource layer, DenseAttribute dense, OnnxValue input)
    {
        var name = graph.Add("MatMul", [input.Name, graph.Tensor("kernel", layer.Values(TensorRole.Kernel), input.Width, layer.Width)]);
        if (layer.Find(TensorRole.Bias) is { } bias)
            name = graph.Add("Add", [name, graph.Vector("bias", bias)]);
        return input with { Name = ActivationNodes.Write(graph, dense.Activation, name) };
    }
}
