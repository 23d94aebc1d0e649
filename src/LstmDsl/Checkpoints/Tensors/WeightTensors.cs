using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Carries weights between a parameter block and a checkpoint's tensors.</summary>
internal static class WeightTensors
{
    /// <summary>The weights as tensors, in the order of the table.</summary>
    /// <param name="slots">The tensor table.</param>
    /// <param name="parameters">The parameter block.</param>
    public static IReadOnlyList<StoredTensor> From(IReadOnlyList<TensorSlot> slots, ReadOnlySpan<float> parameters)
    {
        var tensors = new StoredTensor[slots.Count];
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i] = TensorMatch.Store(slots[i].Name, slots[i], parameters);
        }

        return tensors;
    }

    /// <summary>Puts a checkpoint's weights into a parameter block, or leaves the block as it was. Padding is not touched.</summary>
    /// <param name="content">What the file holds.</param>
    /// <param name="slots">The model's tensor table.</param>
    /// <param name="parameters">The parameter block.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="InvalidDataException">The file's weights are not this model's; the message lists what differs.</exception>
    public static void Restore(CheckpointContent content, IReadOnlyList<TensorSlot> slots, Span<float> parameters, string file)
    {
        var match = new TensorMatch(content.Tensors.Where(tensor => !OptimizerTensors.IsOne(tensor, slots)));
        var sources = match.Floats([.. slots.Select(slot => (slot.Name, slot))]);
        match.ThrowIfDifferent($"The weights in '{file}' are not those of this model");
        for (var i = 0; i < slots.Count; i++)
        {
            sources[i].CopyTo(parameters[slots[i].Offset..]);
        }
    }
}
