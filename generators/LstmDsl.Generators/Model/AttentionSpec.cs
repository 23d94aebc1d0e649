using LstmDsl.CompilerServices;

namespace LstmDsl.Generators;

/// <summary>
/// What an attention layer names: the query where that is not what stands before it, the values, where the query is not meant, and keys where
/// these are others.
/// </summary>
internal sealed record AttentionNames(string? Query, string? Values, string? Keys);

/// <summary>Several heads.</summary>
/// <param name="Count">How many.</param>
/// <param name="KeyDim">Width of a head's queries and keys.</param>
/// <param name="ValueDim">Width of a head's values.</param>
/// <param name="UseBias">Whether projections have a bias.</param>
internal sealed record AttentionHeads(int Count, int KeyDim, int ValueDim, bool UseBias);

/// <summary>Gives weighted means of values; reads the query, the values and the keys, in this order.</summary>
internal sealed record AttentionSpec : LayerSpec
{
    /// <summary>How a query is compared with a key.</summary>
    public required AttentionScore Score { get; init; }

    /// <summary>Whether scores are scaled by weights.</summary>
    public required bool UseScale { get; init; }

    /// <summary>Whether a timestep of the query attends only to timesteps up to its own place.</summary>
    public required bool IsCausal { get; init; }

    /// <summary>The part of the weights that training sets to zero.</summary>
    public required double Dropout { get; init; }

    /// <summary>The heads, whose queries, keys and values lie side by side; null where query, keys and values are compared as they are.</summary>
    public AttentionHeads? Heads { get; init; }

    /// <summary>How many heads there are.</summary>
    public int HeadCount => Heads?.Count ?? 1;

    /// <summary>The names of the layers or inputs that it reads; of the keys none where these are the values.</summary>
    public required AttentionNames Names { get; init; }

    public override bool CanAddInputGradient => true;

    public override bool CarriesMask => true;

    public override bool UsesMask => true;

    public override string RuntimeKind => "Attention";

    public override int OutputWidth(int timesteps, int width) => width;

    public override IEnumerable<TensorSpec> Tensors(int inputs)
    {
        if (UseScale)
        {
            yield return Score == AttentionScore.Additive
                ? new TensorSpec("Scale", 1, inputs, Weight(Init.GlorotUniform))
                : new TensorSpec("Scale", 1, 1, Weight(Init.Ones)) { IsScalar = true };
        }

        if (Score == AttentionScore.Concat)
            yield return new TensorSpec("ConcatScoreWeight", 1, 1, Weight(Init.Ones)) { IsScalar = true };
    }

    private WeightSpec Weight(Init init) => new(new InitializerSpec(init)) { NamedBy = new(Attribute, "Attention", "") };
}
