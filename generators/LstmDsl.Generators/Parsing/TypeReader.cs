using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.Generators;

/// <summary>Reads what emission needs to know of a type to reopen it.</summary>
internal static class TypeReader
{
    private static readonly SymbolDisplayFormat NameOnly = new();

    private static readonly SymbolDisplayFormat NameWithTypeParameters = NameOnly.WithGenericsOptions(
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance);

    private static readonly SymbolDisplayFormat Namespaces = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>Reads a type.</summary>
    public static TypeSpec Read(INamedTypeSymbol type, IEnumerable<OwnMember> ownMembers, CancellationToken cancellation)
    {
        var containing = Containing(type).Reverse().ToArray();
        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : Escaped(type.ContainingNamespace, Namespaces);
        var parts = containing.Append(type).Select(part => part.MetadataName);
        return new TypeSpec
        {
            Namespace = space,
            ContainingTypes = containing
                .Select(outer => new ContainingType(Keyword(outer), NameOf(outer), IsPartial(outer, cancellation)))
                .ToEquatableArray(),
            Keyword = Keyword(type),
            Name = type.Name,
            Identifier = Escaped(type, NameOnly),
            Declaration = NameOf(type),
            QualifiedName = Escaped(type, SymbolDisplayFormat.FullyQualifiedFormat),
            HintName = string.Join(".", new[] { space.Replace("@", "") }.Where(name => name.Length > 0).Concat(parts)) + ".g.cs",
            IsPartial = IsPartial(type, cancellation),
            Obstacle = ObstacleOf(type, containing),
            HasConstructorsPlaceTaken = ownMembers.Any(GeneratedMembers.TakesConstructorsPlace),
            SetsRequiredMembers = ownMembers.Any(member => member.IsRequired)
                && ownMembers.All(member => member.Kind != OwnMemberKind.ChainedConstructor),
            LanguageSuffices = LanguageSuffices(type),
        };
    }

    /// <summary>The name as a declaration writes it, with type parameters.</summary>
    public static string NameOf(INamedTypeSymbol type) => Escaped(type, NameWithTypeParameters);

    /// <summary>
    /// A symbol's text in which every name of lower-case letters alone is escaped: each keyword is one, those that are keywords in some places
    /// (<c>file</c>, <c>required</c>, <c>partial</c>) and those that are yet to come included, and the compiler warns of types so named.
    /// </summary>
    private static string Escaped(ISymbol symbol, SymbolDisplayFormat format) => string.Concat(
        symbol.ToDisplayParts(format.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None)).Select(part => part.ToString() is var text
            && part.Kind is not (SymbolDisplayPartKind.Keyword or SymbolDisplayPartKind.Punctuation or SymbolDisplayPartKind.Space)
            && (text.All(letter => letter is >= 'a' and <= 'z') || SyntaxFacts.GetKeywordKind(text) != SyntaxKind.None)
                ? "@" + text
                : text));

    private static IEnumerable<INamedTypeSymbol> Containing(INamedTypeSymbol type)
    {
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            yield return outer;
    }

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.All(part =>
            part.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static string Keyword(INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Struct, true) => "record struct",
        (TypeKind.Struct, false) => "struct",
        (TypeKind.Interface, _) => "interface",
        (_, true) => "record",
        _ => "class",
    };

    private static TypeObstacle ObstacleOf(INamedTypeSymbol type, INamedTypeSymbol[] containing)
    {
        if (type.IsFileLocal || containing.Any(outer => outer.IsFileLocal))
            return TypeObstacle.File;
        if (type.TypeKind != TypeKind.Class)
            return TypeObstacle.Struct;
        if (type.IsStatic)
            return TypeObstacle.Static;
        if (type.IsAbstract)
            return TypeObstacle.Abstract;
        if (type.IsGenericType)
            return TypeObstacle.Generic;
        if (type.IsRecord)
            return TypeObstacle.Record;
        return IsDerivedFromModel(type) ? TypeObstacle.Derived : TypeObstacle.None;
    }

    private static bool IsDerivedFromModel(INamedTypeSymbol type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (DeclarationReader.IsDeclared(ancestor))
                return true;
        }

        return false;
    }

    private static bool LanguageSuffices(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences is [{ SyntaxTree.Options: CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp13 } }, ..];
}
