using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// A gradient that is added to that of the same output from another of its readers: where both lie in the activation block, in elements.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GradientSum
{
    /// <summary>What is added.</summary>
    public required int From { get; init; }

    /// <summary>What it is added to.</summary>
    public required int To { get; init; }

    /// <summary>Values of each.</summary>
    public required int Length { get; init; }

    /// <summary>These offsets, which are those of one sample, in a block of several.</summary>
    /// <param name="samples">Samples of the block.</param>
    public GradientSum For(int samples) => new()
    {
        From = PerSample.Times(From, samples),
        To = PerSample.Times(To, samples),
        Length = PerSample.Times(Length, samples),
    };
}
