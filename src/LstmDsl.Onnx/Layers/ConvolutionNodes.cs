using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A convolution over time; ONNX has time behind the features.</summary>
internal static class ConvolutionNodes
{
    public static OnnxValue Write(OnnxGraph graph, LayerSource layer, Conv1DAttribute declared, OnnxValue input)
    {
        var (size, dilation) = (declared.KernelSize, declared.DilationRate);
        var window = new SlidingWindow(size, declared.Strides, declared.Padding) { Dilation = dilation, Outputs = layer.Timesteps };
        var (before, behind) = window.Pads(input.Timesteps);
        var kernel = FiltersFirst(layer.Values(TensorRole.Kernel), size, input.Width, layer.Width);
        List<string> inputs = [TimestepsAxis.Last(graph, input.Name), graph.Tensor("kernel", kernel, layer.Width, input.Width, size)];
        if (layer.Find(TensorRole.Bias) is { } bias)
            inputs.Add(graph.Vector("bias", bias));
        var name = graph.Add(
            "Conv", inputs,
            OnnxAttribute.Of("kernel_shape", [size]), OnnxAttribute.Of("strides", [declared.Strides]),
            OnnxAttribute.Of("dilations", [dilation]), OnnxAttribute.Of("pads", [before, behind]));
        name = ActivationNodes.Write(graph, declared.Activation, TimestepsAxis.BeforeFeatures(graph, name));
        return input with { Name = name, Mask = null };
    }

    /// <summary>(window, inputs, filters) as (filters, inputs, window).</summary>
    private static float[] FiltersFirst(float[] kernel, int window, int inputs, int filters)
    {
        var result = new float[kernel.Length];
        for (var t = 0; t < window; t++)
        {
            for (var input = 0; input < inputs; input++)
            {
                for (var filter = 0; filter < filters; filter++)
                    result[(((filter * inputs) + input) * window) + t] = kernel[(((t * inputs) + input) * filters) + filter];
            }
        }

        return result;
    }
}
