using System.Globalization;

namespace LstmDsl;

/// <summary>
/// Windows over rows that are held once: window i takes the rows <c>Starts[i] + t·SamplingRate</c>, and its target is the
/// <c>TargetLength</c> values from <c>TargetStarts[i]</c>. Arrays of samples are the case in which windows do not overlap.
/// </summary>
internal sealed record BatchSource
{
    /// <summary>Rows of values in the network's units, (rows, features).</summary>
    public required FloatRows Rows { get; init; }

    /// <summary>Values in a row.</summary>
    public required int Features { get; init; }

    /// <summary>Rows in a window.</summary>
    public required int Timesteps { get; init; }

    /// <summary>Rows from one timestep to the next.</summary>
    public int SamplingRate { get; init; } = 1;

    /// <summary>First row of each window.</summary>
    public required Places<int> Starts { get; init; }

    /// <summary>
    /// What samples are put together of, where a sample is more than rows of <see cref="Rows"/>: several inputs, each row-major after the one
    /// before, or windows with scales of their own. Null where it is not.
    /// </summary>
    public SampleParts? Parts { get; init; }

    /// <summary>The values that targets are cut from; null where there are none.</summary>
    public FloatRows? Targets { get; init; }

    /// <summary>Where each window's target starts, in values.</summary>
    public Places<long> TargetStarts { get; init; } = [];

    /// <summary>Values of one target.</summary>
    public int TargetLength { get; init; }

    /// <summary>Shape of one target; empty for a single number without an axis.</summary>
    public int[] TargetShape { get; init; } = [];

    /// <summary>Timesteps of one target behind a window, of which a model's vector holds all: 1 unless several are forecast at once.</summary>
    public int TargetSteps { get; init; } = 1;

    /// <summary>What each window weighs, <see cref="WeightsPerWindow"/> after each other; null where all weigh 1.</summary>
    public double[]? Weights { get; init; }

    /// <summary>1, or a weight for each timestep of the target.</summary>
    public int WeightsPerWindow { get; init; } = 1;

    /// <summary>Number of windows.</summary>
    public int Count => Starts.Count;

    /// <summary>One sample, row-major.</summary>
    /// <param name="window">Which.</param>
    /// <param name="destination">Takes its values.</param>
    public void Copy(int window, Span<float> destination)
    {
        if (Parts is not null)
        {
            Parts.Copy(Starts[window], destination);
            return;
        }

        long row = Starts[window];
        for (var timestep = 0; timestep < Timesteps; timestep++, row += SamplingRate)
            Rows.Slice(row * Features, Features).CopyTo(destination[(timestep * Features)..]);
        GC.KeepAlive(this);
    }

    /// <summary>
    /// Takes samples as they are: inputs (samples, timesteps, features), or (samples, timesteps) of one feature, and targets of any rank,
    /// as many of them.
    /// </summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets; null for none.</param>
    /// <param name="xName">What messages call the inputs.</param>
    /// <param name="yName">What messages call the targets.</param>
    /// <exception cref="ArgumentException">There are no samples, shapes do not fit, or a value is not finite.</exception>
    public static BatchSource FromArrays(Samples x, Samples? y, string xName = "x", string yName = "y")
    {
        if (x.Count == 0) throw new ArgumentException("There are no samples.", xName);
        if (x.Rank < 2)
        {
            throw new ArgumentException(
                $"The inputs' shape is {x.ShapeText}; "
                + "expected (samples, timesteps, features), or (samples, timesteps) for one feature.", xName);
        }
        int timesteps = x.Shape[1], features = x.Rank == 3 ? x.Shape[2] : 1;
        if (timesteps == 0 || features == 0)
        {
            throw new ArgumentException($"The inputs' shape is {x.ShapeText}; no axis may be empty.", xName);
        }
        if (y is { } given && given.Count != x.Count)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Found {Counted.Of(x.Count, "sample")}, but {Counted.Of(given.Count, "target")}, of shape {given.ShapeText}."), yName);
        }
        int[] targetShape = y is { } targets ? [.. targets.Shape.Skip(1)] : [];
        var targetLength = y is null ? 0 : targetShape.Aggregate(1, (product, length) => product * length);
        return new BatchSource
        {
            Rows = x.ToFiniteArray(xName),
            Features = features,
            Timesteps = timesteps,
            Starts = new(0, timesteps, x.Count),
            Targets = y?.ToFiniteArray(yName) is { } values ? new FloatRows(values) : null,
            TargetStarts = y is null ? [] : new(0, targetLength, x.Count),
            TargetLength = targetLength,
            TargetShape = targetShape,
        };
    }
}
