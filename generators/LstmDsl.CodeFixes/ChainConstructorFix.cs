using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>Lets a constructor of a model call the generated one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ChainConstructorFix)), Shared]
public sealed class ChainConstructorFix : DeclarationFix<ConstructorDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LSTM019"];

    /// <inheritdoc/>
    protected override string Title(SyntaxNode blamed) => "Call the generated constructor";

    /// <inheritdoc/>
    protected override ConstructorDeclarationSyntax? Mend(
        ConstructorDeclarationSyntax node, SyntaxNode blamed, SemanticModel semantics, CancellationToken cancellation)
    {
        // One for an int stands in the generated one's place, and one that hands something to a base class needs a decision.
        var takesItsPlace = node.ParameterList.Parameters is [{ Type: { } type }]
            && semantics.GetTypeInfo(type, cancellation).Type?.SpecialType == SpecialType.System_Int32;
        if (takesItsPlace || node.Initializer is { ArgumentList.Arguments.Count: > 0 } or { RawKind: (int)SyntaxKind.ThisConstructorInitializer })
            return null;

        var end = (node.Initializer?.ArgumentList.CloseParenToken ?? node.ParameterList.CloseParenToken).TrailingTrivia;
        var call = ((ConstructorDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration("M() : this(seed: 0) { }")!).Initializer!;
        var parameters = node.ParameterList.WithCloseParenToken(node.ParameterList.CloseParenToken.WithTrailingTrivia(SyntaxFactory.Space));
        return node.WithParameterList(parameters).WithInitializer(call.WithTrailingTrivia(end));
    }
}
