using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>Where an attention layer finds its tensors, in elements; −1 for one that it does not have. See <see cref="RecurrentOffsets"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AttentionOffsets
{
    /// <summary>A layer without weights whose gradients nobody asks for.</summary>
    public AttentionOffsets()
    {
    }

    /// <summary>What scores are scaled by, one weight or (key units).</summary>
    public int Scale { get; init; } = -1;

    /// <summary>What the sum of tanh is multiplied by, one weight.</summary>
    public int ConcatScoreWeight { get; init; } = -1;

    /// <summary>The query, (query timesteps, n, heads · key units).</summary>
    public required int Input { get; init; }

    /// <summary>The values, (timesteps, n, heads · units).</summary>
    public required int Second { get; init; }

    /// <summary>The keys, (timesteps, n, heads · key units).</summary>
    public required int Third { get; init; }

    /// <summary>Which timesteps of the query count, (query timesteps, n); for the others see <see cref="IAttentionShape.ZeroesPadding"/>.</summary>
    public int Mask { get; init; } = -1;

    /// <summary>Which timesteps of the values count, (timesteps, n); the others have no weight.</summary>
    public int SecondMask { get; init; } = -1;

    /// <summary>Which timesteps of the keys count, (timesteps, n), where those that do not have no weight either.</summary>
    public int ThirdMask { get; init; } = -1;

    /// <summary>
    /// The weights of the means, (query timesteps, n, heads, timesteps), or (n, heads, timesteps) where <see cref="KeptStride"/> is 0, as in a
    /// prediction.
    /// </summary>
    public required int Kept { get; init; }

    /// <summary>Values that a head takes of the weights at a timestep of the query: timesteps, or 0 where one place serves all of these.</summary>
    public int KeptStride { get; init; }

    /// <summary>Output, (query timesteps, n, heads · units).</summary>
    public required int Output { get; init; }

    /// <summary>Gradient of the output.</summary>
    public int OutputGradient { get; init; } = -1;

    /// <summary>Takes the gradients of the scores, (query timesteps, n, heads, timesteps).</summary>
    public int ScoreGradients { get; init; } = -1;

    /// <summary>Gradient of the query; −1 where nobody asks for it.</summary>
    public int InputGradient { get; init; } = -1;

    /// <summary>Gradient of the values; −1 where nobody asks for it.</summary>
    public int SecondGradient { get; init; } = -1;

    /// <summary>Gradient of the keys; −1 where nobody asks for it.</summary>
    public int ThirdGradient { get; init; } = -1;

    /// <summary>These offsets, which are those of one sample, in a block of several.</summary>
    /// <param name="samples">Samples of the block.</param>
    /// <param name="inputGradient">Whether anybody asks for the gradient of the query.</param>
    /// <param name="secondGradient">Whether anybody asks for the gradient of the values.</param>
    /// <param name="thirdGradient">Whether anybody asks for the gradient of the keys.</param>
    public AttentionOffsets For(int samples, bool inputGradient = true, bool secondGradient = true, bool thirdGradient = true) => this with
    {
        Input = PerSample.Times(Input, samples),
        Second = PerSample.Times(Second, samples),
        Third = PerSample.Times(Third, samples),
        Mask = PerSample.Times(Mask, samples),
        SecondMask = PerSample.Times(SecondMask, samples),
        ThirdMask = PerSample.Times(ThirdMask, samples),
        Kept = PerSample.Times(Kept, samples),
        Output = PerSample.Times(Output, samples),
        OutputGradient = PerSample.Times(OutputGradient, samples),
        ScoreGradients = PerSample.Times(ScoreGradients, samples),
        InputGradient = inputGradient ? PerSample.Times(InputGradient, samples) : -1,
        SecondGradient = secondGradient ? PerSample.Times(SecondGradient, samples) : -1,
        ThirdGradient = thirdGradient ? PerSample.Times(ThirdGradient, samples) : -1,
    };
}
