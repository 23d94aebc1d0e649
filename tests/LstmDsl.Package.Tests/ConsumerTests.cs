using System.Text.RegularExpressions;

namespace LstmDsl.Package.Tests;

/// <summary>Projects outside the repository, with the package and nothing of ours beside it; every warning of theirs is an error.</summary>
[Collection(PackageTests.Name)]
[Trait("Category", "Slow")]
public sealed partial class ConsumerTests(PackageFeed feed)
{
    [Fact]
    public void The_readme_s_program_runs_in_a_new_console_project()
    {
        var project = feed.Consumer("Readme", "", Program(ReadmeExample.Source));
        project.Build().Succeeded();
        AssertForecasts(project.Run().Succeeded(), project);
    }

    [Fact]
    public void The_readme_s_program_runs_in_a_web_project_where_no_name_of_ours_meets_an_imported_one()
    {
        var names = PublicSurfaceText.Types(feed.LibraryPath)
            .Where(type => type.ContainingNamespace.Name == "LstmDsl")
            .Select(type => type.IsGenericType ? $"{type.Name}<{new string(',', type.TypeParameters.Length - 1)}>" : type.Name)
            .Select(name => $"        typeof({name}),");
        var project = feed.Consumer("Web", "",
            new Dictionary<string, string>
            {
                ["Program.cs"] = ReadmeExample.Source,
                ["Names.cs"] =
                    $$"""
                    using LstmDsl;

                    internal static class Names
                    {
                        internal static readonly Type[] All =
                        [
                    {{string.Join('\n', names)}}
                        ];
                    }
                    """,
            },
            sdk: "Microsoft.NET.Sdk.Web");
        project.Build().Succeeded();
        AssertForecasts(project.Run().Succeeded(), project);
    }

    [Fact]
    public void Models_train_wherever_they_stand_and_whatever_surrounds_them()
    {
        var sources = Directory.GetFiles(Repository.At("tests", "LstmDsl.Package.Tests", "Consumers", "Strict"))
            .ToDictionary(file => Path.GetFileName(file)!, File.ReadAllText);
        var project = feed.Consumer("Strict",
            """
            <LangVersion>13</LangVersion>
            <ImplicitUsings>disable</ImplicitUsings>
            <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            <AnalysisLevel>latest-all</AnalysisLevel>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            """,
            sources);
        project.Build().Succeeded();
        Assert.Equal(
            """
            GlobalModel: 2 epochs, 5 steps ahead
            NestedModel: 2 epochs, 5 steps ahead
            ModelWithin: 2 epochs, 5 steps ahead
            ModelAmongClashes: 2 epochs, 5 steps ahead

            """,
            project.Run().Succeeded().Output);
    }

    [Fact]
    public void Weights_are_compiled_in_and_need_no_file()
    {
        var project = feed.Consumer("CompiledIn",
            "</PropertyGroup><ItemGroup><ModelWeights Include=\"weights.safetensors\" Model=\"CompiledIn\" /></ItemGroup><PropertyGroup>",
            Program(
                """
                System.Console.Write(CompiledIn.Load().Dense.Kernel[0, 0]);

                [LstmDsl.Input(8, 1), LstmDsl.Lstm(3), LstmDsl.Dense(1)]
                internal sealed partial class CompiledIn;
                """));
        File.Copy(Repository.At("tests", "LstmDsl.Tests", "data", "compiled-in.safetensors"), project.File("weights.safetensors"));
        project.Build().Succeeded();
        File.Delete(project.File("weights.safetensors"));
        Assert.Equal("0.4375\n", project.Run().Succeeded().Output);
    }

    [Fact]
    public void Weights_that_do_not_fit_do_not_compile()
    {
        var project = feed.Consumer("Unfit",
            "</PropertyGroup><ItemGroup><ModelWeights Include=\"weights.safetensors\" Model=\"Unfit\" /></ItemGroup><PropertyGroup>",
            Program(
                """
                System.Console.Write(Unfit.Load().Dense.Kernel[0, 0]);

                [LstmDsl.Input(8, 1), LstmDsl.Lstm(4), LstmDsl.Dense(1)]
                internal sealed partial class Unfit;
                """));
        File.Copy(Repository.At("tests", "LstmDsl.Tests", "data", "compiled-in.safetensors"), project.File("weights.safetensors"));
        Assert.Contains(
            "LSTM024: 'weights.safetensors' does not fit 'Unfit': 'lstm.kernel' has the shape (1, 12), in the model it has (1, 16)",
            project.Build().Failed().Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_language_is_told_so_and_nothing_else()
    {
        var project = feed.Consumer("Older", "<LangVersion>12</LangVersion>", Program(
            """
            [LstmDsl.Input(20, 1), LstmDsl.Lstm(4), LstmDsl.Dense(1)]
            internal sealed partial class Model
            {
                private static void Main() { }
            }
            """));
        var ids = ErrorId().Matches(project.Build().Failed().Output).Select(match => match.Groups[1].Value).Distinct();
        Assert.Equal(["LSTM015"], ids);
    }

    [Fact]
    public void An_older_framework_is_told_so()
    {
        var project = feed.Consumer("OlderFramework", "<TargetFramework>net9.0</TargetFramework>", Program("return;"));
        Assert.Contains("NU1202", project.Build().Failed().Output, StringComparison.Ordinal);
    }

    /// <summary>What the README's program leaves and prints: the table, five dated temperatures, its files.</summary>
    internal static void AssertForecasts(ProgramRun run, ConsumerProject project)
    {
        Assert.Contains("Total params: 1,781", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["2016-01-01", "2016-01-02", "2016-01-03", "2016-01-04", "2016-01-05"],
            ForecastLine().Matches(run.Output).Select(match => match.Groups[1].Value));
        Assert.True(File.Exists(project.File("jena_lstm.keras")), run.Output);
        Assert.True(File.Exists(project.File("loss.svg")), run.Output);
    }

    /// <summary>A project of one file.</summary>
    internal static Dictionary<string, string> Program(string source) => new() { ["Program.cs"] = source };

    [GeneratedRegex(@"^(\d{4}-\d{2}-\d{2})  -?\d+[.,]\d °C$", RegexOptions.Multiline)]
    private static partial Regex ForecastLine();

    [GeneratedRegex(@"error ([A-Z]+\d+):")]
    private static partial Regex ErrorId();
}
