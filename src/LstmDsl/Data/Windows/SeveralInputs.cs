using System.ComponentModel;

namespace LstmDsl;

/// <summary>Makes one array of samples of those of several inputs; a list in brackets calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SeveralInputs
{
    /// <summary>Lays the samples of several inputs side by side, so that each sample has all of its inputs one after the other.</summary>
    /// <param name="inputs">The samples of each input, as many of each.</param>
    /// <returns>The samples.</returns>
    /// <exception cref="ArgumentException">The inputs have different numbers of samples, or one is empty.</exception>
    public static Samples Pack(ReadOnlySpan<Samples> inputs)
    {
        if (inputs.Length == 1)
            return inputs[0];

        Samples[] parts = inputs.ToArray();
        var count = parts.Length == 0 ? 0 : parts[0].Count;
        if (Array.FindIndex(parts, part => part.Count != count) is >= 0 and var other)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Input {other} has the shape {parts[other].ShapeText}, input 0 has {parts[0].ShapeText}; expected as many samples of each, and at least one."),
                nameof(inputs));
        }

        if (parts.Length == 0)
            return default;
        if (count == 0)
        {
            throw new ArgumentException(
                $"There are no samples: the inputs have the shapes {string.Join(", ", parts.Select(part => part.ShapeText))}.", nameof(inputs));
        }

        var values = new float[parts.Sum(part => part.Values.Length)];
        var destination = values.AsSpan();
        for (var sample = 0; sample < count; sample++)
        {
            foreach (var part in parts)
            {
                var length = part.Values.Length / count;
                part.Values.Slice(sample * length, length).CopyTo(destination);
                destination = destination[length..];
            }
        }

        return Samples.Of(values, count, parts);
    }
}
