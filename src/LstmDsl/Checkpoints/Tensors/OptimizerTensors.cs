using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Carries an optimizer's slots between their blocks and a checkpoint's tensors: <c>optimizer.iteration</c>, then
/// <c>optimizer.&lt;slot&gt;.&lt;tensor&gt;</c>. Slots lie one parameter block after the other, each in the parameter block's layout.
/// </summary>
internal static class OptimizerTensors
{
    private const string Prefix = "optimizer.";

    private const string IterationName = Prefix + "iteration";

    /// <summary>Whether that is the name of the count of updates.</summary>
    public static bool IsIteration(string name) => name == IterationName;

    /// <summary>Whether a tensor belongs to the optimizer rather than to the model, one of whose layers may bear that name.</summary>
    public static bool IsOne(StoredTensor tensor, IReadOnlyList<TensorSlot> slots) =>
        tensor.Name.StartsWith(Prefix, StringComparison.Ordinal) && slots.All(slot => slot.Name != tensor.Name);

    /// <summary>An optimizer's state as tensors.</summary>
    /// <param name="slots">The model's tensor table.</param>
    /// <param name="names">The optimizer's own names of its slots, such as <c>velocity</c>, in the order of their blocks.</param>
    /// <param name="blocks">The slots' blocks, one after the other.</param>
    /// <param name="parameterFloats">Length of one block.</param>
    /// <param name="iteration">Updates made so far.</param>
    public static IReadOnlyList<StoredTensor> From(
        IReadOnlyList<TensorSlot> slots, IReadOnlyList<string> names, ReadOnlySpan<float> blocks, int parameterFloats, long iteration)
    {
        List<StoredTensor> tensors = [new(IterationName, [], new[] { iteration })];
        for (var i = 0; i < names.Count; i++)
        {
            var block = blocks.Slice(i * parameterFloats, parameterFloats);
            foreach (var slot in slots)
            {
                tensors.Add(TensorMatch.Store(NameOf(names[i], slot), slot, block));
            }
        }

        return tensors;
    }

    /// <summary>Puts a checkpoint's optimizer state into its blocks, or leaves them as they were.</summary>
    /// <param name="content">What the file holds.</param>
    /// <param name="slots">The model's tensor table.</param>
    /// <param name="names">The optimizer's own names of its slots, in the order of their blocks.</param>
    /// <param name="blocks">The slots' blocks, one after the other.</param>
    /// <param name="parameterFloats">Length of one block.</param>
    /// <param name="file">The file, for messages.</param>
    /// <returns>Updates made so far.</returns>
    /// <exception cref="InvalidDataException">The file holds no such optimizer's state; the message lists what differs.</exception>
    public static long Restore(
        CheckpointContent content,
        IReadOnlyList<TensorSlot> slots,
        IReadOnlyList<string> names,
        Span<float> blocks,
        int parameterFloats,
        string file)
    {
        var match = new TensorMatch(content.Tensors.Where(tensor => IsOne(tensor, slots)));
        if (match.IsEmpty)
        {
            throw new InvalidDataException($"'{file}' holds weights alone; only a trainer's own Save adds the optimizer's state.");
        }

        var iteration = match.Count(IterationName);
        var sources = match.Floats([.. names.SelectMany(name => slots.Select(slot => (NameOf(name, slot), slot)))]);
        match.ThrowIfDifferent($"The optimizer's state in '{file}' does not fit this optimizer and model");
        for (var i = 0; i < names.Count; i++)
        {
            var block = blocks.Slice(i * parameterFloats, parameterFloats);
            for (var j = 0; j < slots.Count; j++)
            {
                sources[(i * slots.Count) + j].CopyTo(block[slots[j].Offset..]);
            }
        }

        return iteration;
    }

    private static string NameOf(string name, TensorSlot slot) => $"{Prefix}{name}.{slot.Name}";
}
