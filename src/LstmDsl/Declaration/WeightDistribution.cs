namespace LstmDsl;

/// <summary>What <see cref="Init.VarianceScaling"/> draws, by Keras's name; each with the same variance.</summary>
public enum WeightDistribution
{
    /// <summary>Uniform on ±√(3 · variance).</summary>
    Uniform,

    /// <summary>Normal, cut off at two deviations; the deviation before the cut is larger by as much as the cut takes away.</summary>
    TruncatedNormal,

    /// <summary>Normal.</summary>
    UntruncatedNormal,
}
