using System.Globalization;

namespace LstmDsl;

/// <summary>Writes the declaration of what the model that a file of Keras describes takes.</summary>
internal static class KerasInput
{
    /// <summary>The attribute, and what a reader has to know of it.</summary>
    public static string Declaration(KerasArchitecture architecture)
    {
        var isOfNumbers = architecture.Layers is [var first, ..] && first.Is<EmbeddingAttribute>();
        switch (architecture.InputShape)
        {
            case [_] when !isOfNumbers:
                return "#error The file's model takes rows of values; an input here has a time axis: [Input(timesteps, features)].\n";
            case [_, _] when isOfNumbers:
                return "#error The file's Embedding takes more than one number at each timestep, which has no counterpart here.\n";
            case [var timesteps, var features]:
                return Attribute(architecture, timesteps, features);
            case [var timesteps]:
                return Attribute(architecture, timesteps, features: 1);
            default:
                return "// The file does not say the shape of an input that is a sequence: [Input(timesteps, features)]\n";
        }
    }

    private static string Attribute(KerasArchitecture architecture, int? timesteps, int? features)
    {
        if (features is not { } known)
            return "// The file does not say how many features a timestep has: [Input(timesteps, features)]\n";
        var batch = "";
        var remarks = timesteps is null ? "// The file takes any number of timesteps: put yours.\n" : "";
        if (architecture.BatchSize is { } samples)
        {
            if (architecture.Layers.Any(IsStateful))
                batch = $", BatchSize = {Number(samples)}";
            else
                remarks += $"// The file takes batches of {Number(samples)} samples; here they may have any size, since no layer is stateful.\n";
        }

        return $"{remarks}[Input({Number(timesteps ?? 1)}, {Number(known)}{batch})]\n";
    }

    private static bool IsStateful(KerasLayer layer)
    {
        var options = KerasJson.Member(layer.Options, "layer") is { } inner ? KerasJson.Member(inner, "config") ?? default : layer.Options;
        return KerasJson.IsTrue(options, "stateful");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
