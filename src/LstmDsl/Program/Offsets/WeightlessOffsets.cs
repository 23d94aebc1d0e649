using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>Where a layer without weights finds its tensors in the activation block, in elements; see <see cref="RecurrentOffsets"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WeightlessOffsets
{
    /// <summary>A layer whose gradients nobody asks for.</summary>
    public WeightlessOffsets()
    {
    }

    /// <summary>Input.</summary>
    public required int Input { get; init; }

    /// <summary>Output.</summary>
    public required int Output { get; init; }

    /// <summary>
    /// Which timesteps count, (timesteps, n) of ones and zeros: what a masking layer writes, and an averaging one reads; 0 where there is
    /// none (the model's input lies there).
    /// </summary>
    public int Mask { get; init; }

    /// <summary>
    /// Whether it is the model's last activation, whose input a loss may work from: then that has written the input's gradient already.
    /// </summary>
    public bool IsHead { get; init; }

    /// <summary>Gradient of the output.</summary>
    public int OutputGradient { get; init; } = -1;

    /// <summary>Gradient of the input; −1 where nobody asks for it.</summary>
    public int InputGradient { get; init; } = -1;

    /// <summary>These offsets, which are those of one sample, in a block of several.</summary>
    /// <param name="samples">Samples of the block.</param>
    /// <param name="inputGradient">Whether anybody asks for the gradient of the input.</param>
    public WeightlessOffsets For(int samples, bool inputGradient = true) => this with
    {
        Input = PerSample.Times(Input, samples),
        Output = PerSample.Times(Output, samples),
        Mask = PerSample.Times(Mask, samples),
        OutputGradient = PerSample.Times(OutputGradient, samples),
        InputGradient = inputGradient ? PerSample.Times(InputGradient, samples) : -1,
    };
}
