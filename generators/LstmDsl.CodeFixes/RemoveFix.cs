using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>
/// Removes an attribute or an argument that says nothing which holds: a second [Input] without a name, a refinement of a weight that is not there, an
/// option that another contradicts, a [Future] without anything known.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveFix)), Shared]
public sealed class RemoveFix : DeclarationFix<TypeDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LSTM009", "LSTM012", "LSTM018", "LSTM037"];

    /// <inheritdoc/>
    protected override string Title(SyntaxNode blamed) => blamed.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { } argument
        ? $"Remove '{argument.NameEquals?.Name.Identifier.Text}'"
        : $"Remove [{blamed.FirstAncestorOrSelf<AttributeSyntax>()?.Name}]";

    /// <inheritdoc/>
    protected override TypeDeclarationSyntax? Mend(
        TypeDeclarationSyntax node, SyntaxNode blamed, SemanticModel semantics, CancellationToken cancellation) => blamed switch
        {
            AttributeSyntax attribute => AttributeLists.Remove(node, attribute),
            _ when blamed.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { NameEquals: not null } argument =>
                node.RemoveNode(argument, SyntaxRemoveOptions.KeepNoTrivia),
            _ => null,
        };
}
