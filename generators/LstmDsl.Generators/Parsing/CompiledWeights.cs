using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LstmDsl.Generators;

/// <summary>
/// A file of weights that the build compiles in for a model: the package's targets hand over the header of the safetensors file, and which
/// model it is for.
/// </summary>
/// <param name="Model">The model's name, with or without its namespace.</param>
/// <param name="File">The file, for messages.</param>
internal sealed record CompiledWeights(string Model, string File)
{
    private const string Prefix = "build_metadata.AdditionalFiles.";

    /// <summary>Name of the resource that the file becomes.</summary>
    public string Resource => $"LstmDsl.{Model}.safetensors";

    /// <summary>Those of a compilation's additional files that are such.</summary>
    public static CompiledWeights? Of(AdditionalText text, AnalyzerConfigOptionsProvider options)
    {
        var metadata = options.GetOptions(text);
        return metadata.TryGetValue(Prefix + "LstmDslModel", out var model) && model.Length > 0
            ? new(model, metadata.TryGetValue(Prefix + "LstmDslWeights", out var file) ? file : text.Path)
            : null;
    }

    /// <summary>Whether it is meant for a type.</summary>
    public bool IsFor(TypeSpec type) => Model == type.Name || "global::" + Model == type.QualifiedName.Replace("@", "");

    /// <summary>What a header has that a plan has not, or the other way round; null where they fit.</summary>
    public static string? Difference(PlannedModel model, string header)
    {
        var shapes = Shapes(header);
        foreach (var tensor in model.Tensors)
        {
            if (!shapes.TryGetValue(tensor.FileName, out var found))
                return $"it lacks '{tensor.FileName}', which has the shape ({Text(tensor)})";
            if (found != Text(tensor))
                return $"'{tensor.FileName}' has the shape ({found}), in the model it has ({Text(tensor)})";
        }

        return null;
    }

    // The header as safetensors writes it: an object of objects, whose "shape" is an array of numbers. The runtime reads it with more care.
    private static ImmutableDictionary<string, string> Shapes(string header)
    {
        var shapes = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (Match match in Regex.Matches(header, "\"([^\"\\\\]+)\"\\s*:\\s*\\{[^{}]*?\"shape\"\\s*:\\s*\\[([0-9,\\s]*)\\]", RegexOptions.CultureInvariant))
            shapes[match.Groups[1].Value] = string.Join(", ", match.Groups[2].Value.Split(',').Select(size => size.Trim()));
        return shapes.ToImmutable();
    }

    private static string Text(PlannedTensor tensor) =>
        string.Join(", ", tensor.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
}
