namespace LstmDsl.Generators;

/// <summary>Which arguments of a weight's attribute an initializer takes.</summary>
internal static class InitArguments
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
        ["Value", "Mean", "StdDev", "MinValue", "MaxValue", "Scale", "Gain", "Mode", "Distribution"];

    /// <summary>Those of one initializer.</summary>
    public static IReadOnlyList<string> Of(Init init) => init switch
    {
        Init.Constant => ["Value"],
        Init.RandomUniform => ["MinValue", "MaxValue"],
        Init.RandomNormal or Init.TruncatedNormal => ["Mean", "StdDev"],
        Init.VarianceScaling => ["Scale", "Mode", "Distribution"],
        Init.Orthogonal or Init.Identity => ["Gain"],
        _ => [],
    };
}
