using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LstmDsl.Generators;

/// <summary>
/// Reports what is wrong with a declaration, at the attribute or argument that caused it. It runs the generator's own steps up to the plan,
/// so that the two cannot disagree. What it could not report is left to the generator; see <see cref="SilencedAnalyzer"/>. What code does with
/// a model's rows is looked at by <see cref="MachineClock"/>.
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
        context.RegisterCompilationStartAction(static start =>
        {
            // Asked where there is a mistake, once for a compilation.
            var cancellation = start.CancellationToken;
            var isSilenced = new Lazy<bool>(() => SilencedAnalyzer.In(start.Compilation.Assembly, cancellation));
            start.RegisterSymbolAction(symbol => Analyze(symbol, isSilenced), SymbolKind.NamedType);
            start.RegisterOperationAction(MachineClock.Analyze, OperationKind.SimpleAssignment);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<bool> isSilenced)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!DeclarationReader.IsDeclared(type))
            return;

        var cancellation = context.CancellationToken;
        var declaration = DeclarationReader.Read(type, cancellation);
        if (declaration.IsReportedByGenerator)
            return;

        var plan = ModelPlanner.Plan(ModelSpecBuilder.Build(declaration));
        foreach (var fault in plan.Faults)
        {
            if (fault.IsError && isSilenced.Value)
                continue;

            var place = FaultLocator.Find(type, fault, cancellation);
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.ById[fault.Id], place, fault.Properties, [.. fault.Values]));
        }

        if (!plan.IsFaulty)
            CheckWeights(context, type, plan);
    }

    private static void CheckWeights(SymbolAnalysisContext context, INamedTypeSymbol type, PlannedModel plan)
    {
        foreach (var file in context.Options.AdditionalFiles)
        {
            if (CompiledWeights.Of(file, context.Options.AnalyzerConfigOptionsProvider) is not { } weights || !weights.IsFor(plan.Type))
                continue;
            var difference = CompiledWeights.Difference(plan, file.GetText(context.CancellationToken)?.ToString() ?? "");
            if (difference is not null)
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.WeightsUnfit, type.Locations[0], weights.File, type.Name, difference));
        }
    }
}
