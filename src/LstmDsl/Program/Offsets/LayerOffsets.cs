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
}

/// <summary>Where a dense layer finds its tensors, in elements; see <see cref="RecurrentOffsets"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DenseOffsets
{
    /// <summary>Kernel, (inputs, units).</summary>
    public required int Kernel { get; init; }

    /// <summary>Bias, (units); −1 without one.</summary>
    public required int Bias { get; init; }

    /// <summary>Input, (rows, inputs).</summary>
    public required int Input { get; init; }

    /// <summary>Output after the activation, (rows, units).</summary>
    public required int Output { get; init; }

    /// <summary>Gradient of the output, (rows, units); after the backward pass that of the pre-activations.</summary>
    public int OutputGradient { get; init; }

    /// <summary>Gradient of the input, (rows, inputs); −1 where nobody asks for it.</summary>
    public int InputGradient { get; init; }
}
