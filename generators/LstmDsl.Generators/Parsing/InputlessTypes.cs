using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.Generators;

/// <summary>Finds the types that have attributes, but neither [Input] nor [Forecast] by these names: models perhaps that lack it.</summary>
internal static class InputlessTypes
{
    /// <summary>Those of a file; what members hold is not walked through.</summary>
    public static IEnumerable<TypeDeclarationSyntax> In(SyntaxTree tree, CancellationToken cancellation) => tree.GetRoot(cancellation)
        .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
        .OfType<TypeDeclarationSyntax>()
        .Where(static type => type.AttributeLists.Count > 0 && !type.AttributeLists.SelectMany(list => list.Attributes).Any(DeclaresInput));

    /// <summary>Reads a type once, at its first layer; null where it is no model, or where another part or an alias has [Input].</summary>
    public static ReadModel? Read(TypeDeclarationSyntax type, Compilation compilation, CancellationToken cancellation) =>
        compilation.GetSemanticModel(type.SyntaxTree).GetDeclaredSymbol(type, cancellation) is { } symbol
            ? DeclarationReader.ReadWithoutInput(symbol, type, cancellation)
            : null;

    private static bool DeclaresInput(AttributeSyntax attribute)
    {
        var name = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right,
            AliasQualifiedNameSyntax qualified => qualified.Name,
            var simple => simple as SimpleNameSyntax,
        };
        return name?.Identifier.ValueText is "Input" or "InputAttribute" or "Forecast" or "ForecastAttribute";
    }
}
