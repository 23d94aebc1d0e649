namespace LstmDsl;

/// <summary>
/// Gives a vector of weights for each whole number of its input (<c>keras.layers.Embedding</c>). It stands first and takes one number at
/// each timestep, <c>[Input(timesteps, 1)]</c>, from 0 to <see cref="InputDim"/> − 1.
/// </summary>
/// <param name="inputDim">How many numbers there are; at least 1.</param>
/// <param name="outputDim">Length of a vector; at least 1.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class EmbeddingAttribute(int inputDim, int outputDim) : LayerAttribute
{
    /// <summary>How many numbers there are.</summary>
    public int InputDim { get; } = inputDim;

    /// <summary>Length of a vector.</summary>
    public int OutputDim { get; } = outputDim;

    /// <summary>Whether 0 is padding, which the recurrent layers after it skip. Default: false.</summary>
    public bool MaskZero { get; set; }

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>Embedding</c>, then <c>Embedding1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "Embedding";
}
