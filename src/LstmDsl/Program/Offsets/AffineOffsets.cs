using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>Where a layer that maps each feature by two numbers finds its tensors, in elements; see <see cref="RecurrentOffsets"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AffineOffsets
{
    /// <summary>Addends, (units) or a single one; −1 where they are constants.</summary>
    public required int Mean { get; init; }

    /// <summary>Factors, given as variances, (units) or a single one; −1 where they are constants.</summary>
    public required int Variance { get; init; }

    /// <summary>Input, (rows, units).</summary>
    public required int Input { get; init; }

    /// <summary>Output, (rows, units).</summary>
    public required int Output { get; init; }

    /// <summary>Gradient of the output, (rows, units).</summary>
    public int OutputGradient { get; init; }

    /// <summary>Gradient of the input, (rows, units); −1 where nobody asks for it.</summary>
    public int InputGradient { get; init; }
}
