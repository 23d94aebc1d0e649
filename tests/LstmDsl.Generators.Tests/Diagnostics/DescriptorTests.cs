using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators.Tests;

/// <summary>Each diagnostic has a page, a help link that leads to it, a row in the release notes and a test.</summary>
public sealed class DescriptorTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "diagnostics");

    public static TheoryData<string> Ids => [.. Descriptors.ById.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_page_that_shows_its_title_a_wrong_and_a_right_declaration(string id)
    {
        var descriptor = Descriptors.ById[id];
        Assert.Equal($"https://github.com/lstmdsl/lstmdsl/blob/main/docs/diagnostics/{id}.md", descriptor.HelpLinkUri);
        var page = File.ReadAllText(Path.Combine(Folder, id + ".md"));
        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains("```csharp", page, StringComparison.Ordinal);
        Assert.Contains("## How to mend it", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_pages_wrong_example_is_reported_and_its_right_one_is_not(string id)
    {
        var blocks = File.ReadAllText(Path.Combine(Folder, id + ".md")).Split("```csharp\n")[1..].Select(block => block.Split("\n```")[0]).ToArray();
        var version = id == Descriptors.LanguageTooOld.Id ? LanguageVersion.CSharp12 : LanguageVersion.CSharp13;
        var weights = id == Descriptors.WeightsUnfit.Id ? new WeightsFile("WeatherModel", WeightsFile.Lstm20) : null;
        var wrong = await Compiler.AnalyzeAsync(Compiler.Compile(["using LstmDsl;\n" + blocks[0]], version), weights);
        Assert.Equal([id], wrong.Select(diagnostic => diagnostic.Id));
        Assert.Empty(await Compiler.AnalyzeAsync(Compiler.Compile("using LstmDsl;\n" + blocks[1]), weights));
        Assert.Equal(2, blocks.Length);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_row_in_the_release_notes(string id)
    {
        var rows = File.ReadAllText(Path.Combine(Folder, "AnalyzerReleases.Unshipped.md"))
            + File.ReadAllText(Path.Combine(Folder, "AnalyzerReleases.Shipped.md"));
        var (severity, title) = (Descriptors.ById[id].DefaultSeverity, Descriptors.ById[id].Title);
        Assert.Contains($"{id} | LstmDsl | {severity} | {title}", rows, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_test(string id)
    {
        var tested = typeof(AnalyzerTests).GetMethods().Concat(typeof(ForecastAnalyzerTests).GetMethods())
            .SelectMany(test => test.GetCustomAttributesData().Where(data => data.AttributeType == typeof(InlineDataAttribute)))
            .SelectMany(data => (IEnumerable<CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)
            .Select(argument => argument.Value as string)
            .Append("LSTM015") // a fact of its own: it needs another language version
            .Append("LSTM024"); // CompiledWeightsTests: it needs a file
        Assert.Contains(id, tested);
    }

    [Fact]
    public void No_page_is_left_over() => Assert.Equal(
        Descriptors.ById.Keys.Order(),
        Directory.GetFiles(Folder, "LSTM*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order());

    [Fact]
    public void Every_descriptor_is_listed_and_supported()
    {
        var declared = typeof(Descriptors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor)).Select(field => (DiagnosticDescriptor)field.GetValue(null)!).ToArray();
        Assert.Equal(declared.Select(descriptor => descriptor.Id).Order(), Descriptors.ById.Keys.Order());
        Assert.Equal(declared.Select(descriptor => descriptor.Id).Order(), new DeclarationAnalyzer().SupportedDiagnostics.Select(descriptor => descriptor.Id).Order());
    }
}
