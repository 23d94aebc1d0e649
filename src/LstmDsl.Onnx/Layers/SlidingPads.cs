namespace LstmDsl;

/// <summary>What a window that slides over time needs beyond the ends of its input.</summary>
internal static class SlidingPads
{
    /// <summary>Timesteps before the input and behind it.</summary>
    /// <param name="layer">The layer, with its <c>padding</c> and <c>strides</c>.</param>
    /// <param name="timesteps">Timesteps of its input.</param>
    /// <param name="size">Timesteps that a window holds.</param>
    /// <param name="dilation">Their distance.</param>
    public static (int Before, int Behind) Of(LayerSource layer, int timesteps, int size, int dilation)
    {
        var reach = ((size - 1) * dilation) + 1;
        var needed = Math.Max(((layer.Timesteps - 1) * layer.Whole("strides")) + reach - timesteps, 0);
        return layer.Choice<Padding>("padding") switch
        {
            Padding.Causal => (reach - 1, 0),
            // As TensorFlow divides an odd number.
            Padding.Same => (needed / 2, needed - (needed / 2)),
            _ => (0, 0),
        };
    }
}
