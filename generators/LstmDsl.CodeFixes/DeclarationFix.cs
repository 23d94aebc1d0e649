using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>Mends one kind of mistake by replacing the node that a diagnostic is about, or one around it.</summary>
/// <typeparam name="TNode">The kind of node that is replaced.</typeparam>
public abstract class DeclarationFix<TNode> : CodeFixProvider where TNode : SyntaxNode
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        if (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } semantics)
            return;

        // Of an attribute without arguments the name is the innermost node.
        var found = root.FindNode(context.Span, getInnermostNodeForTie: true);
        var blamed = found.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && attribute.Span == context.Span ? attribute : found;
        if (blamed.FirstAncestorOrSelf<TNode>() is not { } node || Mend(node, blamed, semantics, context.CancellationToken) is not { } mended)
            return;

        // One entry, also where the compiler's own error stands at the same place.
        var action = CodeAction.Create(
            Title(blamed), _ => Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(node, mended))), equivalenceKey: GetType().Name);
        context.RegisterCodeFix(action, context.Diagnostics);
    }

    /// <summary>What the editor offers.</summary>
    /// <param name="blamed">The node that the diagnostic is about.</param>
    protected abstract string Title(SyntaxNode blamed);

    /// <summary>The node as it should be; null where nothing can be mended mechanically.</summary>
    /// <param name="node">The node to replace.</param>
    /// <param name="blamed">The node that the diagnostic is about, within it.</param>
    /// <param name="semantics">What the compiler knows of the document.</param>
    /// <param name="cancellation">Ends the work.</param>
    protected abstract TNode? Mend(TNode node, SyntaxNode blamed, SemanticModel semantics, CancellationToken cancellation);
}
