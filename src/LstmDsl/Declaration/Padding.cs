namespace LstmDsl;

/// <summary>What a layer that slides over time does at the ends of its input, by Keras's name.</summary>
public enum Padding
{
    /// <summary>Nothing: only windows that lie within the input count.</summary>
    Valid,

    /// <summary>With a stride of 1 the output has as many timesteps as the input: zeros before and behind it, evenly.</summary>
    Same,

    /// <summary>Zeros before the input alone, so that a timestep of the output knows nothing of later ones. Not for pooling.</summary>
    Causal,
}
