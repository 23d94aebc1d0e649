using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Checkpoints as safetensors; the metadata lie in the header under <c>__metadata__.lstmdsl</c>.</summary>
internal sealed class SafetensorsFormat : CheckpointFormat
{
    /// <inheritdoc/>
    public override string Extension => ".safetensors";

    /// <inheritdoc/>
    public override void Write(string path, CheckpointContent content, ModelPlan plan) => Safetensors.Write(path, content);

    /// <inheritdoc/>
    public override CheckpointContent Read(string path, ModelPlan plan)
    {
        // A model without weights does not tell what is wanted.
        if (plan.Tensors.Count == 0)
            return Safetensors.Read(path);
        var shapes = plan.Tensors.ToDictionary(slot => slot.Name, slot => slot.Shape);
        var mostDots = plan.Tensors.Max(slot => slot.Name.Count(letter => letter == '.'));
        var content = Safetensors.Read(path, entry => OptimizerTensors.IsIteration(entry.Name) || Fits(entry));
        if (content.Metadata is null && content.Tensors.Any(IsOfPyTorch) && !content.Tensors.Any(tensor => shapes.ContainsKey(tensor.Name)))
        {
            throw new InvalidDataException(
                $"'{path}' is a state dict of PyTorch's: it holds '{content.Tensors.First(IsOfPyTorch).Name}', and none of {plan.Name}'s own names. "
                + "Read it with PyTorch.Load(model, path).");
        }

        return content;

        // What is no weight, nor an optimizer's or callback's copy of one, will be refused by name: its data, however long, are not read.
        bool Fits(SafetensorsEntry entry)
        {
            var lookup = shapes.GetAlternateLookup<ReadOnlySpan<char>>();
            var start = entry.Name.Length;
            for (var i = 0; i <= mostDots && start > 0; i++)
            {
                start = entry.Name.LastIndexOf('.', start - 1);
                if (lookup.TryGetValue(entry.Name.AsSpan(start + 1), out var shape) && entry.Shape.AsSpan().SequenceEqual(shape))
                    return true;
            }

            return false;
        }
    }

    private static bool IsOfPyTorch(StoredTensor tensor) =>
        tensor.Name.EndsWith(".weight", StringComparison.Ordinal) || tensor.Name.Contains("weight_ih_l", StringComparison.Ordinal);
}
