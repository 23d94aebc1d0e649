namespace LstmDsl.Generators;

/// <summary>A layer without weights, whose kernel reads one tensor and writes another.</summary>
internal abstract record WeightlessSpec : LayerSpec
{
    public override string OffsetsKind => "Weightless";

    public override int OutputWidth(int timesteps, int width) => width;
}

/// <summary>An activation as a layer of its own, or one that its layer's kernel cannot apply in place.</summary>
internal sealed record ActivationSpec : WeightlessSpec
{
    /// <summary>The slope of Keras's leaky relu by its name.</summary>
    public const double UsualSlope = 0.2;

    /// <summary>The activation.</summary>
    public required Activation Activation { get; init; }

    /// <summary>The slope of a leaky relu where x is negative.</summary>
    public double NegativeSlope { get; init; } = UsualSlope;

    /// <summary>Whether the slope, which is computed with as a float, is not the one that the activation has by its name.</summary>
    public bool HasOwnSlope => (float)NegativeSlope != (float)UsualSlope;

    public override bool Streams => true;

    public override bool CarriesMask => true;

    public override string RuntimeKind => "Activation";
}

/// <summary>Dropout, as a layer of its own or of a recurrent layer's input.</summary>
internal sealed record DropoutSpec : WeightlessSpec
{
    /// <summary>The part that is set to zero.</summary>
    public required double Rate { get; init; }

    /// <summary>Whether all timesteps share one mask.</summary>
    public required bool SameOverTime { get; init; }

    public override bool Streams => true;

    public override bool IsIdentityInPrediction => true;

    public override bool CanAddInputGradient => true;

    public override bool CarriesMask => true;

    public override string RuntimeKind => "Dropout";
}

/// <summary>Marks padding.</summary>
internal sealed record MaskingSpec : WeightlessSpec
{
    /// <summary>What padding consists of.</summary>
    public required double MaskValue { get; init; }

    public override bool NeedsSequence => true;

    public override bool MakesMask => true;

    public override bool UsesMask => true;

    public override string RuntimeKind => "Masking";
}

/// <summary>Lays all timesteps side by side.</summary>
internal sealed record FlattenSpec : UnfoldSpec
{
    public override int Window(int timesteps) => Math.Max(timesteps, 1);

    public override int Stride => 1;

    public override int OutputTimesteps(int timesteps) => 0;
}

/// <summary>Gives its input at every one of so many timesteps.</summary>
internal sealed record RepeatSpec : UnfoldSpec
{
    /// <summary>How many.</summary>
    public required int Count { get; init; }

    public override int Window(int timesteps) => 1;

    public override int Stride => 0;

    public override int OutputTimesteps(int timesteps) => Count;
}

/// <summary>Lays the windows of a convolution side by side, for its product.</summary>
internal sealed record WindowsSpec : UnfoldSpec
{
    /// <summary>The windows.</summary>
    public required SlidingWindow Sliding { get; init; }

    public override bool NeedsSequence => true;

    public override int Window(int timesteps) => Sliding.Size;

    public override int Stride => Sliding.Stride;

    public override int Dilation => Sliding.Dilation;

    public override int PaddingBefore(int timesteps) => Sliding.PaddingBefore(timesteps);

    public override int OutputTimesteps(int timesteps) => Sliding.Outputs(timesteps);
}

/// <summary>Lays timesteps side by side.</summary>
internal abstract record UnfoldSpec : WeightlessSpec
{
    /// <summary>Distance of the windows.</summary>
    public abstract int Stride { get; }

    /// <summary>Distance of the timesteps within a window.</summary>
    public virtual int Dilation => 1;

    public override string RuntimeKind => "Unfold";

    /// <summary>Timesteps of a window.</summary>
    public abstract int Window(int timesteps);

    /// <summary>How many timesteps the first window begins before the input.</summary>
    public virtual int PaddingBefore(int timesteps) => 0;

    public override int OutputWidth(int timesteps, int width) => unchecked(Window(timesteps) * width);
}

/// <summary>Pools windows of timesteps, or all of them.</summary>
internal sealed record PoolingSpec : WeightlessSpec
{
    /// <summary>Whether the largest value is taken, not the mean.</summary>
    public required bool TakesMaximum { get; init; }

    /// <summary>The windows; null for one over all timesteps.</summary>
    public required SlidingWindow? Sliding { get; init; }

    public override bool NeedsSequence => true;

    public override bool UsesMask => !TakesMaximum && Sliding is null;

    public override string RuntimeKind => "Pooling";

    public override int OutputTimesteps(int timesteps) => Sliding?.Outputs(timesteps) ?? 0;
}

/// <summary>A window that slides over time.</summary>
/// <param name="Size">Timesteps that it holds.</param>
/// <param name="Stride">How far it moves.</param>
/// <param name="Dilation">Distance of its timesteps.</param>
/// <param name="Padding">What happens at the ends.</param>
internal sealed record SlidingWindow(int Size, int Stride, int Dilation, Padding Padding)
{
    /// <summary>Timesteps from its first to its last.</summary>
    public long Reach => ((Size - 1L) * Dilation) + 1;

    /// <summary>Places of the window over so many timesteps; none where it does not fit.</summary>
    public int Outputs(int timesteps) => Padding == Padding.Valid
        ? (int)Math.Max(((timesteps - Reach) / Stride) + (timesteps >= Reach ? 1 : 0), 0)
        : (timesteps + Stride - 1) / Stride;

    /// <summary>How many timesteps the first place lies before the input: of what all places need beyond it, half, rounded down.</summary>
    public int PaddingBefore(int timesteps) => Padding switch
    {
        Padding.Causal => (int)(Reach - 1),
        Padding.Same => (int)(Math.Max(((Outputs(timesteps) - 1L) * Stride) + Reach - timesteps, 0) / 2),
        _ => 0,
    };
}
