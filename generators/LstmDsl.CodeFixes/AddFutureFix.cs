using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>Puts [Future] where the layers that read the window end: behind the last recurrent one that gives one row, or where that is repeated.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddFutureFix)), Shared]
public sealed class AddFutureFix : DeclarationFix<TypeDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["LSTM038"];

    /// <inheritdoc/>
    protected override string Title(SyntaxNode blamed) => "Join what is known with [Future]";

    /// <inheritdoc/>
    protected override TypeDeclarationSyntax? Mend(
        TypeDeclarationSyntax node, SyntaxNode blamed, SemanticModel semantics, CancellationToken cancellation)
    {
        var attributes = ModelAttributes.Of(node, semantics, cancellation);
        var end = attributes.LastOrDefault(attribute => EndsReading(attribute, semantics, cancellation));
        if (end is null)
            return null;

        end = attributes.SkipWhile(attribute => attribute != end).Skip(1)
            .TakeWhile(attribute => ModelAttributes.IsRefinement(attribute, semantics, cancellation)).LastOrDefault() ?? end;
        var list = (AttributeListSyntax)end.Parent!;
        if (list.Attributes.Last() != end)
            return null;

        // It is named as the attributes around it are, by their namespace where that is not imported; parsed, so that nothing is formatted.
        var space = end.Name is QualifiedNameSyntax qualified ? qualified.Left + "." : "";
        var future = ((TypeDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"[{space}Future] class M;")!).AttributeLists[0];
        return AttributeLists.Append(node, end, [future]);
    }

    private static bool EndsReading(AttributeSyntax attribute, SemanticModel semantics, CancellationToken cancellation) =>
        ModelAttributes.KindOf(attribute, semantics, cancellation) is "RepeatVector" or "Lstm" or "Gru" or "MinGru" or "SimpleRnn"
        && attribute.ArgumentList?.Arguments.Any(argument =>
            argument.NameEquals?.Name.Identifier.ValueText == "ReturnSequences" && !argument.Expression.IsKind(SyntaxKind.FalseLiteralExpression)) != true;
}
