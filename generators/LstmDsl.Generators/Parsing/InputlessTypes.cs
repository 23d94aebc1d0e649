using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.Generators;

/// <summary>
/// Finds the types that have attributes with the names of ours, but neither [Input] nor [Forecast]: models perhaps that lack it. Names alone
/// are looked at, since to bind the attributes of every type would cost a large project time at each key that is pressed.
/// </summary>
internal static class InputlessTypes
{
    /// <summary>Those of a file; what members hold is not walked through.</summary>
    public static IEnumerable<TypeDeclarationSyntax> In(SyntaxTree tree, CancellationToken cancellation)
    {
        var root = tree.GetRoot(cancellation);
        HashSet<string> aliases = [.. (root as CompilationUnitSyntax)?.Usings.Select(use => use.Alias?.Name.Identifier.ValueText).OfType<string>() ?? []];
        return root
            .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
            .OfType<TypeDeclarationSyntax>()
            .Where(type => IsCandidate([.. type.AttributeLists.SelectMany(list => list.Attributes).Select(NameOf)], aliases));
    }

    /// <summary>Reads a type once, at its first layer; null where it is no model, or where another part or an alias has [Input].</summary>
    public static ReadModel? Read(TypeDeclarationSyntax type, Compilation compilation, CancellationToken cancellation) =>
        compilation.GetSemanticModel(type.SyntaxTree).GetDeclaredSymbol(type, cancellation) is { } symbol
            ? DeclarationReader.ReadWithoutInput(symbol, type, cancellation)
            : null;

    private static bool IsCandidate(string[] names, HashSet<string> aliases) =>
        names.Length > 0
        && Array.Exists(names, name => DeclarationReader.IsOurs(name) || aliases.Contains(name))
        && !Array.Exists(names, name => name is "Input" or "InputAttribute" or "Forecast" or "ForecastAttribute");

    private static string NameOf(AttributeSyntax attribute)
    {
        var name = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right,
            AliasQualifiedNameSyntax qualified => qualified.Name,
            var simple => simple as SimpleNameSyntax,
        };
        return name?.Identifier.ValueText ?? "";
    }
}
