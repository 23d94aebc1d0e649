using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>Where the outputs of two layers, and what is made of them, lie in the activation block, in elements; see <see cref="RecurrentOffsets"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CombineOffsets
{
    /// <summary>A layer whose gradients nobody asks for.</summary>
    public CombineOffsets()
    {
    }

    /// <summary>The first, (rows, first units); −1 for ones, of masks one of which is not there.</summary>
    public required int Input { get; init; }

    /// <summary>The second, (rows, second units); −1 for ones.</summary>
    public required int Second { get; init; }

    /// <summary>Output, (rows, units).</summary>
    public required int Output { get; init; }

    /// <summary>Which rows of the first count, (rows), 1 or 0; −1 for all, or where it makes no difference.</summary>
    public int Mask { get; init; } = -1;

    /// <summary>Which rows of the second count.</summary>
    public int SecondMask { get; init; } = -1;

    /// <summary>Gradient of the output.</summary>
    public int OutputGradient { get; init; } = -1;

    /// <summary>Gradient of the first; −1 where nobody asks for it.</summary>
    public int InputGradient { get; init; } = -1;

    /// <summary>Gradient of the second; −1 where nobody asks for it.</summary>
    public int SecondGradient { get; init; } = -1;

    /// <summary>These offsets, which are those of one sample, in a block of several.</summary>
    /// <param name="samples">Samples of the block.</param>
    /// <param name="inputGradient">Whether anybody asks for the gradient of the first.</param>
    /// <param name="secondGradient">Whether anybody asks for the gradient of the second.</param>
    public CombineOffsets For(int samples, bool inputGradient = true, bool secondGradient = true) => this with
    {
        Input = PerSample.Times(Input, samples),
        Second = PerSample.Times(Second, samples),
        Output = PerSample.Times(Output, samples),
        Mask = PerSample.Times(Mask, samples),
        SecondMask = PerSample.Times(SecondMask, samples),
        OutputGradient = PerSample.Times(OutputGradient, samples),
        InputGradient = inputGradient ? PerSample.Times(InputGradient, samples) : -1,
        SecondGradient = secondGradient ? PerSample.Times(SecondGradient, samples) : -1,
    };
}
