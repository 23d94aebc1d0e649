using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// Where the outputs of two recurrent layers that read one input, forwards and backwards, and what is made of them lie in the activation
/// block, in elements; see <see cref="RecurrentOffsets"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MergeOffsets
{
    /// <summary>Output of the forward layer, (timesteps, n, units).</summary>
    public required int Input { get; init; }

    /// <summary>Output of the backward layer in the order of its processing, (timesteps, n, units).</summary>
    public required int Second { get; init; }

    /// <summary>Output, (timesteps, n, units), or (timesteps, n, 2·units) of the two side by side.</summary>
    public required int Output { get; init; }

    /// <summary>Gradient of the output.</summary>
    public int OutputGradient { get; init; }

    /// <summary>Gradient of the forward layer's output.</summary>
    public int InputGradient { get; init; }

    /// <summary>Gradient of the backward layer's output, in the order of its processing.</summary>
    public int SecondGradient { get; init; }
}
