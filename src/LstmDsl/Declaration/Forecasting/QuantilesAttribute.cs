namespace LstmDsl;

/// <summary>
/// Asks for quantiles of each target instead of one number: bands. They are trained by the mean pinball loss and never cross; a forecast has a
/// property for each, <c>P10</c> for 0.1 and <c>P2_5</c> for 0.025, and reads as its median.
/// </summary>
/// <param name="levels">The levels, rising, between 0 and 1, 0.5 among them: 0.1, 0.5, 0.9.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class QuantilesAttribute(params double[] levels) : Attribute
{
    /// <summary>The levels.</summary>
    public IReadOnlyList<double> Levels { get; } = levels;
}
