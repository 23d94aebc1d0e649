using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>One parameter of a PyTorch module, and where its values lie in a weight of ours.</summary>
/// <param name="Name">PyTorch's name within the module, without a layer's number: <c>weight_ih</c>, <c>weight_ih_reverse</c>.</param>
/// <param name="Shape">PyTorch's shape.</param>
/// <param name="Slot">The weight.</param>
/// <param name="Index">The place in the weight of each of the parameter's values.</param>
/// <param name="IsAdded">Whether it is the second of two biases that are one here: added coming in, 0 going out.</param>
internal sealed record TorchParameter(string Name, int[] Shape, TensorSlot Slot, Func<int, int> Index, bool IsAdded = false)
{
    /// <summary>Takes PyTorch's values into a parameter block.</summary>
    public void Read(ReadOnlySpan<float> values, Span<float> block)
    {
        var weight = block.Slice(Slot.Offset, Slot.Length);
        for (var i = 0; i < values.Length; i++)
            weight[Index(i)] = IsAdded ? weight[Index(i)] + values[i] : values[i];
    }

    /// <summary>PyTorch's values of a parameter block.</summary>
    public float[] Write(ReadOnlySpan<float> block)
    {
        var values = new float[Shape.Aggregate(1, (product, size) => product * size)];
        for (var i = 0; i < values.Length && !IsAdded; i++)
            values[i] = block[Slot.Offset + Index(i)];
        return values;
    }
}
