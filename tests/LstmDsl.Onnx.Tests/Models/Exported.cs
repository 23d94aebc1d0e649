using LstmDsl.CompilerServices;
using Onnx;

namespace LstmDsl.Tests;

/// <summary>A model's export, read back.</summary>
internal static class Exported
{
    public static ModelProto Read<TModel>(TModel model, TemporaryFolder folder, OnnxOptions options)
        where TModel : class, IRecurrentModel<TModel>
    {
        var path = folder.File("model.onnx");
        model.ExportOnnx(path, options);
        return ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
    }

    /// <summary>What a model does not show of itself.</summary>
    public static ModelState StateOf<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel> => model.State;

    /// <summary>The operators of a graph, in order.</summary>
    public static IEnumerable<string> Operators(this ModelProto model) => model.Graph.Node.Select(node => node.OpType);

    /// <summary>An initializer's values.</summary>
    public static float[] Values(this ModelProto model, string name)
    {
        var bytes = model.Graph.Initializer.Single(tensor => tensor.Name == name).RawData.Span;
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    /// <summary>A node's attribute.</summary>
    public static AttributeProto Get(this NodeProto node, string name) => node.Attribute.Single(attribute => attribute.Name == name);

    /// <summary>The text that an attribute holds.</summary>
    public static string GetText(this NodeProto node, string name) => node.Get(name).S.ToStringUtf8();

    /// <summary>A value's shape, free sizes by their names.</summary>
    public static string ShapeText(this ValueInfoProto value) => string.Join(
        ", ",
        value.Type.TensorType.Shape.Dim.Select(size => size.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam
            ? size.DimParam
            : FormattableString.Invariant($"{size.DimValue}")));
}
