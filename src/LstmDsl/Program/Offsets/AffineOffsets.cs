using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>Where a layer that maps each feature by two numbers finds its tensors, in elements; see <see cref="RecurrentOffsets"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AffineOffsets
{
    /// <summary>A layer whose gradients nobody asks for.</summary>
    public AffineOffsets()
    {
    }

    /// <summary>Addends, (units) or a single one; −1 where they are constants.</summary>
    public required int Mean { get; init; }

    /// <summary>Factors, given as variances, (units) or a single one; −1 where they are constants.</summary>
    public required int Variance { get; init; }

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
    public AffineOffsets For(int samples, bool inputGradient = true) => this with
    {
        Input = PerSample.Times(Input, samples),
        Output = PerSample.Times(Output, samples),
        OutputGradient = PerSample.Times(OutputGradient, samples),
        InputGradient = inputGradient ? PerSample.Times(InputGradient, samples) : -1,
    };
}
