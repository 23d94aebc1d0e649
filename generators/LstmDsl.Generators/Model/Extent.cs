namespace LstmDsl.Generators;

/// <summary>Shape of one sample's output.</summary>
/// <param name="Timesteps">Timesteps; 0 where it has no time axis.</param>
/// <param name="Width">Values, at each timestep if it has such.</param>
internal sealed record Extent(int Timesteps, int Width)
{
    /// <summary>Of what is not there.</summary>
    public static Extent None { get; } = new(0, 0);
}
