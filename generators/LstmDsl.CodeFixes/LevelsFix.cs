using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>Puts the levels of [Quantiles] in their order, each once, and the median among them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LevelsFix)), Shared]
public sealed class LevelsFix : DeclarationFix<AttributeSyntax>
{
    private const double Median = 0.5;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LSTM036"];

    /// <inheritdoc/>
    protected override string Title(SyntaxNode blamed) => "Let the levels rise, with the median";

    /// <inheritdoc/>
    protected override AttributeSyntax? Mend(
        AttributeSyntax node, SyntaxNode blamed, SemanticModel semantics, CancellationToken cancellation)
    {
        var levels = new SortedDictionary<double, ExpressionSyntax>();
        foreach (var written in Written(node))
        {
            if (semantics.GetConstantValue(written, cancellation) is not { HasValue: true, Value: IConvertible value })
                return null;
            var level = Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);
            if (level is > 0 and < 1 && !levels.ContainsKey(level))
                levels.Add(level, written.WithoutTrivia());
        }

        foreach (var usual in levels.Count == 0 ? [0.1, 0.9, Median] : (double[])[Median])
        {
            if (!levels.ContainsKey(usual))
                levels.Add(usual, SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(usual)));
        }

        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return node.WithArgumentList(SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList(
            levels.Values.Select(SyntaxFactory.AttributeArgument), Enumerable.Repeat(comma, levels.Count - 1))));
    }

    /// <summary>The levels one by one, or in a list.</summary>
    private static IEnumerable<ExpressionSyntax> Written(AttributeSyntax attribute)
    {
        var arguments = attribute.ArgumentList?.Arguments.Select(argument => argument.Expression).ToArray() ?? [];
        return arguments is not [var only] ? arguments : only switch
        {
            ArrayCreationExpressionSyntax { Initializer: { } array } => array.Expressions,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
            CollectionExpressionSyntax list => list.Elements.OfType<ExpressionElementSyntax>().Select(element => element.Expression),
            _ => arguments,
        };
    }
}
