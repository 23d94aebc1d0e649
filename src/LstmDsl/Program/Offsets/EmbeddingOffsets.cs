using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>Where an embedding finds its tensors, in elements; see <see cref="RecurrentOffsets"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EmbeddingOffsets
{
    /// <summary>A layer whose gradients nobody asks for.</summary>
    public EmbeddingOffsets()
    {
    }

    /// <summary>The vectors, (numbers, units).</summary>
    public required int Embeddings { get; init; }

    /// <summary>Input, (rows) of whole numbers.</summary>
    public required int Input { get; init; }

    /// <summary>Output, (rows, units).</summary>
    public required int Output { get; init; }

    /// <summary>Takes which rows count, (rows) of ones and zeros; 0 where all do (the model's input lies there).</summary>
    public int Mask { get; init; }

    /// <summary>Gradient of the output, (rows, units).</summary>
    public int OutputGradient { get; init; } = -1;

    /// <summary>These offsets, which are those of one sample, in a block of several.</summary>
    /// <param name="samples">Samples of the block.</param>
    public EmbeddingOffsets For(int samples) => this with
    {
        Input = PerSample.Times(Input, samples),
        Output = PerSample.Times(Output, samples),
        Mask = PerSample.Times(Mask, samples),
        OutputGradient = PerSample.Times(OutputGradient, samples),
    };
}
