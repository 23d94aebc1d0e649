using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>Makes a model, or a type around one, partial; the compiler's CS0260 at the same place is mended with it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix)), Shared]
public sealed class MakePartialFix : DeclarationFix<TypeDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LSTM001", "LSTM013", "CS0260"];

    /// <inheritdoc/>
    protected override string Title(SyntaxNode blamed) => $"Make '{((TypeDeclarationSyntax)blamed).Identifier.Text}' partial";

    /// <inheritdoc/>
    protected override TypeDeclarationSyntax? Mend(
        TypeDeclarationSyntax node, SyntaxNode blamed, SemanticModel semantics, CancellationToken cancellation)
    {
        // CS0260 is reported for types of any kind; those that have nothing to do with models are not ours to mend.
        var isOurs = node.DescendantNodesAndSelf().OfType<TypeDeclarationSyntax>()
            .Any(type => semantics.GetDeclaredSymbol(type, cancellation) is { } symbol && ModelAttributes.StandOn(symbol));
        if (!isOurs || node.Modifiers.Any(SyntaxKind.PartialKeyword))
            return null;

        // It stands last, just before the keyword, whose leading trivia it takes over.
        var partial = SyntaxFactory.Token(node.Keyword.LeadingTrivia, SyntaxKind.PartialKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space));
        return node.WithKeyword(node.Keyword.WithLeadingTrivia()).AddModifiers(partial);
    }
}
