namespace LstmDsl;

/// <summary>
/// Lays outputs side by side (<c>keras.layers.Concatenate</c>): their values at each timestep, or their timesteps after
/// each other.
/// </summary>
/// <param name="inputs">Names of layers or inputs that stand before.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class ConcatenateAttribute(params string[] inputs) : MergingAttribute(inputs)
{
    /// <summary>
    /// The axis that is joined, counted as Keras counts, the samples being axis 0: −1, the last one, for the values; 1 for the timesteps of
    /// sequences. Default: −1.
    /// </summary>
    public int Axis { get; set; } = -1;

    /// <inheritdoc/>
    internal override string Kind => "Concatenate";
}
