namespace LstmDsl;

/// <summary>A window that slides over time, and what it needs beyond the ends of its input.</summary>
/// <param name="Size">Timesteps that it holds.</param>
/// <param name="Strides">How far it moves.</param>
/// <param name="Padding">What happens at the ends.</param>
internal sealed record SlidingWindow(int Size, int Strides, Padding Padding)
{
    /// <summary>Distance of its timesteps.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>Its places.</summary>
    public required int Outputs { get; init; }

    /// <summary>Timesteps that it needs before the input and behind it.</summary>
    /// <param name="timesteps">Timesteps of the input.</param>
    public (int Before, int Behind) Pads(int timesteps)
    {
        var reach = ((Size - 1) * Dilation) + 1;
        var needed = Math.Max(((Outputs - 1) * Strides) + reach - timesteps, 0);
        return Padding switch
        {
            Padding.Causal => (reach - 1, 0),
            // As TensorFlow divides an odd number.
            Padding.Same => (needed / 2, needed - (needed / 2)),
            _ => (0, 0),
        };
    }
}
