namespace LstmDsl;

/// <summary>
/// Windows over rows that are held once: window i takes the rows <c>Starts[i] + t·SamplingRate</c>, and its target is the
/// <c>TargetLength</c> values from <c>TargetOffsets[i]</c>. Arrays of samples are the case in which windows do not overlap.
/// </summary>
internal sealed class BatchSource
{
    /// <summary>Rows of values in the network's units, (rows, features).</summary>
    public required float[] Rows { get; init; }

    /// <summary>Values in a row.</summary>
    public required int Features { get; init; }

    /// <summary>Rows in a window.</summary>
    public required int Timesteps { get; init; }

    /// <summary>Rows from one timestep to the next.</summary>
    public int SamplingRate { get; init; } = 1;

    /// <summary>First row of each window.</summary>
    public required int[] Starts { get; init; }

    /// <summary>The values that targets are cut from; null where there are none.</summary>
    public float[]? Targets { get; init; }

    /// <summary>Where each window's target starts, in values.</summary>
    public int[] TargetOffsets { get; init; } = [];

    /// <summary>Values of one target.</summary>
    public int TargetLength { get; init; }

    /// <summary>Number of windows.</summary>
    public int Count => Starts.Length;
}
