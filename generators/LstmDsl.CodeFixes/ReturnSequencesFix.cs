using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>Sets <c>ReturnSequences = true</c> on a layer that another recurrent one follows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnSequencesFix)), Shared]
public sealed class ReturnSequencesFix : DeclarationFix<AttributeSyntax>
{
    private const string Option = "ReturnSequences";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LSTM006"];

    /// <inheritdoc/>
    protected override string Title(SyntaxNode blamed) => $"Set {Option} = true";

    /// <inheritdoc/>
    protected override AttributeSyntax? Mend(
        AttributeSyntax node, SyntaxNode blamed, SemanticModel semantics, CancellationToken cancellation)
    {
        var yes = SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression);
        var written = node.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == Option);
        if (written is not null)
            return node.ReplaceNode(written.Expression, yes.WithTriviaFrom(written.Expression));

        var option = SyntaxFactory.AttributeArgument(
            SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName(Option).WithTrailingTrivia(SyntaxFactory.Space))
                .WithTrailingTrivia(SyntaxFactory.Space),
            nameColon: null,
            yes);
        var list = node.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        var separators = list.Arguments.GetSeparators();
        if (list.Arguments.Count > 0)
            separators = separators.Append(comma);
        return node.WithArgumentList(list.WithArguments(SyntaxFactory.SeparatedList(list.Arguments.Append(option), separators)));
    }
}
