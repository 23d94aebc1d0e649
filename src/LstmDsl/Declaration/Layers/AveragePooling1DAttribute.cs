namespace LstmDsl;

/// <summary>
/// Gives the mean of each feature over windows of timesteps (<c>keras.layers.AveragePooling1D</c>).
/// </summary>
/// <param name="poolSize">Timesteps of a window; at least 1.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class AveragePooling1DAttribute(int poolSize = 2) : LayerAttribute
{
    /// <summary>Timesteps of a window.</summary>
    public int PoolSize { get; } = poolSize;

    /// <summary>How far the window moves; at least 1. Default: the window's own size.</summary>
    public int Strides { get; set; } = poolSize;

    /// <summary>
    /// What happens at the ends: <see cref="Padding.Valid"/>, the default, or <see cref="Padding.Same"/>, where windows reach beyond the
    /// input and what lies there does not count.
    /// </summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>
    /// Name in code, files and summaries; a C# identifier. Default: <c>AveragePooling1D</c>, then <c>AveragePooling1D1</c> and so on.
    /// </summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "AveragePooling1D";
}
