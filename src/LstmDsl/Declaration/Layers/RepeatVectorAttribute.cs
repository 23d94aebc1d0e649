namespace LstmDsl;

/// <summary>
/// Gives its input, which has no time axis, at every one of so many timesteps (<c>keras.layers.RepeatVector</c>): what stands between an
/// encoder and a decoder.
/// </summary>
/// <param name="n">How many timesteps; at least 1.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class RepeatVectorAttribute(int n) : LayerAttribute
{
    /// <summary>How many timesteps.</summary>
    public int N { get; } = n;

    /// <summary>
    /// Name in code, files and summaries; a C# identifier. Default: <c>RepeatVector</c>, then <c>RepeatVector1</c> and so on.
    /// </summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "RepeatVector";
}
