using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>Moves [Input] or [Forecast] before the layers.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveInputFirstFix)), Shared]
public sealed class MoveInputFirstFix : DeclarationFix<TypeDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LSTM005"];

    /// <inheritdoc/>
    protected override string Title(SyntaxNode blamed) => $"Move [{((AttributeSyntax)blamed).Name}] before the layers";

    /// <inheritdoc/>
    protected override TypeDeclarationSyntax? Mend(
        TypeDeclarationSyntax node, SyntaxNode blamed, SemanticModel semantics, CancellationToken cancellation)
    {
        var attributes = ModelAttributes.Of(node, semantics, cancellation);
        return blamed is AttributeSyntax input && attributes.Count > 1 && attributes[0] != input
            ? AttributeLists.Move(node, input, attributes[0], behind: false)
            : null;
    }
}
