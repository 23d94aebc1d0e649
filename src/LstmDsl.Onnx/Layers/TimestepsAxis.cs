namespace LstmDsl;

/// <summary>Moves the axis of time: layers have (batch, timesteps, width), and some operators of ONNX another order.</summary>
internal static class TimestepsAxis
{
    /// <summary>(batch, width, timesteps), as convolutions and pools want it.</summary>
    public static string Last(OnnxGraph graph, string value) => graph.Add("Transpose", [value], OnnxAttribute.Of("perm", [0, 2, 1]));

    /// <summary>Back from <see cref="Last"/>.</summary>
    public static string BeforeFeatures(OnnxGraph graph, string value) => Last(graph, value);

    /// <summary>(timesteps, batch, width), as the recurrent operators want it, and back.</summary>
    public static string First(OnnxGraph graph, string value) => graph.Add("Transpose", [value], OnnxAttribute.Of("perm", [1, 0, 2]));
}
