namespace LstmDsl;

/// <summary>What flows from layer to layer: (batch, timesteps, width), or (batch, width) where it has no time axis.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Timesteps">Timesteps; 0 where it has no time axis.</param>
/// <param name="Width">Values at each timestep.</param>
internal readonly record struct OnnxValue(string Name, int Timesteps, int Width)
{
    /// <summary>Name of what says which timesteps count, (batch, timesteps, 1) of booleans; null where all do.</summary>
    public string? Mask { get; init; }

    /// <summary>
    /// The states that a recurrent layer ends in, of each direction, (batch, units) each: hidden, and cell where there is one; where another
    /// layer begins with them.
    /// </summary>
    public IReadOnlyList<string[]>? States { get; init; }

    /// <summary>Its shape without the batch.</summary>
    public int[] Shape => Timesteps > 0 ? [Timesteps, Width] : [Width];
}
