using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators;

/// <summary>Gives layers their names in code and in files, and finds those that cannot be.</summary>
internal sealed class LayerNames(ModelDeclaration declaration)
{
    /// <summary>What emission appends to a layer's name to name what belongs to it, each with its place among them.</summary>
    private static readonly Dictionary<string, int> Suffixes = Numbered(
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
        select kernel + part);

    /// <summary>Those of a layer whose weights are moments.</summary>
    private static readonly Dictionary<string, int> SuffixesOfMoments = Numbered([.. Suffixes.Keys, "Mean", "Variance", "Count"]);

    /// <summary>Those of a layer with several heads.</summary>
    private static readonly Dictionary<string, int> SuffixesOfHeads = Numbered(
    [
        .. Suffixes.Keys,
        .. from kernel in (string[])["Query", "Key", "Value", "Heads"]
           from part in (string[])["", "Kernel", "Bias", "Shape", "Training", "Inference", "GradientSum"]
           select kernel + part,
    ]);

    private readonly string[] generated = GeneratedMembers.Names(declaration.Forecasts);
    private readonly Dictionary<AttributeKind, int> unnamed = [];
    private readonly List<(string Code, Dictionary<string, int> Suffixes, string Noun, bool IsMade)> given = [];
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
            faults.Add(Fault.OfAttribute(Descriptors.NameInvalid.Id, index, "Name", declared, kind == AttributeKind.Input ? "an input" : "a layer"));
            declared = null;
        }

        var suffixes = attribute.Kind switch
        {
            AttributeKind.Normalization => SuffixesOfMoments,
            AttributeKind.MultiHeadAttention => SuffixesOfHeads,
            _ => Suffixes,
        };
        var (code, file) = declared is null ? Unnamed(kind) : (declared, attribute.Text(FileName) ?? ToSnakeCase(declared));
        var noun = kind == AttributeKind.Input ? "input" : "layer";
        if (ClashOf(code, suffixes, file, noun, attribute.IsMade) is { } clash)
        {
            faults.Add(Fault.OfAttribute(Descriptors.NameClash.Id, index, declared is null ? null : "Name", code, clash));
            while (ClashOf(code, suffixes, file, noun, attribute.IsMade) is not null)
                (code, file) = (code + "_", file + "_");
        }

        given.Add((code, suffixes, noun, attribute.IsMade));
        fileNames.Add(file);
        return (code, file);
    }

    /// <summary>An argument that no attribute has: the name in files of a layer that [Forecast] makes.</summary>
    public const string FileName = "FileName";

    /// <summary>Keras's <c>to_snake_case</c>.</summary>
    public static string ToSnakeCase(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            // A capital begins a word behind a small letter, and wherever one follows it.
            if (i > 0 && IsCapital(i) && (IsSmall(i - 1) || (IsSmall(i + 1) && name[i - 1] != '\n')))
                words.Append('_');
            words.Append(name[i]);
        }

        return words.ToString().ToLowerInvariant();

        bool IsCapital(int place) => name[place] is >= 'A' and <= 'Z';

        bool IsSmall(int place) => place < name.Length && name[place] is >= 'a' and <= 'z';
    }

    /// <summary>Whether code can use a name as it is.</summary>
    public static bool IsIdentifier(string name) =>
        SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None;

    private (string Code, string File) Unnamed(AttributeKind kind)
    {
        unnamed.TryGetValue(kind, out var count);
        unnamed[kind] = count + 1;
        var name = kind.ToString();
        return count == 0 ? (name, ToSnakeCase(name)) : (name + Text.Plain(count), ToSnakeCase(name) + "_" + Text.Plain(count));
    }

    private string? ClashOf(string code, Dictionary<string, int> suffixes, string file, string noun, bool isMade)
    {
        var advice = isMade ? "[Forecast] makes a layer of this name" : $"give the {noun} another name with Name";
        if (PlaceOf(declaration.Type.Name, code, suffixes) >= 0)
            return $"the class's own name: {(isMade ? advice : $"give the {noun} another with Name")}";
        foreach (var name in generated)
        {
            if (PlaceOf(name, code, suffixes) >= 0)
                return "a member that every model has";
        }

        if (OwnMember(code, suffixes) is { } own)
            return $"the class's own member '{own}': {advice}";
        foreach (var other in given)
        {
            if (Meet(code, suffixes, other.Code, other.Suffixes))
                return $"the {other.Noun} '{other.Code}'{(other.IsMade ? ", which [Forecast] makes" : isMade ? ": " + advice : "")}";
        }

        return fileNames.Contains(file) ? $"another layer's name in files, '{file}'{(isMade ? ": " + advice : "")}" : null;
    }

    /// <summary>The class's own member whose name one of a layer's is, the first of these; null for none.</summary>
    private string? OwnMember(string code, Dictionary<string, int> suffixes)
    {
        var (first, found) = (int.MaxValue, (string?)null);
        foreach (var member in declaration.OwnMembers)
        {
            if (PlaceOf(member.Name, code, suffixes) is >= 0 and var place && place < first)
                (first, found) = (place, member.Name);
        }

        return found;
    }

    /// <summary>Which of a layer's suffixes, behind its name, gives another name; −1 for none.</summary>
    private static int PlaceOf(string name, string code, Dictionary<string, int> suffixes) =>
        name.StartsWith(code, StringComparison.Ordinal) && suffixes.TryGetValue(name.Substring(code.Length), out var place) ? place : -1;

    /// <summary>Whether two layers' names with suffixes are ever the same, for which one name must begin with the other.</summary>
    private static bool Meet(string one, Dictionary<string, int> suffixes, string other, Dictionary<string, int> others)
    {
        if (other.Length > one.Length)
            (one, suffixes, other, others) = (other, others, one, suffixes);
        if (!one.StartsWith(other, StringComparison.Ordinal))
            return false;

        var rest = one.Substring(other.Length);
        foreach (var suffix in others.Keys)
        {
            if (PlaceOf(suffix, rest, suffixes) >= 0)
                return true;
        }

        return false;
    }

    private static Dictionary<string, int> Numbered(IEnumerable<string> suffixes) =>
        suffixes.Select((suffix, place) => (suffix, place)).ToDictionary(entry => entry.suffix, entry => entry.place);
}
