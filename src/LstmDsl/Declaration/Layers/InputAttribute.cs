namespace LstmDsl;

/// <summary>
/// Declares a model and the shape of one sample that it takes; stands before the layers. A model may take several inputs, each with a name:
/// what follows an input reads it, until the next one, or <see cref="FromAttribute"/>, begins another branch.
/// </summary>
/// <param name="timesteps">Timesteps in a window; at least 1.</param>
/// <param name="features">Values at each timestep; at least 1.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute(int timesteps, int features) : Attribute
{
    /// <summary>Timesteps in a window.</summary>
    public int Timesteps { get; } = timesteps;

    /// <summary>Values at each timestep.</summary>
    public int Features { get; } = features;

    /// <summary>
    /// Samples of every batch, in training and in prediction; at least 1. Only stateful layers need it, as in Keras's <c>batch_shape</c>:
    /// a state belongs to a place in the batch. Default: any number.
    /// </summary>
    public int BatchSize { get; set; }

    /// <summary>Name by which layers refer to it, and in files; a C# identifier. Needed where there are several inputs.</summary>
    public string? Name { get; set; }
}
