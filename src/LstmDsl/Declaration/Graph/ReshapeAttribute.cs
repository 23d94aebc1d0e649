namespace LstmDsl;

/// <summary>
/// Gives a sample's values, in the order of timesteps and features, another shape (<c>keras.layers.Reshape</c>): a sequence, or one row of
/// values. What a mask says of timesteps ends there.
/// </summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class ReshapeAttribute : LayerAttribute
{
    /// <summary>One row of values, without a time axis.</summary>
    /// <param name="features">Values; as many as a sample has.</param>
    public ReshapeAttribute(int features) => Features = features;

    /// <summary>A sequence.</summary>
    /// <param name="timesteps">Timesteps; at least 1.</param>
    /// <param name="features">Values at each; timesteps × features is what a sample has.</param>
    public ReshapeAttribute(int timesteps, int features)
    {
        Timesteps = timesteps;
        Features = features;
    }

    /// <summary>Timesteps of the output; 0 where it has no time axis.</summary>
    public int Timesteps { get; }

    /// <summary>Values of the output, at each timestep if it has such.</summary>
    public int Features { get; }

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>Reshape</c>, then <c>Reshape1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "Reshape";
}
