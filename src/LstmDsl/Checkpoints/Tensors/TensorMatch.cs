using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Compares the tensors of a file with those that are wanted, and gathers every difference before anything is copied.</summary>
internal sealed class TensorMatch
{
    /// <summary>Differences that a message lists; a file of quite another model differs everywhere.</summary>
    private const int MostListed = 10;

    private readonly Dictionary<string, StoredTensor> unclaimed = [];
    private readonly List<string> differences = [];

    /// <summary>Takes the tensors of the file that are to be matched.</summary>
    public TensorMatch(IEnumerable<StoredTensor> stored)
    {
        foreach (var tensor in stored)
        {
            if (!unclaimed.TryAdd(tensor.Name, tensor))
            {
                differences.Add($"the file has tensor '{Excerpt.Of(tensor.Name)}' twice");
            }
        }
    }

    /// <summary>Whether the file has none of the tensors in question.</summary>
    public bool IsEmpty => unclaimed.Count == 0;

    /// <summary>A copy of one tensor's values, as the file takes it.</summary>
    public static StoredTensor Store(string name, TensorSlot slot, ReadOnlySpan<float> block) =>
        new(name, slot.Shape, block.Slice(slot.Offset, slot.Length).ToArray());

    /// <summary>The values of wanted tensors; an empty array stands for one that differs.</summary>
    public float[][] Floats(IReadOnlyList<(string Name, TensorSlot Slot)> wanted) =>
        [.. wanted.Select(tensor => Floats(tensor.Name, tensor.Slot.Shape))];

    /// <summary>The value of a tensor that holds one count; 0 where it differs.</summary>
    public long Count(string name)
    {
        if (!unclaimed.Remove(name, out var tensor))
        {
            differences.Add($"tensor '{name}': missing in the file");
        }
        else if (tensor.Values is long[] and [>= 0 and var count])
        {
            return count;
        }
        else
        {
            differences.Add($"tensor '{name}': one I64 from 0 up is expected, the file has {Described(tensor)}");
        }

        return 0;
    }

    /// <summary>Throws if anything differs, or if the file has tensors that nobody wanted.</summary>
    /// <param name="summary">What does not fit what; begins the message.</param>
    public void ThrowIfDifferent(string summary)
    {
        var count = differences.Count + unclaimed.Count;
        if (count == 0)
        {
            return;
        }

        var surplus = unclaimed.Values.Select(tensor => $"tensor '{Excerpt.Of(tensor.Name)}': only the file has it, as {Described(tensor)}");
        var rest = count > MostListed ? $"; and {count - MostListed} more" : "";
        throw new InvalidDataException($"{summary}: {string.Join("; ", differences.Concat(surplus).Take(MostListed))}{rest}.");
    }

    private float[] Floats(string name, int[] shape)
    {
        if (!unclaimed.Remove(name, out var tensor))
        {
            differences.Add($"tensor '{name}': missing in the file; this model has shape {Text(shape)}");
        }
        else if (!tensor.Shape.AsSpan().SequenceEqual(shape))
        {
            differences.Add($"tensor '{name}': this model has shape {Text(shape)}, the file {Text(tensor.Shape)}");
        }
        else if (tensor.Values is float[] values)
        {
            return values;
        }
        else
        {
            differences.Add($"tensor '{name}': this model has F32, the file {TypeName(tensor)}");
        }

        return [];
    }

    private static string Described(StoredTensor tensor) => $"{TypeName(tensor)} {Text(tensor.Shape)}";

    private static string TypeName(StoredTensor tensor) => SafetensorsTypes.Of(tensor.Values)?.Name() ?? tensor.Values.GetType().Name;

    private static string Text(int[] shape) => $"({string.Join(", ", shape)})";
}
