extern alias Runtime;

using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LstmDsl.Generators.Tests;

/// <summary>Compiles sources as a consumer's project would: net10.0, the library, the generator; no implicit usings.</summary>
internal static class Compiler
{
    private static readonly MetadataReference Library =
        MetadataReference.CreateFromFile(typeof(Runtime::LstmDsl.InputAttribute).Assembly.Location);

    /// <summary>A compilation of the sources alone.</summary>
    public static CSharpCompilation Compile(IEnumerable<string> sources, LanguageVersion version = LanguageVersion.CSharp13, bool checkedArithmetic = false)
    {
        // Documentation is parsed and missing documentation reported, as in a project that writes its own.
        var options = new CSharpParseOptions(version, DocumentationMode.Diagnose);
        var trees = sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, options, path: $"Source{i}.cs"));
        return CSharpCompilation.Create(
            "Consumer", trees, [.. Net100.References.All, Library],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, checkOverflow: checkedArithmetic));
    }

    public static CSharpCompilation Compile(params string[] sources) => Compile((IEnumerable<string>)sources);

    /// <summary>A driver that records why each step ran.</summary>
    public static GeneratorDriver Driver(LanguageVersion version = LanguageVersion.CSharp13) => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()],
        parseOptions: new CSharpParseOptions(version, DocumentationMode.Diagnose),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The compilation with what the generator adds.</summary>
    public static Compilation Generate(CSharpCompilation compilation) => Generate(compilation, out _);

    private static Compilation Generate(CSharpCompilation compilation, out ImmutableArray<Diagnostic> reported)
    {
        Driver(compilation.LanguageVersion).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out reported);

        // A generator that throws is reported as a warning of the compiler's.
        Assert.DoesNotContain(reported, diagnostic => diagnostic.Id.StartsWith("CS", StringComparison.Ordinal));
        return generated;
    }

    /// <summary>The text generated for the only model of a source.</summary>
    public static string GenerateText(string source) => Assert.Single(GenerateTexts(source)).Text;

    /// <summary>The texts generated for the models of a source, with the models' names.</summary>
    public static IReadOnlyList<(string Model, string Text)> GenerateTexts(string source)
    {
        var result = Assert.Single(Driver().RunGenerators(Compile(source)).GetRunResult().Results);
        Assert.Null(result.Exception);
        return [.. result.GeneratedSources.Select(generated => (generated.HintName.Split('.')[^3], generated.SourceText.ToString()))];
    }

    /// <summary>What the compiler says about sources and generated code, warnings included.</summary>
    public static ImmutableArray<Diagnostic> Complaints(CSharpCompilation compilation) =>
        [.. Generate(compilation).GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>What analyzer and generator say about the sources, in the order of the source.</summary>
    public static async Task<Diagnostic[]> AnalyzeAsync(CSharpCompilation compilation, WeightsFile? weights = null)
    {
        var options = weights is null ? null : new AnalyzerOptions([weights], weights.Options);
        var analyzed = Generate(compilation, out var reported).WithAnalyzers([new DeclarationAnalyzer()], options);
        var found = reported.AddRange(await analyzed.GetAnalyzerDiagnosticsAsync());
        return [.. found.OrderBy(one => one.Location.GetLineSpan().Path).ThenBy(one => one.Location.SourceSpan.Start)];
    }

    /// <summary>Reads one declaration and runs the pure steps over it.</summary>
    public static PlannedModel Plan(string source) => ModelPlanner.Plan(Spec(source));

    /// <summary>Reads one declaration and fills in its defaults.</summary>
    public static ModelSpec Spec(string source)
    {
        var compilation = Compile(source);
        var type = compilation.GetTypeByMetadataName("Model");
        Assert.NotNull(type);
        return ModelSpecBuilder.Build(DeclarationReader.Read(type, CancellationToken.None));
    }
}
