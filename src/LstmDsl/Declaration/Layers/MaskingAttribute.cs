namespace LstmDsl;

/// <summary>
/// Marks padding, as <c>keras.layers.Masking</c> does: a timestep whose features all equal <see cref="MaskValue"/> is skipped by the
/// recurrent layers after it, and counts neither in a sequence's loss nor in its metrics. The layer gives zeros for it.
/// </summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class MaskingAttribute : LayerAttribute
{
    /// <summary>What padding consists of; a 32-bit number. Default: 0.</summary>
    public double MaskValue { get; set; }

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>Masking</c>, then <c>Masking1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "Masking";
}
