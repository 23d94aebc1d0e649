using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators.Tests;

/// <summary>Weights that the build compiles in: what is generated for them, and what is said of those that do not fit.</summary>
public sealed class CompiledWeightsTests
{
    private const string Fitting = "using LstmDsl; namespace Weather { [Input(20, 1), Lstm(20), Dense(1)] partial class Model; }";

    [Theory]
    [InlineData("Model")]
    [InlineData("Weather.Model")]
    public async Task A_file_that_fits_gives_the_model_a_way_to_load_it(string name)
    {
        var weights = new WeightsFile(name, WeightsFile.Lstm20);
        Assert.Empty(await Compiler.AnalyzeAsync(Compiler.Compile(Fitting), weights));
        var sources = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], [weights], CSharpParseOptions.Default, weights.Options)
            .RunGenerators(Compiler.Compile(Fitting)).GetRunResult().GeneratedTrees.Select(tree => tree.ToString()).ToArray();
        Assert.Equal(2, sources.Length);
        Assert.Contains("public static global::Weather.Model Load() =>", sources[1], StringComparison.Ordinal);
        Assert.Contains($"\"LstmDsl.{name}.safetensors\"", sources[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("weather.required.file")]
    public void A_model_whose_name_is_escaped_is_named_without_that(string name)
    {
        const string Source = "[LstmDsl.Input(20, 1), LstmDsl.Lstm(20), LstmDsl.Dense(1)] partial class @file;";
        var source = name == "file" ? Source : $"namespace weather.@required {{ {Source} }}";
        var weights = new WeightsFile(name, WeightsFile.Lstm20);
        CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], [weights], CSharpParseOptions.Default, weights.Options)
            .RunGeneratorsAndUpdateCompilation(Compiler.Compile(source), out var generated, out _);
        Assert.Empty(generated.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        Assert.Contains(generated.GetTypeByMetadataName(name)!.GetMembers("Load"), member => member is IMethodSymbol { Parameters: [] });
    }

    [Theory]
    [InlineData("[Input(20, 1), Lstm(24), Dense(1)] partial class M;", "'lstm.kernel' has the shape (1, 80), in the model it has (1, 96)")]
    [InlineData("[Input(20, 1), Gru(20), Dense(1)] partial class M;", "it lacks 'gru.kernel', which has the shape (1, 60)")]
    [InlineData("[Input(20, 1), Lstm(20), Dense(1, Name = \"Head\")] partial class M;", "it lacks 'head.kernel', which has the shape (20, 1)")]
    public async Task A_file_that_does_not_fit_is_an_error_at_the_model(string source, string difference)
    {
        var problem = Assert.Single(await Compiler.AnalyzeAsync(Compiler.Compile("using LstmDsl;\n" + source), new WeightsFile("M", WeightsFile.Lstm20)));
        Assert.Equal("LSTM024", problem.Id);
        Assert.Equal($"'model.safetensors' does not fit 'M': {difference}", problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(source.IndexOf('M', source.IndexOf("class", StringComparison.Ordinal)), problem.Location.GetLineSpan().StartLinePosition.Character);
    }

    [Fact]
    public async Task A_file_of_another_model_is_none_of_a_model_s_business() =>
        Assert.Empty(await Compiler.AnalyzeAsync(Compiler.Compile(Fitting), new WeightsFile("Other", "{}")));
}
