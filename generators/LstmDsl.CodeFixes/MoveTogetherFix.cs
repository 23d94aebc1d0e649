using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace LstmDsl.CodeFixes;

/// <summary>Moves a model's attributes from its other partial declarations behind those that stand beside [Input].</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveTogetherFix)), Shared]
public sealed class MoveTogetherFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LSTM007"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var cancellation = context.CancellationToken;
        if (await context.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await context.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } semantics
            || root.FindNode(context.Span).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } blamed
            || semantics.GetDeclaredSymbol(blamed, cancellation) is not INamedTypeSymbol model)
            return;

        var action = CodeAction.Create(
            $"Move the attributes of '{model.Name}' together",
            token => MoveAsync(context.Document.Project.Solution, model, token),
            equivalenceKey: nameof(MoveTogetherFix));
        context.RegisterCodeFix(action, context.Diagnostics);
    }

    private static async Task<Solution> MoveAsync(Solution solution, INamedTypeSymbol model, CancellationToken cancellation)
    {
        var editor = new SolutionEditor(solution);
        var parts = await PartsAsync(editor, model, cancellation).ConfigureAwait(false);

        // As the analyzer does, which names the others: the declaration that has [Input], of several the one with the most attributes.
        var main = parts.OrderByDescending(part => part.HasInput).ThenByDescending(part => part.Attributes.Count).First();
        var moved = new List<AttributeListSyntax>();
        foreach (var part in parts.Where(part => part != main))
        {
            moved.AddRange(part.Attributes.Select(attribute => AttributeLists.Detach(part.Declaration, attribute)));
            part.Editor.ReplaceNode(part.Declaration, (node, _) => Without((TypeDeclarationSyntax)node, part));
        }

        var last = main.Attributes[main.Attributes.Count - 1];
        main.Editor.ReplaceNode(main.Declaration, AttributeLists.Append(main.Declaration, last, moved));
        return editor.GetChangedSolution();
    }

    /// <summary>The declarations that carry attributes of ours, in the compiler's order.</summary>
    private static async Task<IReadOnlyList<Part>> PartsAsync(SolutionEditor editor, INamedTypeSymbol model, CancellationToken cancellation)
    {
        var parts = new List<Part>();
        foreach (var reference in model.DeclaringSyntaxReferences)
        {
            if (editor.OriginalSolution.GetDocumentId(reference.SyntaxTree) is not { } id
                || editor.OriginalSolution.GetDocument(id) is null
                || await reference.GetSyntaxAsync(cancellation).ConfigureAwait(false) is not TypeDeclarationSyntax declaration)
                continue;

            var document = await editor.GetDocumentEditorAsync(id, cancellation).ConfigureAwait(false);
            var attributes = ModelAttributes.Of(declaration, document.SemanticModel, cancellation);
            var hasInput = attributes.Any(attribute => ModelAttributes.IsInput(attribute, document.SemanticModel, cancellation));
            if (attributes.Count > 0)
                parts.Add(new Part(document, declaration, attributes, hasInput));
        }

        return parts;
    }

    private static TypeDeclarationSyntax Without(TypeDeclarationSyntax declaration, Part part)
    {
        // Counted, not compared: an editor hands over a copy of the node.
        var places = part.Declaration.AttributeLists.SelectMany(list => list.Attributes).ToList();
        var ours = new HashSet<int>(part.Attributes.Select(attribute => places.IndexOf(attribute)));
        for (var i = places.Count - 1; i >= 0; i--)
        {
            if (ours.Contains(i))
                declaration = AttributeLists.Remove(declaration, declaration.AttributeLists.SelectMany(list => list.Attributes).ElementAt(i));
        }

        return declaration;
    }

    private sealed record Part(
        DocumentEditor Editor, TypeDeclarationSyntax Declaration, IReadOnlyList<AttributeSyntax> Attributes, bool HasInput);
}
