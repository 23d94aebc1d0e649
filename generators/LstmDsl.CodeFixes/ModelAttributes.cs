using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>Tells the attributes that declare models from others.</summary>
internal static class ModelAttributes
{
    /// <summary>Whether any of them stands on a type.</summary>
    public static bool StandOn(INamedTypeSymbol type) => type.GetAttributes().Any(attribute => IsOurs(attribute.AttributeClass));

    /// <summary>Those of one declaration of a type, in the order of the source.</summary>
    public static IReadOnlyList<AttributeSyntax> Of(TypeDeclarationSyntax part, SemanticModel semantics, CancellationToken cancellation) =>
        [.. part.AttributeLists.SelectMany(list => list.Attributes).Where(attribute => IsOurs(TypeOf(attribute, semantics, cancellation)))];

    /// <summary>Whether it is [Input] or [Forecast], which says what the model takes.</summary>
    public static bool IsInput(AttributeSyntax attribute, SemanticModel semantics, CancellationToken cancellation) =>
        TypeOf(attribute, semantics, cancellation)?.Name is "InputAttribute" or "ForecastAttribute";

    /// <summary>Whether it declares a layer.</summary>
    public static bool IsLayer(AttributeSyntax attribute, SemanticModel semantics, CancellationToken cancellation) =>
        TypeOf(attribute, semantics, cancellation)?.BaseType is { Name: "LayerAttribute" } or { BaseType.Name: "LayerAttribute" };

    /// <summary>The name of what it declares, <c>Lstm</c> of <c>[Lstm(64)]</c>, whatever it is called where it stands.</summary>
    public static string KindOf(AttributeSyntax attribute, SemanticModel semantics, CancellationToken cancellation) =>
        (TypeOf(attribute, semantics, cancellation)?.Name ?? "").Replace("Attribute", "");

    /// <summary>Whether it refines a weight of the layer before it.</summary>
    public static bool IsRefinement(AttributeSyntax attribute, SemanticModel semantics, CancellationToken cancellation) =>
        TypeOf(attribute, semantics, cancellation)?.BaseType?.Name == "WeightAttribute";

    private static INamedTypeSymbol? TypeOf(AttributeSyntax attribute, SemanticModel semantics, CancellationToken cancellation) =>
        semantics.GetTypeInfo(attribute, cancellation).Type as INamedTypeSymbol;

    private static bool IsOurs(INamedTypeSymbol? type) =>
        type?.ContainingNamespace is { Name: "LstmDsl", ContainingNamespace.IsGlobalNamespace: true };
}
