using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LstmDsl.Generators;

/// <summary>
/// Turns a declared model into its program, in named steps. What is wrong with a declaration is the analyzer's to say, save for what the
/// compiler would keep it from saying; that is an output of its own, so that moving code does not write its program anew.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <summary>Name of the step that reads the attributes.</summary>
    internal const string DeclarationStep = "Declaration";

    /// <summary>Name of the step that hands on what the generator reports itself.</summary>
    internal const string FaultStep = "Faults";

    /// <summary>Name of the step that fills in defaults and finds mistakes.</summary>
    internal const string SpecStep = "ModelSpec";

    /// <summary>Name of the step that infers shapes and lays out memory.</summary>
    internal const string PlanStep = "ModelPlan";

    /// <summary>Name of the step that writes the text.</summary>
    internal const string EmissionStep = "Emission";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Register(context, "LstmDsl.InputAttribute");

        // A model without [Input] is wrong, but its members are written too, so that nothing but that is reported.
        Register(context, "LstmDsl.LstmAttribute");
        Register(context, "LstmDsl.SimpleRnnAttribute");
        Register(context, "LstmDsl.DenseAttribute");
    }

    private static void Register(IncrementalGeneratorInitializationContext context, string attribute)
    {
        var models = context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (match, cancellation) => DeclarationReader.ReadOnce(match, cancellation));

        var faults = models.SelectMany(static (model, _) => model?.Reported ?? default).WithTrackingName(FaultStep);
        context.RegisterSourceOutput(faults, static (output, fault) => output.ReportDiagnostic(fault.ToDiagnostic()));

        var sources = models
            .Where(static model => model is not null && ModelEmitter.CanEmit(model.Declaration.Type))
            .Select(static (model, _) => model!.Declaration)
            .WithTrackingName(DeclarationStep)
            .Select(static (declaration, _) => ModelSpecBuilder.Build(declaration))
            .WithTrackingName(SpecStep)
            .Select(static (spec, _) => ModelPlanner.Plan(spec))
            .WithTrackingName(PlanStep)
            .Select(static (plan, _) => new GeneratedSource(plan.Type.HintName, ModelEmitter.Emit(plan)))
            .WithTrackingName(EmissionStep);

        context.RegisterSourceOutput(
            sources, static (output, source) => output.AddSource(source.HintName, SourceText.From(source.Text, Encoding.UTF8)));
    }
}
