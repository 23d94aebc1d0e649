using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>Where a normalising layer finds its tensors, in elements; see <see cref="RecurrentOffsets"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NormalizationOffsets
{
    /// <summary>A layer whose gradients nobody asks for.</summary>
    public NormalizationOffsets()
    {
    }

    /// <summary>γ, (units); −1 without it.</summary>
    public required int Gamma { get; init; }

    /// <summary>β, (units); −1 without it.</summary>
    public required int Beta { get; init; }

    /// <summary>Moving average of the features' means, (units); of batch normalisation alone.</summary>
    public int MovingMean { get; init; }

    /// <summary>Moving average of the features' variances, (units); of batch normalisation alone.</summary>
    public int MovingVariance { get; init; }

    /// <summary>
    /// Which rows the moments of a batch are taken over, (rows) of ones and zeros; 0 for all (the model's input lies there).
    /// </summary>
    public int Mask { get; init; }

    /// <summary>Input, (rows, units).</summary>
    public required int Input { get; init; }

    /// <summary>Output, (rows, units).</summary>
    public required int Output { get; init; }

    /// <summary>Gradient of the output, (rows, units).</summary>
    public int OutputGradient { get; init; } = -1;

    /// <summary>Gradient of the input, (rows, units); −1 where nobody asks for it.</summary>
    public int InputGradient { get; init; } = -1;

    /// <summary>These offsets, which are those of one sample, in a block of several.</summary>
    /// <param name="samples">Samples of the block.</param>
    /// <param name="inputGradient">Whether anybody asks for the gradient of the input.</param>
    public NormalizationOffsets For(int samples, bool inputGradient = true) => this with
    {
        Mask = PerSample.Times(Mask, samples),
        Input = PerSample.Times(Input, samples),
        Output = PerSample.Times(Output, samples),
        OutputGradient = PerSample.Times(OutputGradient, samples),
        InputGradient = inputGradient ? PerSample.Times(InputGradient, samples) : -1,
    };
}
