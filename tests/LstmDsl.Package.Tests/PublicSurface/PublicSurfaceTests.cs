using Microsoft.CodeAnalysis;

namespace LstmDsl.Package.Tests;

/// <summary>What users can see of the library changes knowingly: the accepted file is part of the change.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly string Library = typeof(TimeSeries).Assembly.Location;

    [Fact]
    public void Public_surface() => Snapshot.Verify(PublicSurfaceText.Of(Library), "txt");

    /// <summary>The same whether there is ILGPU or not, of which it names nothing.</summary>
    [Fact]
    public void Public_surface_of_Ilgpu() => Snapshot.Verify(PublicSurfaceText.Of(typeof(IlgpuDevice).Assembly.Location), "txt");

    [Fact]
    public void Public_surface_of_Onnx() => Snapshot.Verify(PublicSurfaceText.Of(typeof(OnnxOptions).Assembly.Location), "txt");

    [Fact]
    public void Public_surface_of_Parquet() => Snapshot.Verify(PublicSurfaceText.Of(typeof(ParquetSeries).Assembly.Location), "txt");

    [Fact]
    public void Public_types_stand_in_one_namespace_and_what_is_for_generated_code_alone_in_another()
    {
        var namespaces = PublicSurfaceText.Types(Library).Select(type => type.ContainingNamespace.ToDisplayString()).Distinct();
        Assert.Equal(["LstmDsl", "LstmDsl.CompilerServices"], namespaces.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_for_generated_code_alone_is_hidden_from_completion()
    {
        var shown = PublicSurfaceText.Types(Library)
            .Where(type => type.ContainingNamespace.Name == "CompilerServices")
            .Where(type => !type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "EditorBrowsableAttribute"))
            .Select(type => type.Name);
        Assert.Empty(shown);
    }
}
