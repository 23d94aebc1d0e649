namespace LstmDsl.Generators;

/// <summary>Lays the weights out in one block, tensor after tensor, each on 64 bytes.</summary>
internal sealed class ParameterPlanner
{
    /// <summary>Size of the block so far, padding included.</summary>
    public long Floats { get; private set; }

    /// <summary>Number of weights so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a layer's tensors, in Keras's order: kernel, recurrent kernel, bias.</summary>
    public IReadOnlyList<PlannedTensor> Add(ShapedLayer layer)
    {
        var spec = layer.Spec;
        var recurrent = spec as RecurrentSpec;
        var columns = (recurrent?.ColumnsPerUnit ?? 1L) * spec.Units;
        var tensors = new List<PlannedTensor> { Tensor(spec, "Kernel", layer.Inputs, columns, spec.Kernel) };
        if (recurrent is not null)
            tensors.Add(Tensor(spec, "RecurrentKernel", spec.Units, columns, recurrent.RecurrentKernel));
        if (spec.UseBias)
            tensors.Add(Tensor(spec, "Bias", 1, columns, spec.Bias));
        return tensors;
    }

    private PlannedTensor Tensor(LayerSpec layer, string role, int rows, long columns, WeightSpec weight)
    {
        var offset = Floats;
        Floats = LiveRegions.Align(offset + (rows * columns));
        Count += rows * columns;
        var name = $"{layer.FileName}.{LayerNames.ToSnakeCase(role)}";
        return new PlannedTensor(layer.Name + role, name, role, unchecked((int)offset), rows, (int)columns, weight);
    }
}
