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

    /// <summary>Name of the step that finds models whose files would have one name.</summary>
    internal const string SharedNameStep = "SharedNames";

    /// <summary>Name of the step that finds files of weights to be compiled in.</summary>
    internal const string WeightsStep = "Weights";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ReadModel>[] models =
        [
            Read(context, "LstmDsl.InputAttribute"), Read(context, "LstmDsl.ForecastAttribute"), ReadWithoutInput(context),
        ];
        var sharedNames = SharedNames(models);
        var weights = Weights(context);
        Report(context, models);
        foreach (var model in models)
        {
            Write(context, model, sharedNames);
            WriteWeights(context, model, weights, sharedNames);
        }
    }

    private static IncrementalValuesProvider<ReadModel> Read(IncrementalGeneratorInitializationContext context, string attribute) => context
        .SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (match, cancellation) => DeclarationReader.ReadOnce(match, cancellation))
        .Where(static model => model is not null)
        .Select(static (model, _) => model!);

    /// <summary>
    /// A model without [Input] or [Forecast] is wrong, but its members are written too, so that nothing but that is reported. Such ones are
    /// sought among the types that have other attributes alone: a search for each kind of layer would read every right model once for each.
    /// </summary>
    private static IncrementalValuesProvider<ReadModel> ReadWithoutInput(IncrementalGeneratorInitializationContext context) => context
        .CompilationProvider
        .SelectMany(static (compilation, _) => compilation.SyntaxTrees)
        .SelectMany(static (tree, cancellation) => InputlessTypes.In(tree, cancellation))
        .Combine(context.CompilationProvider)
        .Select(static (pair, cancellation) => InputlessTypes.Read(pair.Left, pair.Right, cancellation))
        .Where(static model => model is not null)
        .Select(static (model, _) => model!);

    /// <summary>Nothing but whether it is needed runs where the analyzer reports, which is nearly always.</summary>
    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ReadModel>[] models)
    {
        var isNeeded = models
            .Select(static kind => kind.Where(static model => model.SilencesAnalyzer).Collect().Select(static (found, _) => found.Length > 0))
            .Aggregate(static (some, more) => some.Combine(more).Select(static (pair, _) => pair.Left || pair.Right));
        var faults = isNeeded.Combine(context.CompilationProvider)
            .Select(static (pair, cancellation) => pair.Left ? SilencedAnalyzer.Faults(pair.Right.Assembly, cancellation) : default)
            .SelectMany(static (faults, _) => faults)
            .WithTrackingName(FaultStep);
        context.RegisterSourceOutput(faults, static (output, fault) => output.ReportDiagnostic(fault.ToDiagnostic()));
    }

    /// <summary>Files' names must differ in more than case, which models' names need not; nearly always this is empty.</summary>
    private static IncrementalValueProvider<EquatableArray<string>> SharedNames(IncrementalValuesProvider<ReadModel>[] models)
    {
        var names = models.Select(kind => kind.Select(static (model, _) => model.Declaration.Type.HintName).Collect());
        return names
            .Aggregate(static (some, more) => some.Combine(more).Select(static (pair, _) => pair.Left.AddRange(pair.Right)))
            .Select(static (all, _) => HintNames.Shared(all))
            .WithTrackingName(SharedNameStep);
    }

    private static IncrementalValueProvider<EquatableArray<CompiledWeights>> Weights(IncrementalGeneratorInitializationContext context) => context
        .AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
        .Select(static (pair, _) => CompiledWeights.Of(pair.Left, pair.Right))
        .Where(static weights => weights is not null)
        .Select(static (weights, _) => weights!)
        .Collect()
        .Select(static (all, _) => all.ToEquatableArray())
        .WithTrackingName(WeightsStep);

    private static void WriteWeights(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ReadModel> models,
        IncrementalValueProvider<EquatableArray<CompiledWeights>> weights, IncrementalValueProvider<EquatableArray<string>> sharedNames)
    {
        var sources = models
            .Where(static model => model.Declaration.Type.CanBeEmitted)
            .Select(static (model, _) => (model.Declaration.Type, model.Declaration.Forecasts))
            .Combine(weights)
            .Select(static (pair, _) => (
                pair.Left.Type, pair.Left.Forecasts, Weights: pair.Right.FirstOrDefault(weights => weights.IsFor(pair.Left.Type))))
            .Where(static pair => pair.Weights is not null)
            .Combine(sharedNames);
        context.RegisterSourceOutput(sources, static (output, pair) => output.AddSource(
            "Weights." + HintNames.Unique(pair.Left.Type.HintName, pair.Right),
            SourceText.From(WeightsEmitter.Emit(pair.Left.Type, pair.Left.Weights!, pair.Left.Forecasts), Encoding.UTF8)));
    }

    private static void Write(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ReadModel> models,
        IncrementalValueProvider<EquatableArray<string>> sharedNames)
    {
        var sources = models
            .Where(static model => model.Declaration.Type.CanBeEmitted)
            .Select(static (model, _) => model.Declaration)
            .WithTrackingName(DeclarationStep)
            .Select(static (declaration, _) => ModelSpecBuilder.Build(declaration))
            .WithTrackingName(SpecStep)
            .Select(static (spec, _) => ModelPlanner.Plan(spec))
            .WithTrackingName(PlanStep)
            .Select(static (plan, _) => new GeneratedSource(plan.Type.HintName, ModelEmitter.Emit(plan)))
            .WithTrackingName(EmissionStep);

        context.RegisterSourceOutput(sources.Combine(sharedNames), static (output, pair) => output.AddSource(
            HintNames.Unique(pair.Left.HintName, pair.Right), SourceText.From(pair.Left.Text, Encoding.UTF8)));
    }
}
