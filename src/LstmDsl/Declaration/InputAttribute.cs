namespace LstmDsl;

/// <summary>Declares a model and the shape of one sample that it takes; stands before the layers.</summary>
/// <param name="timesteps">Timesteps in a window; at least 1.</param>
/// <param name="features">Values at each timestep; at least 1.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)] // a second one is a diagnostic that explains
public sealed class InputAttribute(int timesteps, int features) : Attribute
{
    /// <summary>Timesteps in a window.</summary>
    public int Timesteps { get; } = timesteps;

    /// <summary>Values at each timestep.</summary>
    public int Features { get; } = features;
}
