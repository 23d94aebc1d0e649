using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators.Tests;

/// <summary>Why each step of the generator ran after an edit: nothing that did not change is done again.</summary>
public sealed class RunReasonTests
{
    private const string First =
        """
        namespace Weather;

        [LstmDsl.Input(20, 1)]
        [LstmDsl.Lstm(20)]
        [LstmDsl.Dense(1)]
        public sealed partial class First;
        """;

    private const string Second =
        """
        [LstmDsl.Input(8, 3)]
        [LstmDsl.Lstm(4, ReturnSequences = true)]
        [LstmDsl.Dense(2)]
        public sealed partial class Second;
        """;

    private const string Unrelated = "internal static class Unrelated { internal const int Answer = 42; }";

    [Fact]
    public void The_first_run_makes_everything_new() => AssertReasons(
        Rerun(compilation => compilation, runs: 1), IncrementalStepRunReason.New);

    [Fact]
    public void Running_again_on_the_same_compilation_takes_everything_from_the_cache() => AssertReasons(
        Rerun(compilation => compilation), IncrementalStepRunReason.Cached);

    [Fact]
    public void An_unrelated_edit_runs_nothing_after_the_reading() => AssertReasons(
        Rerun(compilation => Replace(compilation, 2, Unrelated.Replace("42", "43", StringComparison.Ordinal))),
        IncrementalStepRunReason.Cached);

    [Fact]
    public void A_new_file_runs_nothing_after_the_reading() => AssertReasons(
        Rerun(compilation => compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText("internal sealed class New;", (CSharpParseOptions)compilation.SyntaxTrees[0].Options))),
        IncrementalStepRunReason.Cached);

    [Fact]
    public void Moving_a_declaration_runs_nothing_after_the_reading() => AssertReasons(
        Rerun(compilation => Replace(compilation, 0, "// A comment.\n\n" + First)), IncrementalStepRunReason.Cached);

    [Fact]
    public void Writing_in_a_models_class_checks_its_names_and_plans_nothing()
    {
        var result = Rerun(compilation => Replace(
            compilation, 0, First.Replace("First;", "First { internal int Own => 1; }", StringComparison.Ordinal)));
        Assert.Equal(IncrementalStepRunReason.Modified, Reason(result, ModelGenerator.DeclarationStep, "First"));
        Assert.Equal(IncrementalStepRunReason.Unchanged, Reason(result, ModelGenerator.SpecStep, "First"));
        Assert.Equal(IncrementalStepRunReason.Cached, Reason(result, ModelGenerator.DeclarationStep, "Second"));
        foreach (var model in new[] { "First", "Second" })
            Assert.Equal(IncrementalStepRunReason.Cached, Reason(result, ModelGenerator.EmissionStep, model));
    }

    [Fact]
    public void Writing_in_a_members_body_runs_nothing_after_the_reading()
    {
        var first = First.Replace("First;", "First { internal int Own => 1; }", StringComparison.Ordinal);
        var compilation = Compiler.Compile(first, Second, Unrelated);
        var driver = Compiler.Driver().RunGenerators(compilation)
            .RunGenerators(Replace(compilation, 0, first.Replace("=> 1", "=> 2", StringComparison.Ordinal)));
        AssertReasons(Assert.Single(driver.GetRunResult().Results), IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_name_that_differs_from_anothers_in_case_alone_gives_both_files_names_of_their_own_and_writes_no_other_text()
    {
        var compilation = Compiler.Compile(First, Second);
        var driver = Compiler.Driver().RunGenerators(compilation);
        driver = driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            Second.Replace("Second", "SECOND", StringComparison.Ordinal), (CSharpParseOptions)compilation.SyntaxTrees[0].Options)));
        var result = Assert.Single(driver.GetRunResult().Results);
        Assert.Null(result.Exception);
        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(result.TrackedSteps[ModelGenerator.SharedNameStep]).Outputs.Single().Reason);
        Assert.Equal(IncrementalStepRunReason.Cached, Reason(result, ModelGenerator.EmissionStep, "Second"));
        Assert.Contains("Weather.First.g.cs", result.GeneratedSources.Select(source => source.HintName));
        Assert.Equal(3, result.GeneratedSources.Select(source => source.HintName.ToUpperInvariant()).Distinct().Count());
    }

    [Fact]
    public void An_edit_of_one_model_runs_that_one_alone()
    {
        var result = Rerun(compilation => Replace(compilation, 1, Second.Replace("Dense(2)", "Dense(3)", StringComparison.Ordinal)));
        foreach (var step in new[] { ModelGenerator.SpecStep, ModelGenerator.PlanStep, ModelGenerator.EmissionStep })
        {
            Assert.Equal(IncrementalStepRunReason.Cached, Reason(result, step, "First"));
            Assert.Equal(IncrementalStepRunReason.Modified, Reason(result, step, "Second"));
        }
    }

    [Fact]
    public void An_option_spelt_out_with_its_default_changes_the_specification_not()
    {
        var result = Rerun(compilation => Replace(compilation, 1, Second.Replace("Dense(2)", "Dense(2, UseBias = true)", StringComparison.Ordinal)));
        Assert.Equal(IncrementalStepRunReason.Modified, Reason(result, ModelGenerator.DeclarationStep, "Second"));
        Assert.Equal(IncrementalStepRunReason.Unchanged, Reason(result, ModelGenerator.SpecStep, "Second"));
        Assert.Equal(IncrementalStepRunReason.Cached, Reason(result, ModelGenerator.PlanStep, "Second"));
        Assert.Equal(IncrementalStepRunReason.Cached, Reason(result, ModelGenerator.EmissionStep, "Second"));
    }

    [Fact]
    public void Moving_a_wrong_declaration_reports_it_anew_and_writes_nothing()
    {
        var wrong = Second.Replace("partial ", "", StringComparison.Ordinal);
        var compilation = Compiler.Compile(First, wrong);
        var driver = Compiler.Driver().RunGenerators(compilation).RunGenerators(Replace(compilation, 1, "\n\n" + wrong));
        var result = Assert.Single(driver.GetRunResult().Results);
        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(result.TrackedSteps[ModelGenerator.FaultStep]).Outputs.Single().Reason);
        Assert.Equal(IncrementalStepRunReason.Cached, Reason(result, ModelGenerator.EmissionStep, "Second"));
        Assert.Equal(5, Assert.Single(result.Diagnostics).Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void An_unrelated_edit_reports_nothing_anew()
    {
        var compilation = Compiler.Compile(First, Second.Replace("partial class", "static partial class", StringComparison.Ordinal), Unrelated);
        var driver = Compiler.Driver().RunGenerators(compilation)
            .RunGenerators(Replace(compilation, 2, Unrelated.Replace("42", "43", StringComparison.Ordinal)));
        var result = Assert.Single(driver.GetRunResult().Results);
        Assert.Equal(IncrementalStepRunReason.Cached, Assert.Single(result.TrackedSteps[ModelGenerator.FaultStep]).Outputs.Single().Reason);
        Assert.Equal("LSTM014", Assert.Single(result.Diagnostics).Id);
    }

    [Theory]
    [InlineData("[LstmDsl.Lstm(4), LstmDsl.Dense(1)] public sealed partial class Model;")]
    [InlineData("using Layer = LstmDsl.LstmAttribute; [Layer(4)] public sealed partial class Model;")]
    [InlineData("[LstmDsl.Lstm(4)] public sealed partial class Model; [LstmDsl.Dense(1)] partial class Model;")]
    [InlineData("public static partial class Outer { [LstmDsl.Lstm(4)] public sealed partial class Model; }")]
    [InlineData("[LstmDsl.Lstm(4)] public sealed partial class Model; [LstmDsl.Input(8, 3)] partial class Model;")]
    [InlineData("using Start = LstmDsl.InputAttribute; [Start(8, 3), LstmDsl.Lstm(4)] public sealed partial class Model;")]
    [InlineData("[LstmDsl.Input(8, 3), LstmDsl.Forecast(4, 2), LstmDsl.Target(\"y\"), LstmDsl.Lstm(4)] public sealed partial class Model;")]
    public void A_model_is_written_once_wherever_its_input_stands_and_where_it_has_none(string source)
    {
        var compilation = Compiler.Compile(source, Unrelated);
        var driver = Compiler.Driver().RunGenerators(compilation);
        Assert.EndsWith("Model.g.cs", Assert.Single(driver.GetRunResult().GeneratedTrees).FilePath, StringComparison.Ordinal);
        driver = driver.RunGenerators(Replace(compilation, 1, Unrelated.Replace("42", "43", StringComparison.Ordinal)));
        Assert.Equal(
            IncrementalStepRunReason.Cached,
            Reason(Assert.Single(driver.GetRunResult().Results), ModelGenerator.EmissionStep, "Model"));
    }

    [Fact]
    public void A_removed_model_takes_its_file_with_it()
    {
        var driver = Compiler.Driver();
        var compilation = Compiler.Compile(First, Second);
        driver = driver.RunGenerators(compilation);
        Assert.Equal(2, driver.GetRunResult().GeneratedTrees.Length);
        driver = driver.RunGenerators(compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[1]));
        Assert.EndsWith("Weather.First.g.cs", Assert.Single(driver.GetRunResult().GeneratedTrees).FilePath, StringComparison.Ordinal);
    }

    private static GeneratorRunResult Rerun(Func<CSharpCompilation, CSharpCompilation> edit, int runs = 2)
    {
        var compilation = Compiler.Compile(First, Second, Unrelated);
        var driver = Compiler.Driver().RunGenerators(compilation);
        if (runs > 1)
            driver = driver.RunGenerators(edit(compilation));
        return Assert.Single(driver.GetRunResult().Results);
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, int index, string source)
    {
        var tree = compilation.SyntaxTrees[index];
        return compilation.ReplaceSyntaxTree(
            tree, CSharpSyntaxTree.ParseText(source, (CSharpParseOptions)tree.Options, tree.FilePath));
    }

    private static void AssertReasons(GeneratorRunResult result, IncrementalStepRunReason reason)
    {
        foreach (var model in new[] { "First", "Second" })
        {
            Assert.Equal(reason, Reason(result, ModelGenerator.DeclarationStep, model));
            Assert.Equal(reason, Reason(result, ModelGenerator.SpecStep, model));
            Assert.Equal(reason, Reason(result, ModelGenerator.PlanStep, model));
            Assert.Equal(reason, Reason(result, ModelGenerator.EmissionStep, model));
        }
    }

    private static IncrementalStepRunReason Reason(GeneratorRunResult result, string step, string model) => Assert.Single(
        result.TrackedSteps[step].SelectMany(run => run.Outputs), output => NameOf(output.Value) == model).Reason;

    private static string? NameOf(object? value) => value switch
    {
        ModelDeclaration declaration => declaration.Type.Name,
        ModelSpec spec => spec.Type.Name,
        PlannedModel plan => plan.Type.Name,
        GeneratedSource source => source.HintName.Split('.')[^3],
        _ => null,
    };
}
