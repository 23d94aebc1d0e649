using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Keras's <c>VarianceScaling</c>, of which the initializers named after Glorot, He and LeCun are forms: mean 0, variance scale / fan.
/// </summary>
/// <param name="Scale">The variance times the fan.</param>
/// <param name="Mode">Which fan.</param>
/// <param name="Distribution">What is drawn.</param>
internal readonly record struct VarianceScaling(double Scale, FanMode Mode, WeightDistribution Distribution)
{
    /// <summary>
    /// The deviation that is left of a standard normal distribution when it is cut off at two deviations: √(1 − 4φ(2) / (2Φ(2) − 1)),
    /// with the digits that Keras has.
    /// </summary>
    private const double DeviationAfterTheCut = 0.87962566103423978;

    /// <summary>The form that an initializer is of; null where it is none.</summary>
    public static VarianceScaling? Of(Initializer initializer) => initializer.Kind switch
    {
        Init.VarianceScaling => new(initializer.Scale, initializer.Mode, initializer.Distribution),
        Init.GlorotUniform => new(1, FanMode.FanAvg, WeightDistribution.Uniform),
        Init.GlorotNormal => new(1, FanMode.FanAvg, WeightDistribution.TruncatedNormal),
        Init.HeUniform => new(2, FanMode.FanIn, WeightDistribution.Uniform),
        Init.HeNormal => new(2, FanMode.FanIn, WeightDistribution.TruncatedNormal),
        Init.LecunUniform => new(1, FanMode.FanIn, WeightDistribution.Uniform),
        Init.LecunNormal => new(1, FanMode.FanIn, WeightDistribution.TruncatedNormal),
        _ => null,
    };

    /// <summary>Half the width of the uniform distribution for a tensor: √(3 · variance).</summary>
    public double Limit(TensorSlot slot) => Math.Sqrt(3 * Scale / Fan(slot));

    /// <summary>The deviation of the normal distribution for a tensor; before the cut, where there is one.</summary>
    public double Deviation(TensorSlot slot) =>
        Math.Sqrt(Scale / Fan(slot)) / (Distribution == WeightDistribution.TruncatedNormal ? DeviationAfterTheCut : 1);

    /// <summary>A vector counts its length as either fan, and a convolution its window with both, as in Keras; heads count as one matrix.</summary>
    private double Fan(TensorSlot slot)
    {
        double fanIn = slot.IsVector ? slot.Columns : slot.Rows;
        var fanOut = (double)slot.Columns * Math.Max(slot.Window, 1);
        return Mode switch
        {
            FanMode.FanIn => fanIn,
            FanMode.FanOut => fanOut,
            _ => (fanIn + fanOut) / 2,
        };
    }
}
