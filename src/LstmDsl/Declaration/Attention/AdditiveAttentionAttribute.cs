namespace LstmDsl;

/// <summary>
/// Gives, for each timestep of a query, a mean of values, weighted by the softmax of Σ scale · tanh(query + key) (Bahdanau et al., 2015;
/// <c>keras.layers.AdditiveAttention</c>): (timesteps of the query, width of the values), or, where the query is one row of values, one row.
/// Timesteps of values that a mask calls padding have no weight; padding of the query gives zeros.
/// </summary>
/// <param name="values">Name of the layer or input whose sequence is attended to.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class AdditiveAttentionAttribute(string values) : LayerAttribute
{
    /// <summary>Name of the layer or input whose sequence is attended to.</summary>
    public string Values { get; } = values;

    /// <summary>Name of the layer or input whose output asks. Default: what stands before.</summary>
    public string? Query { get; set; }

    /// <summary>Name of the layer or input whose timesteps queries are compared with; as many as values. Default: the values.</summary>
    public string? Keys { get; set; }

    /// <summary>Whether each unit of tanh has a weight. Default: true.</summary>
    public bool UseScale { get; set; } = true;

    /// <summary>Whether a timestep of the query attends only to timesteps up to its own place. Default: false.</summary>
    public bool Causal { get; set; }

    /// <summary>The part of the weights that is set to zero in training, at least 0 and below 1; drawn anew at each step. Default: 0.</summary>
    public double Dropout { get; set; }

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>AdditiveAttention</c>, then <c>AdditiveAttention1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "AdditiveAttention";
}
