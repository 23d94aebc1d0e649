using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators.Tests;

/// <summary>Why each step ran after an edit of a declared forecast: nothing that did not change is done again.</summary>
public sealed class ForecastIncrementalityTests
{
    private const string Other = "[LstmDsl.Forecast(8, 2), LstmDsl.Target(\"x\"), LstmDsl.Lstm(4)] public sealed partial class Other;";

    [Fact]
    public void Moving_a_declaration_runs_nothing_after_the_reading() =>
        AssertReasons(Edit(source => "// A comment.\n\n" + source), IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached);

    [Theory]
    [InlineData("Seasons = [24, 168]", "Seasons = [24, 168], Lead = 0, MaseLag = 24")]
    [InlineData("Unit = \"MW\"", "Unit = \"MW\", Scaling = Scaling.Standard, Property = \"Demand\", NonNegative = false")]
    [InlineData("[Known(\"Temperature\", Unit", "[Known(\"Temperature\", Scaling.Standard, Lag = 0, Unit")]
    public void What_is_spelt_out_with_its_default_plans_nothing(string from, string to) =>
        AssertReasons(
            Edit(source => source.Replace(from, to, StringComparison.Ordinal)), IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged);

    [Theory]
    [InlineData("Unit = \"MW\"", "Unit = \"GW\"")]
    [InlineData("Seasons = [24, 168]", "Seasons = [24]")]
    [InlineData("Scaling.None", "Scaling.MinMax")]
    [InlineData("DayOfYear", "DayOfMonth")]
    [InlineData("0.1, 0.5, 0.9", "0.05, 0.5, 0.95")]
    public void An_edit_writes_the_one_model_anew(string from, string to) =>
        AssertReasons(
            Edit(source => source.Replace(from, to, StringComparison.Ordinal)), IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified);

    private static GeneratorRunResult Edit(Func<string, string> edit)
    {
        var compilation = Compiler.Compile(ForecastSamples.Demand, Other);
        var edited = edit(ForecastSamples.Demand);
        Assert.NotEqual(ForecastSamples.Demand, edited);
        var tree = compilation.SyntaxTrees[0];
        var driver = Compiler.Driver().RunGenerators(compilation).RunGenerators(
            compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(edited, (CSharpParseOptions)tree.Options, tree.FilePath)));
        return Assert.Single(driver.GetRunResult().Results);
    }

    private static void AssertReasons(GeneratorRunResult result, IncrementalStepRunReason declaration, IncrementalStepRunReason spec)
    {
        var emission = spec == IncrementalStepRunReason.Modified ? spec : IncrementalStepRunReason.Cached;
        Assert.Equal(declaration, Reason<ModelDeclaration>(result, ModelGenerator.DeclarationStep, model => model.Type.Name));
        Assert.Equal(spec, Reason<ModelSpec>(result, ModelGenerator.SpecStep, model => model.Type.Name));
        Assert.Equal(emission, Reason<PlannedModel>(result, ModelGenerator.PlanStep, model => model.Type.Name));
        Assert.Equal(emission, Reason<GeneratedSource>(result, ModelGenerator.EmissionStep, source => source.HintName.Split('.')[^3]));
        Assert.Equal(IncrementalStepRunReason.Cached, Reason<ModelSpec>(result, ModelGenerator.SpecStep, model => model.Type.Name, "Other"));
    }

    private static IncrementalStepRunReason Reason<T>(GeneratorRunResult result, string step, Func<T, string> name, string model = "DemandModel") =>
        Assert.Single(result.TrackedSteps[step].SelectMany(run => run.Outputs), output => name((T)output.Value) == model).Reason;
}
