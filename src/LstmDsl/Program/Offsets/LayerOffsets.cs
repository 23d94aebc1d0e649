using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// A layer's activity regulariser, and where it finds the output in the activation block, in elements. The penalty is divided by the
/// samples of the whole batch, whatever the number of timesteps.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ActivityPenalty
{
    /// <summary>The layer's output, (timesteps, n, units) or (n, units).</summary>
    public required int Output { get; init; }

    /// <summary>Gradient of the output; −1 in a prediction.</summary>
    public required int OutputGradient { get; init; }

    /// <summary>Values of the output.</summary>
    public required int Length { get; init; }

    /// <summary>What they cost.</summary>
    public required Regularizer Regularizer { get; init; }

    /// <summary>These offsets, which are those of one sample, in a block of several.</summary>
    /// <param name="samples">Samples of the block.</param>
    public ActivityPenalty For(int samples) => this with
    {
        Output = PerSample.Times(Output, samples),
        OutputGradient = PerSample.Times(OutputGradient, samples),
        Length = PerSample.Times(Length, samples),
    };
}

/// <summary>Where a dense layer finds its tensors, in elements; see <see cref="RecurrentOffsets"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DenseOffsets
{
    /// <summary>A layer whose gradients nobody asks for.</summary>
    public DenseOffsets()
    {
    }

    /// <summary>Kernel, (inputs, units).</summary>
    public required int Kernel { get; init; }

    /// <summary>Bias, (units); −1 without one.</summary>
    public required int Bias { get; init; }

    /// <summary>Input, (rows, inputs).</summary>
    public required int Input { get; init; }

    /// <summary>Output after the activation, (rows, units).</summary>
    public required int Output { get; init; }

    /// <summary>Gradient of the output, (rows, units); after the backward pass that of the pre-activations.</summary>
    public int OutputGradient { get; init; } = -1;

    /// <summary>Gradient of the input, (rows, inputs); −1 where nobody asks for it.</summary>
    public int InputGradient { get; init; } = -1;

    /// <summary>These offsets, which are those of one sample, in a block of several.</summary>
    /// <param name="samples">Samples of the block.</param>
    /// <param name="inputGradient">Whether anybody asks for the gradient of the input.</param>
    public DenseOffsets For(int samples, bool inputGradient = true) => this with
    {
        Input = PerSample.Times(Input, samples),
        Output = PerSample.Times(Output, samples),
        OutputGradient = PerSample.Times(OutputGradient, samples),
        InputGradient = inputGradient ? PerSample.Times(InputGradient, samples) : -1,
    };
}
