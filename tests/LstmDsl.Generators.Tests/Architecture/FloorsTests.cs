extern alias Runtime;

using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace LstmDsl.Generators.Tests.Architecture;

/// <summary>The order of the house: what each folder of sources may use. <c>docs/architecture.md</c> says what lives where.</summary>
public sealed class FloorsTests
{
    // A folder beyond this is no room that a newcomer finds things in.
    private const int FilesOfAFolder = 25;

    private static readonly Floors Library = new(
        "Memory", "Files", "Declaration", "Declaration/Layers",
        "Program/Plan", "Program/Shapes", "Program/Cells", "Program/Offsets", "Program",
        "Random",
        "Formulas/Lanes", "Formulas/Numbers", "Formulas/Activations", "Formulas/Cells", "Formulas/Losses", "Formulas/Tallies",
        "Formulas/UpdateRules", "Formulas",
        "Kernels/Products", "Kernels/Blocks", "Kernels/Layers", "Kernels/Recurrence", "Kernels/Steps", "Kernels/Reference",
        "Data",
        "Objectives/Losses", "Objectives/Metrics", "Objectives/Schedules", "Objectives/Optimizers", "Objectives",
        "Backends/Threading", "Backends",
        "Devices",
        "Checkpoints/Hdf5", "Checkpoints", "Checkpoints/PyTorch",
        "Charts",
        "Training/Callbacks/Events", "Training",
        "Forecasting/Results", "Forecasting/Metrics", "Forecasting/Baselines", "Forecasting/Calibrations", "Forecasting/Backtests",
        "Forecasting/Reports", "Forecasting");

    private static readonly Floors Generator = new("Diagnostics", "Model", "Planning", "Parsing", "Emission", ".");

    private static readonly Floors Ilgpu = new(
        "Kernels/Threads", "Kernels/Products", "Kernels/Recurrence", "Kernels", "Devices", "Layers", "Sessions", ".");

    [Theory]
    [InlineData("src/LstmDsl")]
    [InlineData("generators/LstmDsl.Generators")]
    [InlineData("src/LstmDsl.Ilgpu/WithIlgpu")]
    public void No_folder_uses_one_above_it(string root)
    {
        var sources = Sources(root).ToList();
        var floors = FloorsOf(root);
        Assert.Equal([], floors.Empty(sources.Select(source => source.Path)));
        Assert.Equal([], floors.Violations(sources, References()));
    }

    [Theory]
    [InlineData("src/LstmDsl")]
    [InlineData("generators/LstmDsl.Generators")]
    [InlineData("src/LstmDsl.Ilgpu/WithIlgpu")]
    public void No_folder_holds_more_files_than_one_looks_through(string root) =>
        Assert.Equal([], Sources(root).CountBy(source => Path.GetDirectoryName(source.Path)!).Where(folder => folder.Value > FilesOfAFolder));

    [Fact]
    public void An_arrow_against_the_floors_is_named_with_both_files_and_the_symbol() =>
        Assert.Equal(
            ["Low/Cell.cs uses Of of High/Loss.cs, 1 times", "Low/Cell.cs uses Pair of High/Loss.cs, 1 times"],
            new Floors("Low", "High").Violations(
                [
                    ("Low/Cell.cs", "namespace N; class Cell { int Two => Pair<int>.Of(1); }"),
                    ("High/Loss.cs", "namespace N; static class Pair<T> { public static int Of(int x) => x + Cells.Count; static Cell? cell; }"),
                    ("Low/Cells.cs", "namespace N; static class Cells { public const int Count = 1; }"),
                ],
                []));

    private static Floors FloorsOf(string root) => root switch
    {
        "src/LstmDsl" => Library,
        "generators/LstmDsl.Generators" => Generator,
        _ => Ilgpu,
    };

    private static IEnumerable<(string Path, string Text)> Sources(string root, [CallerFilePath] string file = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", root);
        foreach (var path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (!relative.StartsWith("obj/", StringComparison.Ordinal) && !relative.StartsWith("bin/", StringComparison.Ordinal))
                yield return (relative, File.ReadAllText(path));
        }
    }

    // The generator's sources refer to the compiler, ILGPU's to the library; ILGPU's own names need no floor.
    private static MetadataReference[] References() =>
    [
        MetadataReference.CreateFromFile(typeof(SyntaxTree).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Runtime::LstmDsl.Device).Assembly.Location),
    ];
}
