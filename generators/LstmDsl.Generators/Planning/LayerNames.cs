using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators;

/// <summary>Gives layers their names in code and in files, and finds those that cannot be.</summary>
internal sealed class LayerNames(string typeName, IEnumerable<OwnMember> ownMembers)
{
    /// <summary>What emission appends to a layer's name to name what belongs to it.</summary>
    private static readonly string[] Suffixes = [.. (
        from kernel in (string[])
        [
            "", "Activation", "Dropout", "Forward", "Backward", "ForwardDropout", "BackwardDropout", "Merge", "Windows",
            "Of2", "Of3", "Of4", "Of5", "Of6", "Of7", "Of8", "Of9",
        ]
        from part in (string[])
        [
            "", "Scale", "ConcatScoreWeight", "Kernel", "RecurrentKernel", "Bias", "Gamma", "Beta", "MovingMean", "MovingVariance", "Embeddings",
            "Shape", "Training", "Inference", "Streaming", "TrainingPenalty", "InferencePenalty", "GradientSum", "MaskShape", "TrainingMask",
            "InferenceMask",
        ]
        select kernel + part)];

    /// <summary>Those of a layer whose weights are moments.</summary>
    private static readonly string[] SuffixesOfMoments = [.. Suffixes, "Mean", "Variance", "Count"];

    /// <summary>Those of a layer with several heads.</summary>
    private static readonly string[] SuffixesOfHeads =
    [
        .. Suffixes,
        .. from kernel in (string[])["Query", "Key", "Value", "Heads"]
           from part in (string[])["", "Kernel", "Bias", "Shape", "Training", "Inference", "GradientSum"]
           select kernel + part,
    ];

    private readonly HashSet<string> ownNames = [.. ownMembers.Select(member => member.Name)];
    private readonly Dictionary<AttributeKind, int> unnamed = [];
    private readonly Dictionary<string, string> codeNames = [];
    private readonly HashSet<string> fileNames = [];

    /// <summary>The next layer's names: the declared one, or Keras's: <c>Lstm</c>, <c>Lstm1</c>, … counted by kind.</summary>
    /// <param name="kind">The kind of the layer, or of what wraps it.</param>
    /// <param name="attribute">The layer's attribute.</param>
    /// <param name="index">Its index.</param>
    /// <param name="faults">Takes what is wrong with the name.</param>
    public (string Code, string File) Next(AttributeKind kind, DeclaredAttribute attribute, int index, List<Fault> faults)
    {
        var declared = attribute.Text("Name");
        if (declared is not null && !IsIdentifier(declared))
        {
            faults.Add(Fault.OfAttribute(Descriptors.NameInvalid.Id, index, "Name", declared));
            declared = null;
        }

        var suffixes = attribute.Kind switch
        {
            AttributeKind.Normalization => SuffixesOfMoments,
            AttributeKind.MultiHeadAttention => SuffixesOfHeads,
            _ => Suffixes,
        };
        var (code, file) = declared is null ? Unnamed(kind) : (declared, ToSnakeCase(declared));
        if (ClashOf(code, suffixes, file) is { } clash)
        {
            faults.Add(Fault.OfAttribute(Descriptors.NameClash.Id, index, declared is null ? null : "Name", code, clash));
            while (ClashOf(code, suffixes, file) is not null)
                (code, file) = (code + "_", file + "_");
        }

        foreach (var suffix in suffixes)
            codeNames[code + suffix] = code;
        fileNames.Add(file);
        return (code, file);
    }

    /// <summary>Keras's <c>to_snake_case</c>.</summary>
    public static string ToSnakeCase(string name)
    {
        var words = Regex.Replace(name, "(.)([A-Z][a-z]+)", "$1_$2");
        return Regex.Replace(words, "([a-z])([A-Z])", "$1_$2").ToLowerInvariant();
    }

    private static bool IsIdentifier(string name) =>
        SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None;

    private (string Code, string File) Unnamed(AttributeKind kind)
    {
        unnamed.TryGetValue(kind, out var count);
        unnamed[kind] = count + 1;
        var name = kind.ToString();
        return count == 0 ? (name, ToSnakeCase(name)) : (name + Text.Plain(count), ToSnakeCase(name) + "_" + Text.Plain(count));
    }

    private string? ClashOf(string code, string[] suffixes, string file)
    {
        var parts = suffixes.Select(suffix => code + suffix).ToArray();
        if (parts.Contains(typeName))
            return "the class's own name: give the layer another with Name";
        if (parts.Any(GeneratedMembers.Contains))
            return "a member that every model has";
        if (parts.FirstOrDefault(ownNames.Contains) is { } own)
            return $"the class's own member '{own}': give the layer another name with Name";
        if (parts.FirstOrDefault(codeNames.ContainsKey) is { } name)
            return $"the layer '{codeNames[name]}'";
        return fileNames.Contains(file) ? $"another layer's name in files, '{file}'" : null;
    }
}
