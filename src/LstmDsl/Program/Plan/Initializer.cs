using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>How a tensor starts. An argument that the kind does not take means nothing.</summary>
/// <param name="Kind">The initializer.</param>
/// <param name="Value">The value of <see cref="Init.Constant"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Initializer(Init Kind, double Value = InitDefaults.Value)
{
    /// <summary>Mean of a normal distribution.</summary>
    public double Mean { get; init; } = InitDefaults.Mean;

    /// <summary>Standard deviation of a normal distribution, before it is cut off.</summary>
    public double StdDev { get; init; } = InitDefaults.StdDev;

    /// <summary>Where a uniform distribution begins.</summary>
    public double MinValue { get; init; } = InitDefaults.MinValue;

    /// <summary>Where a uniform distribution ends.</summary>
    public double MaxValue { get; init; } = InitDefaults.MaxValue;

    /// <summary>Variance times fan of <see cref="Init.VarianceScaling"/>.</summary>
    public double Scale { get; init; } = InitDefaults.Scale;

    /// <summary>Factor of an orthogonal or identity matrix.</summary>
    public double Gain { get; init; } = InitDefaults.Gain;

    /// <summary>Fan of <see cref="Init.VarianceScaling"/>.</summary>
    public FanMode Mode { get; init; } = InitDefaults.Mode;

    /// <summary>What <see cref="Init.VarianceScaling"/> draws.</summary>
    public WeightDistribution Distribution { get; init; } = InitDefaults.Distribution;

    /// <summary>First of the columns that start at one whatever the kind (an LSTM's forget gate).</summary>
    public int OnesFrom { get; init; }

    /// <summary>How many columns start at one whatever the kind.</summary>
    public int OnesCount { get; init; }
}
