using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// Where the outputs of two recurrent layers that read one input, forwards and backwards, and what is made of them lie in the activation
/// block, in elements; see <see cref="RecurrentOffsets"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MergeOffsets
{
    /// <summary>A layer whose gradients nobody asks for.</summary>
    public MergeOffsets()
    {
    }

    /// <summary>Output of the forward layer, (timesteps, n, units).</summary>
    public required int Input { get; init; }

    /// <summary>Output of the backward layer in the order of its processing, (timesteps, n, units).</summary>
    public required int Second { get; init; }

    /// <summary>Output, (timesteps, n, units), or (timesteps, n, 2·units) of the two side by side.</summary>
    public required int Output { get; init; }

    /// <summary>Gradient of the output.</summary>
    public int OutputGradient { get; init; } = -1;

    /// <summary>Gradient of the forward layer's output.</summary>
    public int InputGradient { get; init; } = -1;

    /// <summary>Gradient of the backward layer's output, in the order of its processing.</summary>
    public int SecondGradient { get; init; } = -1;

    /// <summary>These offsets, which are those of one sample, in a block of several.</summary>
    /// <param name="samples">Samples of the block.</param>
    public MergeOffsets For(int samples) => this with
    {
        Input = PerSample.Times(Input, samples),
        Second = PerSample.Times(Second, samples),
        Output = PerSample.Times(Output, samples),
        OutputGradient = PerSample.Times(OutputGradient, samples),
        InputGradient = PerSample.Times(InputGradient, samples),
        SecondGradient = PerSample.Times(SecondGradient, samples),
    };
}
