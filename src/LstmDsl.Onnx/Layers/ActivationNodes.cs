namespace LstmDsl;

/// <summary>Activations, as operators or made of several.</summary>
internal static class ActivationNodes
{
    // Keras's slope, and that of relu6(x + 3) / 6.
    private const float LeakySlope = 0.2f;
    private const float HardSigmoidSlope = 1f / 6;
    private const float HardSigmoidKeras2Slope = 0.2f;

    /// <summary>Writes f(x) of a layer that is an activation, whose slope may be its own.</summary>
    /// <returns>Its name.</returns>
    public static string Write(OnnxGraph graph, ActivationAttribute layer, string x) => layer.Activation == Activation.LeakyRelu
        ? LeakyRelu(graph, x, (float)layer.NegativeSlope)
        : Write(graph, layer.Activation, x);

    /// <summary>Writes f(x).</summary>
    /// <returns>Its name.</returns>
    public static string Write(OnnxGraph graph, Activation activation, string x) => activation switch
    {
        Activation.Linear => x,
        Activation.Tanh => graph.Add("Tanh", [x]),
        Activation.Sigmoid => graph.Add("Sigmoid", [x]),
        Activation.Relu => graph.Add("Relu", [x]),
        Activation.HardSigmoid => graph.Add(
            "HardSigmoid", [x], OnnxAttribute.Of("alpha", HardSigmoidSlope), OnnxAttribute.Of("beta", 0.5f)),
        Activation.HardSigmoidKeras2 => graph.Add(
            "HardSigmoid", [x], OnnxAttribute.Of("alpha", HardSigmoidKeras2Slope), OnnxAttribute.Of("beta", 0.5f)),
        Activation.Relu6 => Between(graph, x, 0, 6),
        Activation.LeakyRelu => LeakyRelu(graph, x, LeakySlope),
        Activation.Elu or Activation.Celu => graph.Add("Elu", [x]),
        Activation.Selu => graph.Add("Selu", [x]),
        Activation.Softplus => graph.Add("Softplus", [x]),
        Activation.Softsign => graph.Add("Softsign", [x]),
        Activation.Exponential => graph.Add("Exp", [x]),
        Activation.SoftShrink => graph.Add("Shrink", [x], OnnxAttribute.Of("lambd", 0.5f), OnnxAttribute.Of("bias", 0.5f)),
        Activation.LogSigmoid => graph.Add("Neg", [graph.Add("Softplus", [graph.Add("Neg", [x])])]),
        Activation.Gelu => HalfOnePlus(graph, x, graph.Add("Erf", [Times(graph, x, double.Sqrt(0.5))])),
        Activation.GeluTanh => HalfOnePlus(graph, x, graph.Add("Tanh", [GeluCubic(graph, x)])),
        Activation.Silu => graph.Add("Mul", [x, graph.Add("Sigmoid", [x])]),
        Activation.Mish => graph.Add("Mul", [x, graph.Add("Tanh", [graph.Add("Softplus", [x])])]),
        Activation.HardSilu => graph.Add("HardSwish", [x]),
        Activation.HardTanh => Between(graph, x, -1, 1),
        Activation.TanhShrink => graph.Add("Sub", [x, graph.Add("Tanh", [x])]),
        Activation.Softmax => graph.Add("Softmax", [x], OnnxAttribute.Of("axis", -1)),
        Activation.LogSoftmax => graph.Add("LogSoftmax", [x], OnnxAttribute.Of("axis", -1)),
        _ => throw new NotSupportedException($"The activation {activation} has no operators of ONNX."),
    };

    /// <summary>What the recurrent operators call an activation, and its numbers; null where they do not have it.</summary>
    public static (string Name, float? Alpha, float? Beta)? InRecurrence(Activation activation) => activation switch
    {
        Activation.Linear => ("Affine", 1, 0),
        Activation.Tanh => ("Tanh", null, null),
        Activation.Sigmoid => ("Sigmoid", null, null),
        Activation.Relu => ("Relu", null, null),
        Activation.HardSigmoid => ("HardSigmoid", HardSigmoidSlope, 0.5f),
        Activation.HardSigmoidKeras2 => ("HardSigmoid", HardSigmoidKeras2Slope, 0.5f),
        Activation.LeakyRelu => ("LeakyRelu", LeakySlope, null),
        Activation.Elu or Activation.Celu => ("Elu", 1, null),
        Activation.Softplus => ("Softplus", null, null),
        Activation.Softsign => ("Softsign", null, null),
        _ => null,
    };

    private static string LeakyRelu(OnnxGraph graph, string x, float slope) =>
        graph.Add("LeakyRelu", [x], OnnxAttribute.Of("alpha", slope));

    private static string Between(OnnxGraph graph, string x, double low, double high) =>
        graph.Add("Clip", [x, graph.Number("low", low), graph.Number("high", high)]);

    private static string Times(OnnxGraph graph, string x, double factor) => graph.Add("Mul", [x, graph.Number("factor", factor)]);

    /// <summary>x·(1 + y) / 2.</summary>
    private static string HalfOnePlus(OnnxGraph graph, string x, string y) =>
        graph.Add("Mul", [Times(graph, x, 0.5), graph.Add("Add", [y, graph.Number("one", 1)])]);

    /// <summary>√(2/π)·(x + 0.044715·x³).</summary>
    private static string GeluCubic(OnnxGraph graph, string x)
    {
        var cube = graph.Add("Mul", [graph.Add("Mul", [x, x]), x]);
        return Times(graph, graph.Add("Add", [x, Times(graph, cube, 0.044715)]), double.Sqrt(2 / double.Pi));
    }
}
