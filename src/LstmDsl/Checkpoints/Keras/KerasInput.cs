using System.Globalization;

namespace LstmDsl;

/// <summary>Writes the declaration of what the model that a file of Keras describes takes.</summary>
internal static class KerasInput
{
    /// <summary>The attribute, and what a reader has to know of it.</summary>
    /// <param name="architecture">The file's layers.</param>
    /// <param name="index">The input's index among inputs and layers.</param>
    /// <param name="name">The name that it must bear; null where there is no need for one.</param>
    public static string Declaration(KerasArchitecture architecture, int index, string? name)
    {
        var isOfNumbers = architecture.Layers.Any(layer => layer.Is<EmbeddingAttribute>() && layer.Sources.Contains(index));
        switch (architecture.Entries[index].InputShape)
        {
            case [_, _] when !isOfNumbers:
                return "#error The file's model takes rows of values; an input here has a time axis: [Input(timesteps, features)].\n";
            case [_, _, _] when isOfNumbers:
                return "#error The file's Embedding takes more than one number at each timestep, which has no counterpart here.\n";
            case [var samples, var timesteps, var features]:
                return Attribute(architecture, samples, timesteps, features, name);
            case [var samples, var timesteps]:
                return Attribute(architecture, samples, timesteps, features: 1, name);
            default:
                return "// The file does not say the shape of an input that is a sequence: [Input(timesteps, features)]\n";
        }
    }

    private static string Attribute(KerasArchitecture architecture, int? samples, int? timesteps, int? features, string? name)
    {
        if (features is not { } known)
            return "// The file does not say how many features a timestep has: [Input(timesteps, features)]\n";
        var options = "";
        var remarks = timesteps is null ? "// The file takes any number of timesteps: put yours.\n" : "";
        if (samples is { } batch)
        {
            if (architecture.Layers.Any(IsStateful))
                options = $", BatchSize = {Number(batch)}";
            else
                remarks += $"// The file takes batches of {Number(batch)} samples; here they may have any size, since no layer is stateful.\n";
        }

        if (name is not null)
            options += $", Name = \"{name}\"";
        return $"{remarks}[Input({Number(timesteps ?? 1)}, {Number(known)}{options})]\n";
    }

    private static bool IsStateful(KerasLayer layer)
    {
        var options = KerasJson.Member(layer.Options, "layer") is { } inner ? KerasJson.Member(inner, "config") ?? default : layer.Options;
        return KerasJson.IsTrue(options, "stateful");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
