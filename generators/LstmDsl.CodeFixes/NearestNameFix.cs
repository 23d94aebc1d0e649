using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>Puts the nearest name of a layer in the place of one that no layer has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NearestNameFix)), Shared]
public sealed class NearestNameFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LSTM027"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var (document, diagnostic) = (context.Document, context.Diagnostics[0]);
        if (!diagnostic.Properties.TryGetValue("written", out var written) || !diagnostic.Properties.TryGetValue("meant", out var meant)
            || await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;

        // A constant of another name is not touched: others may use it.
        var attribute = root.FindNode(context.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>();
        var literal = attribute?.DescendantNodes().OfType<LiteralExpressionSyntax>().FirstOrDefault(literal => literal.Token.ValueText == written);
        if (literal is null)
            return;

        var mended = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(meant!)).WithTriviaFrom(literal);
        var action = CodeAction.Create(
            $"Use \"{meant}\"", _ => Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(literal, mended))), nameof(NearestNameFix));
        context.RegisterCodeFix(action, context.Diagnostics);
    }
}
