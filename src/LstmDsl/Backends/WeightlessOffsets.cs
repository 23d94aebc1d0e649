using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>Where a layer without weights finds its tensors in the activation block, in elements; see <see cref="LstmOffsets"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WeightlessOffsets
{
    /// <summary>Input.</summary>
    public required int Input { get; init; }

    /// <summary>Output.</summary>
    public required int Output { get; init; }

    /// <summary>Gradient of the output.</summary>
    public int OutputGradient { get; init; }

    /// <summary>Gradient of the input; −1 where nobody asks for it.</summary>
    public int InputGradient { get; init; }
}
