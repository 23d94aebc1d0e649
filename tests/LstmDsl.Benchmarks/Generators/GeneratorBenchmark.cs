extern alias Generators;

using Basic.Reference.Assemblies;
using BenchmarkDotNet.Attributes;
using Generators::LstmDsl.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Benchmarks;

/// <summary>
/// What the generator costs a project of 100 models of a kind, apart from the compiler: the compilation's symbols are bound beforehand, and
/// models differ in name, sizes and layers. The design allows 50 ms for all of them.
/// </summary>
[MemoryDiagnoser]
public class GeneratorBenchmark
{
    private const int Models = 100;

    /// <summary>
    /// What the models declare: an input; two inputs that meet; sixty layers; one column to forecast; all that <c>samples/DemandForecast</c>
    /// does.
    /// </summary>
    [Params("Input", "Branches", "Sixty", "Forecast", "DemandForecast")]
    public string Declared { get; set; } = "";

    private CSharpCompilation compilation = null!;
    private CSharpCompilation edited = null!;
    private CSharpCompilation unrelated = null!;
    private GeneratorDriver fresh = null!;
    private GeneratorDriver warm = null!;

    /// <summary>Makes the project, and two edits of it.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp13);
        var trees = Enumerable.Range(0, Models).Select(i => CSharpSyntaxTree.ParseText(Source(i, units: 8 + i), options, $"Model{i}.cs"));
        compilation = CSharpCompilation.Create(
            "Consumer", trees, [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(InputAttribute).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        edited = compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees[0], CSharpSyntaxTree.ParseText(Source(0, units: 500), options, "Model0.cs"));
        unrelated = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal static class Unrelated;", options, "Unrelated.cs"));

        // Attributes are bound once for the compiler in any case; here before the clock runs.
        foreach (var one in new[] { compilation, edited, unrelated })
        {
            foreach (var type in one.Assembly.GlobalNamespace.GetNamespaceMembers().SelectMany(space => space.GetTypeMembers()))
                _ = type.GetAttributes().Sum(attribute => attribute.ConstructorArguments.Length);
        }

        fresh = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: options);
        warm = fresh.RunGenerators(compilation);
        if (warm.GetRunResult().GeneratedTrees.Length != Models)
            throw new InvalidOperationException($"{Models} models gave {warm.GetRunResult().GeneratedTrees.Length} files.");
    }

    /// <summary>All models from nothing, as a build does.</summary>
    [Benchmark(Baseline = true)]
    public GeneratorDriver Build() => fresh.RunGenerators(compilation);

    /// <summary>One model edited, as an editor sees it.</summary>
    [Benchmark]
    public GeneratorDriver EditOfOneModel() => warm.RunGenerators(edited);

    /// <summary>A file added that has nothing to do with models.</summary>
    [Benchmark]
    public GeneratorDriver UnrelatedEdit() => warm.RunGenerators(unrelated);

    private string Source(int index, int units) => $$"""
        using LstmDsl;

        namespace Forecasts;

        /// <summary>A model.</summary>
        {{Attributes(index, units)}}
        public sealed partial class Model{{index}}
        {
            /// <summary>A member of its own.</summary>
            public int Own => {{index}};
        }
        """;

    private string Attributes(int index, int units) => Declared switch
    {
        "Forecast" => $"""[Forecast({48 + index}, 24), Target("Demand", Unit = "MW"), Lstm({units})]""",
        "DemandForecast" => Demand(index, units),
        "Branches" => Branches(index, units),
        "Sixty" => Sixty(index, units),
        _ => Input(index, units),
    };

    private static string Input(int index, int units) => $"""
        [Input({20 + index}, {1 + (index % 4)})]
        [Lstm({units}, ReturnSequences = true)]
        [Kernel(Init.Constant, Value = 0.01)]
        [Lstm({units}, Init.Zeros, Name = "Memory")]
        [Dense({1 + (index % 3)}, Activation = Activation.Relu)]
        """;

    private static string Branches(int index, int units) => $"""
        [Input({100 + index}, 4, Name = "History")] [Lstm({units}, Name = "Encoder")]
        [Input(24, 5, Name = "Plan")] [Flatten]
        [Concatenate("Encoder")] [Dense({units}, Activation = Activation.Relu)] [Dense(24)]
        """;

    private static string Sixty(int index, int units)
    {
        var ten = Enumerable.Range(0, 10).Select(i => $"""
            [Conv1D({units}, 3, Padding = Padding.Causal)] [BatchNormalization] [Activation(Activation.Relu)]
            [Bidirectional] [Lstm({units + i}, ReturnSequences = true)] [Dropout(0.1)]
            """);
        return $"[Input({100 + index}, 4)]\n{string.Join('\n', ten)}\n[GlobalAveragePooling1D] [Dense(16, Activation = Activation.Relu)] [Dense(1)]";
    }

    private static string Demand(int index, int units) => $"""
        [Forecast({72 + index}, 24, Seasons = [24, 168])]
        [Target("Demand", Unit = "MW")]
        [Known("Temperature", Unit = "°C")]
        [Known("Holiday", Scaling.None)]
        [Known(DatePart.HourOfDay)]
        [Known(DatePart.DayOfWeek)]
        [Known(DatePart.DayOfYear)]
        [Known("Demand", Lag = 24)]
        [Known("Demand", Lag = 168)]
        [Known("Temperature", Lag = 24)]
        [Known("Temperature", Lag = 168)]
        [Known("Holiday", Lag = 24)]
        [Known("Holiday", Lag = 168)]
        [Quantiles(0.1, 0.5, 0.9)]
        [Lstm({units})]
        [RepeatVector(24)]
        [Future]
        [Bidirectional]
        [Lstm({units}, ReturnSequences = true)]
        [Dense(64, Activation = Activation.Relu)]
        """;
}
