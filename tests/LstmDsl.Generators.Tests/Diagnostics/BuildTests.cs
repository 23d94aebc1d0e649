using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LstmDsl.Generators.Tests;

/// <summary>
/// What a command-line build of a wrong project prints: only our diagnostics, where tests within one process cannot tell what the
/// compiler's own errors hide.
/// </summary>
[Trait("Category", "Slow")]
public sealed partial class BuildTests
{
    /// <summary>Projects by name: what is wrong, and the diagnostics that the build must print.</summary>
    private static readonly Dictionary<string, (string Source, string[] Ids)> Projects = new()
    {
        ["Right"] = ("[Input(20, 1), Lstm(20), Dense(1)] partial class M;", []),
        ["NotPartial"] = ("[Input(20, 1), Lstm(20), Dense(1)] class M;", ["CS0260", "LSTM001"]),
        ["NotPartialBesideOthers"] = (
            """
            [Input(20, 1), Lstm(20), Dense(1)] class M;
            [Input(20, 1), Lstm(20), Lstm(8), Dense(1)] partial class N;
            [Input(20, 1), Lstm(0), Dense(1)] partial class O;
            """,
            ["CS0260", "LSTM001", "LSTM003", "LSTM006"]),
        ["RequiredMember"] = ("[Input(20, 1), Lstm(20), Dense(1)] partial class M { public required int Station { get; set; } }", ["LSTM026"]),
        ["Keyword"] = ("[Input(20, 1), Lstm(20), Dense(1)] partial class @required;", []),
        ["SequenceMissing"] = ("[Input(20, 1), Lstm(20), Lstm(8), Dense(1)] partial class M;", ["LSTM006"]),
        ["InputNameless"] = ("[Input(20, 1), Input(20, 2), Lstm(20), Dense(1)] partial class M;", ["LSTM018"]),
        ["MemberClash"] = ("[Input(20, 1), Lstm(20), Dense(1)] partial class M { public void Save(string path) { } }", ["LSTM010"]),
        ["ClassClash"] = ("[Input(20, 1), Lstm(20), Dense(1)] partial class Summary;", ["LSTM010"]),
        ["Struct"] = ("[Input(20, 1), Lstm(20), Dense(1)] partial struct M;", ["LSTM014"]),
        ["OldLanguage"] = ("[Input(20, 1), Lstm(20), Dense(1)] partial class M { }", ["LSTM015"]),
    };

    [Fact]
    public async Task Only_our_diagnostics_are_printed()
    {
        var folder = Directory.CreateTempSubdirectory("lstmdsl-");
        try
        {
            foreach (var (name, (source, _)) in Projects)
                Write(Directory.CreateDirectory(Path.Combine(folder.FullName, name)).FullName, name, source);
            var solution = Path.Combine(folder.FullName, "All.slnx");
            var paths = Projects.Keys.Select(name => $"  <Project Path=\"{name}/{name}.csproj\" />");
            await File.WriteAllLinesAsync(solution, ["<Solution>", .. paths, "</Solution>"]);

            var output = await BuildAsync(solution);
            var printed = Diagnostic().Matches(output)
                .Select(match => (Project: match.Groups["project"].Value, Id: match.Groups["id"].Value)).ToLookup(one => one.Project, one => one.Id);
            foreach (var (name, (_, ids)) in Projects)
                Assert.True(ids.SequenceEqual(printed[name].Distinct().Order()), $"{name}: {string.Join(", ", printed[name])}\n{output}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(string folder, string name, string source)
    {
        var assemblies = AppContext.BaseDirectory;
        var language = name == "OldLanguage" ? "<LangVersion>12</LangVersion>" : "";
        File.WriteAllText(Path.Combine(folder, "Model.cs"), "using LstmDsl;\n" + source);
        File.WriteAllText(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                {language}
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{assemblies}LstmDsl.dll" />
                <Analyzer Include="{assemblies}LstmDsl.Generators.dll" />
                <Analyzer Include="{assemblies}LstmDsl.CodeFixes.dll" />
              </ItemGroup>
            </Project>
            """);
    }

    private static async Task<string> BuildAsync(string solution)
    {
        var start = new ProcessStartInfo("dotnet", ["build", solution, "--nologo", "-v", "q", "-clp:NoSummary", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A test run inherits the variables of the build that started it.
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(variable);

        using var build = Process.Start(start)!;
        var errors = build.StandardError.ReadToEndAsync();
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return output + await errors;
    }

    /// <summary>One line that MSBuild prints; the project's path stands at its end.</summary>
    [GeneratedRegex(@"(error|warning) (?<id>\w+): .*[/\\](?<project>\w+)\.csproj\]\s*$", RegexOptions.Multiline)]
    private static partial Regex Diagnostic();
}
