using System.Globalization;

namespace LstmDsl;

/// <summary>
/// One column's way from raw values to the network's, with its numbers: z = (f(x) − center) / spread, where f is what the
/// <see cref="Scaling"/> says (the value itself, or a logarithm); and its exact inverse, which rises with z.
/// </summary>
public sealed record ColumnScaling
{
    /// <summary>Takes what was measured on the training part.</summary>
    /// <param name="kind">Which scaling.</param>
    /// <param name="center">What becomes 0: the mean, or the minimum; of logarithms where the scaling takes them.</param>
    /// <param name="spread">What becomes 1 more: the standard deviation, or maximum − minimum; positive.</param>
    /// <exception cref="ArgumentException">
    /// A number is not finite, the spread is not positive, or the scaling is none and the numbers are not 0 and 1.
    /// </exception>
    public ColumnScaling(Scaling kind, double center = 0, double spread = 1)
    {
        if (!Enum.IsDefined(kind))
            throw new ArgumentOutOfRangeException(nameof(kind), kind, $"Choose one of {string.Join(", ", Enum.GetNames<Scaling>())}.");
        if (!double.IsFinite(center))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The center is {center}; expected a finite number."), nameof(center));
        }
        if (!double.IsFinite(spread) || spread <= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The spread is {spread}; expected a positive, finite number."), nameof(spread));
        }
        if (kind == Scaling.None && (center != 0 || spread != 1))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Found the center {center} and the spread {spread} with {nameof(Scaling)}.{nameof(Scaling.None)}, which takes values as they "
                + $"are; leave them out, or take {nameof(Scaling)}.{nameof(Scaling.Standard)}."), nameof(kind));
        }
        Kind = kind;
        Center = center;
        Spread = spread;
    }

    /// <summary>Values as they are.</summary>
    public static ColumnScaling None { get; } = new(Scaling.None);

    /// <summary>Which scaling.</summary>
    public Scaling Kind { get; }

    /// <summary>What becomes 0: the mean, or the minimum; of logarithms where the scaling takes them.</summary>
    public double Center { get; }

    /// <summary>
    /// What becomes 1 more: the population standard deviation, or maximum − minimum; of logarithms where the scaling takes them. 1 where the
    /// column is constant.
    /// </summary>
    public double Spread { get; }

    /// <summary>Whether values stay as they are.</summary>
    internal bool IsIdentity => !TakesLogarithm && Center == 0 && Spread == 1;

    /// <summary>Whether nothing but the numbers counts, whatever it is called.</summary>
    private bool IsAffine => Kind is Scaling.Standard or Scaling.MinMax or Scaling.None;

    /// <summary>Whether a logarithm comes first.</summary>
    internal bool TakesLogarithm => Kind is Scaling.Log or Scaling.Log1p;

    /// <summary>Values up to this one have no logarithm; null where all may be scaled.</summary>
    internal double? LeastExcluded => Kind switch { Scaling.Log => 0, Scaling.Log1p => -1, _ => null };

    /// <summary>A raw value in the network's units; not finite where its logarithm is not.</summary>
    /// <param name="value">The raw value.</param>
    public double Apply(double value) => (Curve(Kind, value) - Center) / Spread;

    /// <summary>A raw value in the network's units before its center is taken away: what its rounding errors go by.</summary>
    internal double BeforeCentering(double value) => Curve(Kind, value) / Spread;

    /// <summary>A value in the network's units as a raw one.</summary>
    /// <param name="value">The value in the network's units.</param>
    public double Invert(double value)
    {
        var curved = value * Spread + Center;
        return Kind switch
        {
            Scaling.Log => Math.Exp(curved),
            Scaling.Log1p => ExpLess1(curved),
            _ => curved,
        };
    }

    /// <summary>What a scaling does before it subtracts and divides.</summary>
    internal static double Curve(Scaling kind, double value) => kind switch
    {
        Scaling.Log => Math.Log(value),
        Scaling.Log1p => LogOf1More(value),
        _ => value,
    };

    /// <summary>The first difference from another, in words; null where both map every value alike.</summary>
    internal string? FirstDifference(ColumnScaling other, string column)
    {
        if (MapsAs(other)) return null;
        if (Kind != other.Kind) return $"the scaling of column '{column}' is {Kind}, the other's {other.Kind}";
        var (center, spread) = Kind == Scaling.MinMax ? ("minimum", "range") : ("mean", "scale");
        return Center != other.Center
            ? FormattableString.Invariant($"the {center} of column '{column}' is {Center}, the other's {other.Center}")
            : FormattableString.Invariant($"the {spread} of column '{column}' is {Spread}, the other's {other.Spread}");
    }

    /// <summary>Whether another maps every value alike, whatever it is called.</summary>
    internal bool MapsAs(ColumnScaling other) =>
        Center == other.Center && Spread == other.Spread && (Kind == other.Kind || (IsAffine && other.IsAffine));

    /// <summary>What it does, in words.</summary>
    internal string Describe() => Kind switch
    {
        Scaling.WindowMean => $"by each window's own mean and spread ({Standardised()} first)",
        Scaling.WindowLast => $"by each window's last value and spread ({Standardised()} first)",
        Scaling.Difference => $"changes from row to row, scale {TimeSeriesText.Number(Spread)}",
        Scaling.Seasonal => $"changes from a season before, scale {TimeSeriesText.Number(Spread)}",
        _ when IsIdentity => "as it is",
        Scaling.MinMax => $"{TimeSeriesText.Number(Center)} becomes 0, {TimeSeriesText.Number(Center + Spread)} becomes 1",
        Scaling.Log => "logarithm " + Standardised(),
        Scaling.Log1p => "logarithm of 1 + x " + Standardised(),
        _ => Standardised(),
    };

    private string Standardised() => $"standardised, mean {TimeSeriesText.Number(Center)}, scale {TimeSeriesText.Number(Spread)}";

    // ln(1 + x) without the digits that 1 + x loses (Kahan; Goldberg, 1991, theorem 4).
    private static double LogOf1More(double x)
    {
        var more = 1 + x;
        return more == 1 || double.IsPositiveInfinity(more) ? x : Math.Log(more) * x / (more - 1);
    }

    // exp(x) − 1, likewise (Higham, Accuracy and Stability of Numerical Algorithms, section 1.14.1).
    private static double ExpLess1(double x)
    {
        var power = Math.Exp(x);
        if (power == 1) return x;
        var less = power - 1;
        return less == -1 || double.IsPositiveInfinity(power) ? less : less * x / Math.Log(power);
    }
}
