extern alias Generator;

using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Tests;

/// <summary>Compiles declarations in memory, with what the generator adds, and loads them.</summary>
internal static class ArchitectureCompiler
{
    /// <summary>The models of the architectures, in their order, all of one compilation.</summary>
    public static IReadOnlyList<Type> Compile(IReadOnlyList<DrawnArchitecture> architectures)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp13);
        var models = architectures.Select((architecture, index) => architecture.Declare(FormattableString.Invariant($"Model{index}")));
        var source = "using LstmDsl;\n" + string.Join("\n", models);
        var compilation = CSharpCompilation.Create(
            "Architectures",
            [CSharpSyntaxTree.ParseText(source, options)],
            [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(InputAttribute).Assembly.Location)],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new Generator::LstmDsl.Generators.ModelGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);

        using var stream = new MemoryStream();
        var result = generated.Emit(stream);
        var errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.True(result.Success, string.Join("\n", errors));
        stream.Position = 0;

        // Nothing holds the context but its own types, so that it goes with the last of them.
        var assembly = new AssemblyLoadContext(name: null, isCollectible: true).LoadFromStream(stream);
        return [.. architectures.Select((_, index) => assembly.GetType(FormattableString.Invariant($"Model{index}"), throwOnError: true)!)];
    }
}
