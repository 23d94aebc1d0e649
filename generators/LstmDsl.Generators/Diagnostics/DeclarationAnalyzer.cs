using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LstmDsl.Generators;

/// <summary>
/// Reports what is wrong with a declaration, at the attribute or argument that caused it. It runs the generator's own steps up to the plan,
/// so that the two cannot disagree. Some models are left to the generator; see <see cref="ModelDeclaration.IsReportedByGenerator"/>.
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
        var declaration = DeclarationReader.Read(type, cancellation);
        if (declaration.IsReportedByGenerator)
            return;

        foreach (var fault in ModelPlanner.Plan(ModelSpecBuilder.Build(declaration)).Faults)
        {
            var place = FaultLocator.Find(type, fault, cancellation);
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.ById[fault.Id], place, [.. fault.Values]));
        }
    }
}
