using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// The constants of a layer that gives weighted means of values: the weights are the softmax, over the values' timesteps, of scores of a query
/// and a key.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAttentionShape : ILayerShape
{
    /// <summary>Timesteps of the query; 1 where it has no time axis.</summary>
    static abstract int QueryTimesteps { get; }

    /// <summary>Timesteps of keys and values.</summary>
    static abstract int Timesteps { get; }

    /// <summary>How many heads attend, each with a part of its own of queries, keys, values and output, which lie side by side.</summary>
    static virtual int Heads => 1;

    /// <summary>Width of query and keys, of one head.</summary>
    static abstract int KeyUnits { get; }

    /// <summary>Width of values and output, of one head.</summary>
    static abstract int Units { get; }

    /// <summary>How a query is compared with a key.</summary>
    static virtual AttentionScore Score => AttentionScore.Dot;

    /// <summary>What products are multiplied with.</summary>
    static virtual double Factor => 1;

    /// <summary>
    /// Whether timesteps of the query that are padding give zeros; else all timesteps of values weigh the same for them.
    /// </summary>
    static virtual bool ZeroesPadding => true;

    /// <summary>The part of the weights that training sets to zero.</summary>
    static virtual double Dropout => 0;

    /// <summary>Whether scores are scaled by weights.</summary>
    static virtual bool UseScale => false;

    /// <summary>Whether a timestep of the query attends only to timesteps up to its own place.</summary>
    static virtual bool IsCausal => false;

    /// <summary>Whether the gradient of the query is added to what stands in its place, since another layer reads the same output.</summary>
    static virtual bool AddsInputGradient => false;

    /// <summary>The same of the values.</summary>
    static virtual bool AddsSecondGradient => false;

    /// <summary>The same of the keys.</summary>
    static virtual bool AddsThirdGradient => false;
}
