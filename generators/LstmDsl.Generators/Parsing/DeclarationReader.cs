using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.Generators;

/// <summary>Reads a model's attributes; with <see cref="TypeReader"/> the only code that sees symbols, none of which leaves it.</summary>
internal static class DeclarationReader
{
    /// <summary>The namespace of the attributes.</summary>
    private const string AttributeNamespace = "LstmDsl";

    private static readonly Dictionary<string, AttributeKind> Kinds = Enum.GetValues(typeof(AttributeKind)).Cast<AttributeKind>()
        .ToDictionary(kind => $"{kind}Attribute", StringComparer.Ordinal);

    /// <summary>Reads the type and all attributes of ours on any of its parts.</summary>
    public static ModelDeclaration Read(INamedTypeSymbol type, CancellationToken cancellation) => Read(type, Ordered(type), cancellation);

    /// <summary>Reads the type of a match at its first [Input] or [Forecast], and so once however many of these it has; null elsewhere.</summary>
    public static ReadModel? ReadOnce(GeneratorAttributeSyntaxContext match, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)match.TargetSymbol;
        var attributes = Ordered(type);
        var first = attributes.Find(attribute => attribute.Declared.DeclaresInput).Data;
        return first is not null && match.Attributes.Contains(first) ? ReadAt(type, match.TargetNode, attributes, first, cancellation) : null;
    }

    /// <summary>Reads a type that has neither [Input] nor [Forecast] where its first layer stands; null elsewhere.</summary>
    /// <param name="type">The type.</param>
    /// <param name="part">One of its declarations.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static ReadModel? ReadWithoutInput(INamedTypeSymbol type, SyntaxNode part, CancellationToken cancellation)
    {
        var attributes = Ordered(type);
        return attributes.Any(attribute => attribute.Declared.DeclaresInput)
            ? null
            : ReadAt(type, part, attributes, attributes.Find(attribute => attribute.Declared.IsLayer).Data, cancellation);
    }

    /// <summary>Whether an attribute of this name, with its ending or without, may be ours.</summary>
    public static bool IsOurs(string name) => Kinds.ContainsKey(name) || Kinds.ContainsKey(name + "Attribute");

    /// <summary>Whether any attribute of ours stands on the type; cheap, for an analyzer that is asked about every type.</summary>
    public static bool IsDeclared(INamedTypeSymbol type) => type.GetAttributes().Any(attribute => KindOf(attribute) is not null);

    /// <summary>Our attributes in the order of the source, each with what was read from it; indices are those that faults use.</summary>
    public static IReadOnlyList<(DeclaredAttribute Declared, AttributeData Data)> InSourceOrder(
        INamedTypeSymbol type, CancellationToken cancellation) =>
    [
        .. Ordered(type).Select(attribute => (WithArguments(attribute, cancellation), attribute.Data)),
    ];

    private static ModelDeclaration Read(
        INamedTypeSymbol type, List<(DeclaredAttribute Declared, AttributeData Data)> ordered, CancellationToken cancellation)
    {
        var attributes = ordered.Select(attribute => WithArguments(attribute, cancellation)).ToEquatableArray();
        var ownMembers = OwnMemberReader.Read(type, cancellation).Select(own => own.Member).ToEquatableArray();
        return new ModelDeclaration(TypeReader.Read(type, ownMembers, cancellation), attributes, ownMembers);
    }

    private static DeclaredAttribute WithArguments(
        (DeclaredAttribute Declared, AttributeData Data) attribute, CancellationToken cancellation) =>
        attribute.Declared with { Arguments = Arguments(attribute.Data, cancellation) };

    private static ReadModel? ReadAt(
        INamedTypeSymbol type, SyntaxNode part, List<(DeclaredAttribute Declared, AttributeData Data)> ordered, AttributeData? first,
        CancellationToken cancellation)
    {
        if (first?.ApplicationSyntaxReference is not { } place || place.SyntaxTree != part.SyntaxTree || !part.Span.Contains(place.Span))
            return null;

        var declaration = Read(type, ordered, cancellation);
        return new ReadModel(declaration, SilencedAnalyzer.By(type, declaration, cancellation));
    }

    /// <summary>Our attributes in the order of the source, without their arguments.</summary>
    private static List<(DeclaredAttribute Declared, AttributeData Data)> Ordered(INamedTypeSymbol type)
    {
        var parts = type.DeclaringSyntaxReferences;
        var found = new List<(DeclaredAttribute Declared, AttributeData Data, int Start)>();
        foreach (var attribute in type.GetAttributes())
        {
            if (KindOf(attribute) is not { } kind || attribute.ApplicationSyntaxReference is not { } place)
                continue;

            var part = 0;
            while (part < parts.Length - 1 && !(parts[part].SyntaxTree == place.SyntaxTree && parts[part].Span.Contains(place.Span)))
                part++;
            found.Add((new DeclaredAttribute(kind, part, default), attribute, place.Span.Start));
        }

        // Where they are spread, the part with [Input] or [Forecast] comes first, whichever file the compiler was given first.
        var main = parts.Length == 1 ? 0 : found
            .OrderBy(entry => !entry.Declared.DeclaresInput)
            .ThenByDescending(entry => found.Count(other => other.Declared.Part == entry.Declared.Part))
            .FirstOrDefault().Declared?.Part;
        found.Sort((one, other) => (Rank(one), one.Start).CompareTo((Rank(other), other.Start)));
        return found.ConvertAll(static entry => (entry.Declared, entry.Data));

        int Rank((DeclaredAttribute Declared, AttributeData Data, int Start) entry) => entry.Declared.Part == main ? -1 : entry.Declared.Part;
    }

    private static AttributeKind? KindOf(AttributeData attribute) =>
        attribute.AttributeClass is { ContainingNamespace: { Name: AttributeNamespace, ContainingNamespace.IsGlobalNamespace: true }, Name: var name }
        && Kinds.TryGetValue(name, out var kind)
            ? kind
            : null;

    /// <summary>
    /// The arguments that were written. An argument that does not compile is left out, so that it is treated as its default: the compiler
    /// has already said what is wrong with it.
    /// </summary>
    private static EquatableArray<DeclaredArgument> Arguments(AttributeData attribute, CancellationToken cancellation)
    {
        var arguments = new List<DeclaredArgument>();
        if (attribute.AttributeConstructor is { } constructor
            && attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax syntax)
        {
            for (var i = 0; i < attribute.ConstructorArguments.Length; i++)
            {
                var parameter = constructor.Parameters[i];
                if (ArgumentLocator.Find(syntax, parameter.Name, parameter.Ordinal) is not null)
                    Add(arguments, parameter.Name, attribute.ConstructorArguments[i]);
            }
        }

        foreach (var named in attribute.NamedArguments)
            Add(arguments, named.Key, named.Value);
        return arguments.ToEquatableArray();
    }

    private static void Add(List<DeclaredArgument> arguments, string name, TypedConstant value)
    {
        if (value is { Kind: TypedConstantKind.Array, IsNull: false }
            && value.Values.All(item => item is { Kind: TypedConstantKind.Primitive, Value: double or int }))
        {
            arguments.Add(new DeclaredArgument(name, 0, null)
            {
                Numbers = value.Values.Select(item => Convert.ToDouble(item.Value, CultureInfo.InvariantCulture)).ToEquatableArray(),
            });
            return;
        }

        // A text that is null, of which the compiler warns, is no text; the array is there all the same.
        if (value is { Kind: TypedConstantKind.Array, IsNull: false }
            && value.Values.All(item => item is { Kind: TypedConstantKind.Primitive, Value: string or null }))
        {
            arguments.Add(new DeclaredArgument(name, 0, null) { Texts = value.Values.Select(item => item.Value as string ?? "").ToEquatableArray() });
            return;
        }

        if (value.Kind is not (TypedConstantKind.Primitive or TypedConstantKind.Enum))
            return;

        if (value.IsNull || value.Value is string)
            arguments.Add(new DeclaredArgument(name, 0, value.Value as string));
        else
            arguments.Add(new DeclaredArgument(name, Convert.ToDouble(value.Value, CultureInfo.InvariantCulture), null));
    }
}
