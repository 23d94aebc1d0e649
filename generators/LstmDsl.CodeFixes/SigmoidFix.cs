using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>Puts a sigmoid in the place of a softmax over one unit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SigmoidFix)), Shared]
public sealed class SigmoidFix : DeclarationFix<AttributeArgumentSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LSTM025"];

    /// <inheritdoc/>
    protected override string Title(SyntaxNode blamed) => $"Use {Mended(Named(blamed)!)}";

    /// <inheritdoc/>
    protected override AttributeArgumentSyntax? Mend(
        AttributeArgumentSyntax node, SyntaxNode blamed, SemanticModel semantics, CancellationToken cancellation) =>
        Named(node) is { } name ? node.ReplaceNode(name, SyntaxFactory.IdentifierName(Mended(name)).WithTriviaFrom(name)) : null;

    private static string Mended(SimpleNameSyntax name) => name.Identifier.ValueText == "LogSoftmax" ? "LogSigmoid" : "Sigmoid";

    /// <summary>The activation where the argument names it itself, not by a constant of another name.</summary>
    private static SimpleNameSyntax? Named(SyntaxNode blamed)
    {
        var value = blamed.FirstAncestorOrSelf<AttributeArgumentSyntax>()?.Expression;
        var name = value is MemberAccessExpressionSyntax access ? access.Name : value as SimpleNameSyntax;
        return name?.Identifier.ValueText is "Softmax" or "LogSoftmax" ? name : null;
    }
}
