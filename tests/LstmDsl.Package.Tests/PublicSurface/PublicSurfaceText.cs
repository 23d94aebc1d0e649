using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Package.Tests;

/// <summary>
/// Everything of an assembly that other assemblies can name, as text: a section a namespace, in an order that does not depend on the
/// source's.
/// </summary>
internal static class PublicSurfaceText
{
    private static readonly SymbolDisplayFormat TypeReference = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    private static readonly SymbolDisplayFormat TypeName = TypeReference
        .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes)
        .AddGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeConstraints);

    private static readonly SymbolDisplayFormat Member = TypeReference
        .AddGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeConstraints)
        .WithKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword)
        .WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue);

    /// <summary>The surface of an assembly, in terms of the framework and the library at most.</summary>
    public static string Of(string assembly)
    {
        var text = new StringBuilder();
        var namespaces = Types(assembly).GroupBy(type => type.ContainingNamespace.ToDisplayString());
        foreach (var group in namespaces.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append("namespace ").Append(group.Key).Append('\n');
            foreach (var type in group.OrderBy(type => type.ToDisplayString(TypeReference), StringComparer.Ordinal))
                Append(text.Append('\n'), type, "");
        }

        return text.ToString();
    }

    /// <summary>The types of an assembly that other assemblies can name, nested ones not among them.</summary>
    public static IEnumerable<INamedTypeSymbol> Types(string assembly)
    {
        var reference = MetadataReference.CreateFromFile(assembly);
        var library = MetadataReference.CreateFromFile(typeof(TimeSeries).Assembly.Location);
        var compilation = CSharpCompilation.Create("Surface", references: [.. Net100.References.All, library, reference]);
        var symbol = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
        return TypesIn(symbol.GlobalNamespace).Where(IsVisible);
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(TypesIn));

    private static void Append(StringBuilder text, INamedTypeSymbol type, string indent)
    {
        text.Append(indent).Append(Declaration(type)).Append('\n');
        if (type.TypeKind == TypeKind.Delegate)
            return;
        var members = type.GetMembers().Where(IsVisible).Where(IsWritten).ToList();
        foreach (var member in members.Where(member => member is not INamedTypeSymbol)
            .OrderBy(Rank).ThenBy(member => member.Name, StringComparer.Ordinal).ThenBy(Line, StringComparer.Ordinal))
            text.Append(indent).Append("    ").Append(Line(member)).Append('\n');
        foreach (var nested in members.OfType<INamedTypeSymbol>().OrderBy(nested => nested.Name, StringComparer.Ordinal))
            Append(text, nested, indent + "    ");
    }

    private static string Declaration(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Delegate)
        {
            var invoke = type.DelegateInvokeMethod!;
            var parameters = string.Join(", ", invoke.Parameters.Select(parameter => parameter.ToDisplayString(Member)));
            var result = invoke.ReturnType.ToDisplayString(TypeReference);
            return $"{Accessibility(type)} delegate {result} {type.ToDisplayString(TypeName)}({parameters})";
        }

        var words = new List<string> { Accessibility(type) };
        if (type.IsStatic) words.Add("static");
        if (type is { TypeKind: TypeKind.Class, IsAbstract: true, IsStatic: false }) words.Add("abstract");
        if (type is { TypeKind: TypeKind.Class, IsSealed: true, IsStatic: false }) words.Add("sealed");
        if (type.IsReadOnly) words.Add("readonly");
        if (type.IsRefLikeType) words.Add("ref");
        if (type.IsRecord) words.Add("record");
        words.Add(type.TypeKind switch
        {
            TypeKind.Interface => "interface",
            TypeKind.Enum => "enum",
            TypeKind.Struct => "struct",
            _ => "class",
        });

        // The constraints close a declaration, after the types that it derives from.
        var named = type.ToDisplayString(TypeName);
        var constraints = named.IndexOf(" where ", StringComparison.Ordinal);
        words.Add(constraints < 0 ? named : named[..constraints]);
        var bases = type.BaseType is { SpecialType: SpecialType.None } parent ? [parent] : new List<INamedTypeSymbol>();
        bases.AddRange(type.Interfaces.Where(one => IsVisible(one) && !(type.IsRecord && one.Name == "IEquatable"))
            .OrderBy(one => one.ToDisplayString(TypeReference), StringComparer.Ordinal));
        return string.Join(' ', words)
            + (bases.Count > 0 ? " : " + string.Join(", ", bases.Select(one => one.ToDisplayString(TypeReference))) : "")
            + (constraints < 0 ? "" : named[constraints..]);
    }

    private static string Line(ISymbol member)
    {
        // A field of an enumeration needs no words but its name and number.
        if (member is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } value)
            return FormattableString.Invariant($"{value.Name} = {value.ConstantValue}");

        // An interface's members are shown without modifiers, but whether one is the type's own matters.
        var isStaticOfInterface = member is { ContainingType.TypeKind: TypeKind.Interface, IsStatic: true };
        var modifiers = isStaticOfInterface ? member.IsAbstract ? "static abstract " : "static " : "";
        var text = modifiers + member.ToDisplayString(Member);
        return member is IPropertySymbol property ? $"{text} {{ {Accessors(property)} }}" : text;
    }

    private static string Accessors(IPropertySymbol property)
    {
        var get = property.GetMethod is { } getter && IsVisible(getter) ? Word(getter, "get; ") : "";
        var set = property.SetMethod is { } setter && IsVisible(setter) ? Word(setter, setter.IsInitOnly ? "init; " : "set; ") : "";
        return (get + set).TrimEnd();

        string Word(IMethodSymbol accessor, string word) =>
            accessor.DeclaredAccessibility == property.DeclaredAccessibility ? word : $"{Accessibility(accessor)} {word}";
    }

    private static string Accessibility(ISymbol symbol) =>
        symbol.DeclaredAccessibility == Microsoft.CodeAnalysis.Accessibility.Public ? "public" : "protected";

    private static bool IsVisible(ISymbol symbol) => symbol.DeclaredAccessibility is Microsoft.CodeAnalysis.Accessibility.Public
        or Microsoft.CodeAnalysis.Accessibility.Protected or Microsoft.CodeAnalysis.Accessibility.ProtectedOrInternal;

    /// <summary>Whether a person wrote it: neither an accessor, which its property shows, nor what the compiler adds to records.</summary>
    private static bool IsWritten(ISymbol member) =>
        !member.IsImplicitlyDeclared
        && member is not IMethodSymbol { AssociatedSymbol: not null }
        && !member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute");

    private static int Rank(ISymbol member) => member switch
    {
        // The numbers of an enumeration; in other types all constants are alike.
        IFieldSymbol { IsConst: true, ContainingType.TypeKind: TypeKind.Enum } value => Convert.ToInt32(value.ConstantValue, null),
        IFieldSymbol { IsConst: true } => 0,
        IFieldSymbol => 1,
        IMethodSymbol { MethodKind: MethodKind.Constructor } => 2,
        IPropertySymbol => 3,
        IEventSymbol => 4,
        IMethodSymbol { MethodKind: MethodKind.Ordinary } => 5,
        _ => 6,
    };
}
