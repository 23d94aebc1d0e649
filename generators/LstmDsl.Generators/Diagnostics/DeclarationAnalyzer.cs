using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LstmDsl.Generators;

/// <summary>
/// Reports what is wrong with a declaration, at the attribute or argument that caused it. It runs the generator's own steps up to the plan,
/// so that the two cannot disagree.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Descriptors.ById.Values];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!DeclarationReader.IsDeclared(type))
            return;

        var cancellation = context.CancellationToken;
        var faults = ModelPlanner.Plan(ModelSpecBuilder.Build(DeclarationReader.Read(type, cancellation))).Faults;
        if (faults.Count == 0)
            return;

        var attributes = DeclarationReader.InSourceOrder(type, cancellation);
        foreach (var fault in faults)
        {
            var place = fault.Attribute < 0
                ? Identifier(type, fault, cancellation)
                : Place(attributes[fault.Attribute].Data, fault.Argument, cancellation);
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.ById[fault.Id], place, [.. fault.Values]));
        }
    }

    /// <summary>The type's name where it was written; for a missing modifier that of the declaration that lacks it.</summary>
    private static Location Identifier(INamedTypeSymbol type, Fault fault, CancellationToken cancellation)
    {
        var blamed = type;
        if (fault.Id == Descriptors.ContainingTypeNotPartial.Id)
        {
            for (blamed = type.ContainingType; !TypeReader.NameOf(blamed).Equals(fault.Values[0], StringComparison.Ordinal);)
                blamed = blamed.ContainingType;
        }

        var parts = blamed.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>().ToArray();
        var part = parts.FirstOrDefault(part => !part.Modifiers.Any(SyntaxKind.PartialKeyword)) ?? parts[0];
        return part.Identifier.GetLocation();
    }

    private static Location Place(AttributeData attribute, string? argument, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
            return Location.None;

        if (argument is null)
            return syntax.GetLocation();

        var parameter = attribute.AttributeConstructor?.Parameters.FirstOrDefault(parameter => parameter.Name == argument);
        var written = parameter is null
            ? ArgumentLocator.Find(syntax, argument)
            : ArgumentLocator.Find(syntax, argument, parameter.Ordinal);
        return (written ?? (SyntaxNode)syntax).GetLocation();
    }
}
