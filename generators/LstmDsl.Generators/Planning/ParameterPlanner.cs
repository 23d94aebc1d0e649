namespace LstmDsl.Generators;

/// <summary>Lays the weights out in one block, tensor after tensor, each on 64 bytes.</summary>
internal sealed class ParameterPlanner
{
    /// <summary>Size of the block so far, padding included.</summary>
    public long Floats { get; private set; }

    /// <summary>Number of weights so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a layer's tensors, in Keras's order.</summary>
    public IReadOnlyList<PlannedTensor> Add(ShapedLayer layer) =>
        [.. layer.Spec.Tensors(layer.Inputs).Select(tensor => Tensor(layer.Spec, tensor))];

    private PlannedTensor Tensor(LayerSpec layer, TensorSpec tensor)
    {
        var offset = Floats;
        var length = tensor.Rows * tensor.Columns;
        Floats = LiveRegions.Align(offset + length);
        Count += length;
        var name = $"{layer.FileName}.{LayerNames.ToSnakeCase(tensor.Role)}";
        return new PlannedTensor(
            layer.Name + tensor.Role, name, tensor.Role, unchecked((int)offset), tensor.Rows, (int)tensor.Columns, tensor.Weight);
    }
}
