using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LstmDsl.Generators;

/// <summary>
/// Reports what is wrong with a declaration, at the attribute or argument that caused it. It runs the generator's own steps up to the plan,
/// so that the two cannot disagree. Two mistakes are left to the generator; see <see cref="Descriptors.IsReportedByGenerator"/>.
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
        foreach (var fault in faults)
        {
            if (!Descriptors.IsReportedByGenerator(fault.Id))
            {
                var place = FaultLocator.Find(type, fault, cancellation);
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.ById[fault.Id], place, [.. fault.Values]));
            }
        }
    }
}
