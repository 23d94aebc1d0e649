namespace LstmDsl;

/// <summary>
/// Turns the axes of a sequence round (<c>keras.layers.Permute</c>): with (2, 1) features become timesteps and timesteps features; (1, 2)
/// changes nothing.
/// </summary>
/// <param name="first">Which axis becomes the first, 1 for the timesteps or 2 for the features; the samples are no axis here.</param>
/// <param name="second">Which becomes the second; the other one.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class PermuteAttribute(int first, int second) : LayerAttribute
{
    /// <summary>The axis that becomes the first.</summary>
    public int First { get; } = first;

    /// <summary>The axis that becomes the second.</summary>
    public int Second { get; } = second;

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>Permute</c>, then <c>Permute1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "Permute";
}
