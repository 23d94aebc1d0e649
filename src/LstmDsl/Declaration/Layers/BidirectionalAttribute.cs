namespace LstmDsl;

/// <summary>
/// Lets the recurrent layer that follows run in both directions (Schuster and Paliwal, 1997), as <c>keras.layers.Bidirectional</c> does: a
/// second layer with weights of its own reads the input from its last timestep to its first. What that returns of a sequence is turned
/// round again before the two are put together. The layer's Name, by default <c>Bidirectional</c>, names both.
/// </summary>
/// <param name="merge">How the two outputs are put together.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class BidirectionalAttribute(Merge merge = Merge.Concat) : Attribute
{
    /// <summary>How the two outputs are put together.</summary>
    public Merge Merge { get; } = merge;

    /// <summary>The class in summaries and files.</summary>
    internal const string Kind = "Bidirectional";
}
