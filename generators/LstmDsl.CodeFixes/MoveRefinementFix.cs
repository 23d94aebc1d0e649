using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>Moves a refinement that stands before all layers behind the first of them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveRefinementFix)), Shared]
public sealed class MoveRefinementFix : DeclarationFix<TypeDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LSTM008"];

    /// <inheritdoc/>
    protected override string Title(SyntaxNode blamed) => $"Move [{((AttributeSyntax)blamed).Name}] behind the layer that follows it";

    /// <inheritdoc/>
    protected override TypeDeclarationSyntax? Mend(
        TypeDeclarationSyntax node, SyntaxNode blamed, SemanticModel semantics, CancellationToken cancellation)
    {
        var layer = ModelAttributes.Of(node, semantics, cancellation)
            .SkipWhile(attribute => attribute != blamed)
            .FirstOrDefault(attribute => ModelAttributes.IsLayer(attribute, semantics, cancellation));
        return layer is null ? null : AttributeLists.Move(node, (AttributeSyntax)blamed, layer, behind: true);
    }
}
