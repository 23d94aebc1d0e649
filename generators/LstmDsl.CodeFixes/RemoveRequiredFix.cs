using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>Removes <c>required</c> from a model's member.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveRequiredFix)), Shared]
public sealed class RemoveRequiredFix : DeclarationFix<MemberDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LSTM026"];

    /// <inheritdoc/>
    protected override string Title(SyntaxNode blamed) => "Remove 'required'";

    /// <inheritdoc/>
    protected override MemberDeclarationSyntax? Mend(
        MemberDeclarationSyntax node, SyntaxNode blamed, SemanticModel semantics, CancellationToken cancellation)
    {
        // An inherited member is blamed on the class, where there is nothing to remove.
        var required = node.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.RequiredKeyword));
        return required.RawKind == 0
            ? null
            : node.WithModifiers(node.Modifiers.Remove(required)).WithLeadingTrivia(node.GetLeadingTrivia());
    }
}
