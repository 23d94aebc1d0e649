using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>Removes the modifier that keeps a class from being a model.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveModifierFix)), Shared]
public sealed class RemoveModifierFix : DeclarationFix<TypeDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LSTM014"];

    /// <inheritdoc/>
    protected override string Title(SyntaxNode blamed) => $"Remove '{Obstacle((TypeDeclarationSyntax)blamed).Text}'";

    /// <inheritdoc/>
    protected override TypeDeclarationSyntax? Mend(
        TypeDeclarationSyntax node, SyntaxNode blamed, SemanticModel semantics, CancellationToken cancellation)
    {
        var obstacle = Obstacle(node);
        return obstacle.RawKind == 0
            ? null
            : ((TypeDeclarationSyntax)node.WithModifiers(node.Modifiers.Remove(obstacle))).WithLeadingTrivia(node.GetLeadingTrivia());
    }

    private static SyntaxToken Obstacle(TypeDeclarationSyntax type) => type.Modifiers.FirstOrDefault(
        modifier => modifier.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword or SyntaxKind.FileKeyword);
}
