namespace LstmDsl;

/// <summary>
/// Several heads attend side by side, each to projections of its own of query, keys and values (Vaswani et al., 2017;
/// <c>keras.layers.MultiHeadAttention</c>): products are divided by √<see cref="KeyDim"/>, and what the heads give is projected to the width of
/// the query. Timesteps of values, and of keys that are named, that a mask calls padding have no weight; for padding of the query all
/// timesteps weigh the same.
/// </summary>
/// <param name="heads">How many heads; at least 1.</param>
/// <param name="keyDim">Width of a head's queries and keys; at least 1.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class MultiHeadAttentionAttribute(int heads, int keyDim) : LayerAttribute
{
    /// <summary>How many heads.</summary>
    public int Heads { get; } = heads;

    /// <summary>Width of a head's queries and keys.</summary>
    public int KeyDim { get; } = keyDim;

    /// <summary>Width of a head's values; at least 1. Default: <see cref="KeyDim"/>.</summary>
    public int ValueDim { get; set; }

    /// <summary>Name of the layer or input whose sequence is attended to. Default: the query, which so attends to itself.</summary>
    public string? Values { get; set; }

    /// <inheritdoc cref="AttentionAttribute.Query"/>
    public string? Query { get; set; }

    /// <inheritdoc cref="AttentionAttribute.Keys"/>
    public string? Keys { get; set; }

    /// <summary>Whether projections have a bias. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <inheritdoc cref="AttentionAttribute.Causal"/>
    public bool Causal { get; set; }

    /// <inheritdoc cref="AttentionAttribute.Dropout"/>
    public double Dropout { get; set; }

    /// <summary>
    /// Name in code, files and summaries; a C# identifier. Default: <c>MultiHeadAttention</c>, then <c>MultiHeadAttention1</c> and so on.
    /// </summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "MultiHeadAttention";
}
