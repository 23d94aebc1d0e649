using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Exponential (also less one), hyperbolic tangent, logistic and error function and logarithms over vectors of floats. Each is within 4 ulp
/// of the exact value over the whole finite range, wherever that value is a normal number (a test sweeps the floats and finds at most
/// 2.71). Every lane of every width gives the same bits.
/// </summary>
/// <remarks>
/// All that hold an exponential stand on one reduction (Cody and Waite, 1980): x = n·ln 2 + r with whole n and |r| ≤ ½·ln 2, so that eˣ =
/// 2ⁿ·eʳ. ln 2 is the sum of two floats; with fused multiply-adds r carries one rounding. Then eʳ − 1 = r + r²·P(r), where P has degree 4
/// and was fitted by a Remez exchange for the smallest error relative to eʳ − 1; rounded to floats its error is below 2⁻²⁵·⁷ on
/// |r| ≤ 0.3473. The quotients are divisions: an estimate from the number's bits with three Newton steps, and polynomials in pairs of terms
/// beside it, have the shorter chain but more instructions, and ran no faster in a layer's cells.
/// </remarks>
internal static class VectorMath
{
    private const double LogOfTwoHigh = 0.6931471824645996;
    private const double LogOfTwoLow = -1.9046542121259336e-09;
    // P, from the constant term up.
    private const double P0 = 0.5;
    private const double P1 = 0.1666654348373413;
    private const double P2 = 0.04166628420352936;
    private const double P3 = 0.00836658850312233;
    private const double P4 = 0.0013946444960311055;
    // Q of the logarithm, from the constant term up.
    private const double Q0 = 3.3333331174e-1;
    private const double Q1 = -2.4999993993e-1;
    private const double Q2 = 2.0000714765e-1;
    private const double Q3 = -1.6668057665e-1;
    private const double Q4 = 1.4249322787e-1;
    private const double Q5 = -1.2420140846e-1;
    private const double Q6 = 1.1676998740e-1;
    private const double Q7 = -1.1514610310e-1;
    private const double Q8 = 7.0376836292e-2;
    private const double InverseLogOfTwo = 1.4426950216293335;

    /// <summary>
    /// 1.5·2²³ + 127. A sum with it is so large that its last bit counts ones: adding rounds to a whole number n, and the sum's
    /// low bits are n + 127, the exponent field of 2ⁿ.
    /// </summary>
    private const double Rounder = 12583039;

    /// <summary>
    /// eˣ. Above 88.72 infinite; below −87.3 the result is subnormal and rounds to a neighbour of the exact value, below −104 it is 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Exp<TLanes>(TLanes x) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        // Beyond these bounds nothing changes any more, and n stays small enough for two factors.
        x = Clamp(x, -105, 90);
        var rounded = RoundedQuotient(x);
        var n = rounded - TLanes.Constant(Rounder);
        var exponential = TLanes.Constant(1) + ReducedExpMinusOne(Remainder(x, n));

        // 2ⁿ itself may lie outside the floats where the result does not (n = 128), or the result be subnormal: two factors of 2^(n/2).
        var half = TLanes.MultiplyAdd(n, TLanes.Constant(0.5), TLanes.Constant(Rounder));
        var otherHalf = n - (half - TLanes.Constant(Rounder)) + TLanes.Constant(Rounder);
        return exponential * TLanes.LowBitsToExponent(half) * TLanes.LowBitsToExponent(otherHalf);
    }

    /// <summary>
    /// eˣ − 1 = 2·(h·(eʳ − 1) + h − ½) with h = 2ⁿ⁻¹, which keeps its relative precision down to the smallest x, where h = ½. Above 88.72
    /// infinite, below −17.4 it is −1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ExpMinusOne<TLanes>(TLanes x) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        x = Clamp(x, -30, 88.8);
        var rounded = RoundedQuotient(x);
        var half = TLanes.LowBitsToExponent(rounded - TLanes.Constant(1));
        var reduced = ReducedExpMinusOne(Remainder(x, rounded - TLanes.Constant(Rounder)));
        return TLanes.MultiplyAdd(half, reduced, half - TLanes.Constant(0.5)) * TLanes.Constant(2);
    }

    /// <summary>
    /// The error function by two fitted polynomials (N. Juffa's): x + x·P(x²) near 0, else 1 − e^Q(|x|) with the sign of x. From |x| = 4 on
    /// the result is ±1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Erf<TLanes>(TLanes x) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var magnitude = TLanes.AtMost(TLanes.Abs(x), TLanes.Constant(5));
        var square = magnitude * magnitude;

        var p = TLanes.MultiplyAdd(TLanes.Constant(-5.96761703e-4), square, TLanes.Constant(4.99119423e-3));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(-2.67681349e-2));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(1.12819925e-1));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(-3.76125336e-1));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(1.28379166e-1));
        var near = TLanes.MultiplyAdd(p, x, x);

        var q = TLanes.MultiplyAdd(TLanes.Constant(-1.72853470e-5), magnitude, TLanes.Constant(3.83197126e-4));
        var r = TLanes.MultiplyAdd(TLanes.Constant(-3.88396438e-3), magnitude, TLanes.Constant(2.42546219e-2));
        q = TLanes.MultiplyAdd(q, square, r);
        q = TLanes.MultiplyAdd(q, magnitude, TLanes.Constant(-1.06777877e-1));
        q = TLanes.MultiplyAdd(q, magnitude, TLanes.Constant(-6.34846687e-1));
        q = TLanes.MultiplyAdd(q, magnitude, TLanes.Constant(-1.28717512e-1));
        q = TLanes.MultiplyAdd(q, magnitude, TLanes.Zero - magnitude);
        var far = TLanes.CopySign(TLanes.Constant(1) - Exp(q), x);
        return TLanes.WhereGreater(magnitude, TLanes.Constant(0.927734375), far, near);
    }

    /// <summary>
    /// tanh x = H / (H + 1) with H = (e^{2|x|} − 1) / 2, and the sign of x. With 2|x| = n·ln 2 + 2s, H is put together as
    /// 2ⁿ·h + (2ⁿ − 1)/2 with h = (e^{2s} − 1)/2 = s + s²·2P(2s), which keeps its relative precision down to the smallest x, where n = 0.
    /// One float of ln 2 is enough: n times its error, 1.9e-9, is nothing beside an ulp of H. From |x| = 9.02 on the result is ±1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Tanh<TLanes>(TLanes x) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var magnitude = TLanes.AtMost(TLanes.Abs(x), TLanes.Constant(10));
        var rounded = TLanes.MultiplyAdd(magnitude, TLanes.Constant(2 * InverseLogOfTwo), TLanes.Constant(Rounder));
        var power = TLanes.LowBitsToExponent(rounded);
        var s = TLanes.MultiplyAdd(rounded - TLanes.Constant(Rounder), TLanes.Constant(-LogOfTwoHigh / 2), magnitude);
        var p = TLanes.MultiplyAdd(TLanes.Constant(32 * P4), s, TLanes.Constant(16 * P3));
        p = TLanes.MultiplyAdd(p, s, TLanes.Constant(8 * P2));
        p = TLanes.MultiplyAdd(p, s, TLanes.Constant(4 * P1));
        p = TLanes.MultiplyAdd(p, s, TLanes.Constant(2 * P0));
        p = TLanes.MultiplyAdd(p, s * s, s);
        var half = TLanes.Constant(0.5);
        var h = TLanes.MultiplyAdd(power, p, TLanes.MultiplyAdd(power, half, TLanes.Constant(-0.5)));
        return TLanes.CopySign(h / (h + TLanes.Constant(1)), x);
    }

    /// <summary>
    /// 1 / (1 + e⁻ˣ) with −x = n·ln 2 − s. From −88.38 down, where the result would be subnormal, it is 0; from 17.4 on it is 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Sigmoid<TLanes>(TLanes x) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        // 2ⁿ becomes infinite at n = 128, and stays a normal number on the other side; so one factor does.
        x = Clamp(x, -89, 87);
        var one = TLanes.Constant(1);
        var rounded = TLanes.MultiplyAdd(x, TLanes.Constant(-InverseLogOfTwo), TLanes.Constant(Rounder));
        var n = rounded - TLanes.Constant(Rounder);
        var s = TLanes.MultiplyAdd(n, TLanes.Constant(LogOfTwoLow), TLanes.MultiplyAdd(n, TLanes.Constant(LogOfTwoHigh), x));
        var p = TLanes.MultiplyAdd(TLanes.Constant(P4), s, TLanes.Constant(-P3));
        p = TLanes.MultiplyAdd(p, s, TLanes.Constant(P2));
        p = TLanes.MultiplyAdd(p, s, TLanes.Constant(-P1));
        p = TLanes.MultiplyAdd(p, s, TLanes.Constant(P0));
        var exponential = TLanes.MultiplyAdd(p, s * s, one - s);
        return one / TLanes.MultiplyAdd(exponential, TLanes.LowBitsToExponent(rounded), one);
    }

    /// <summary>
    /// x = 2ᵉ·f with √½ ≤ f &lt; √2, so that ln x = e·ln 2 + ln f; and ln(1 + t) = t − t²/2 + t³·Q(t). Q, of degree 8, is that of
    /// Cephes's <c>logf</c> (Moshier, 1989). Subnormals are scaled first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Log<TLanes>(TLanes x) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var smallestNormal = TLanes.Constant(1.17549435e-38);
        var normal = TLanes.WhereGreater(smallestNormal, x, x * TLanes.Constant(1 << 24), x);
        var e = TLanes.SplitExponent(normal, out var f);
        e += TLanes.WhereGreater(smallestNormal, x, TLanes.Constant(-24), TLanes.Zero);

        var t = f - TLanes.Constant(1);
        var q = TLanes.MultiplyAdd(TLanes.Constant(Q8), t, TLanes.Constant(Q7));
        q = TLanes.MultiplyAdd(q, t, TLanes.Constant(Q6));
        q = TLanes.MultiplyAdd(q, t, TLanes.Constant(Q5));
        q = TLanes.MultiplyAdd(q, t, TLanes.Constant(Q4));
        q = TLanes.MultiplyAdd(q, t, TLanes.Constant(Q3));
        q = TLanes.MultiplyAdd(q, t, TLanes.Constant(Q2));
        q = TLanes.MultiplyAdd(q, t, TLanes.Constant(Q1));
        q = TLanes.MultiplyAdd(q, t, TLanes.Constant(Q0));
        var square = t * t;
        var rest = TLanes.MultiplyAdd(q * t, square, e * TLanes.Constant(LogOfTwoLow));
        rest = TLanes.MultiplyAdd(square, TLanes.Constant(-0.5), rest);
        var logarithm = TLanes.MultiplyAdd(e, TLanes.Constant(LogOfTwoHigh), t + rest);

        // ∞ stays; 0 gives −∞, NaN itself, and what is below 0 NaN.
        logarithm = TLanes.WhereGreater(x, TLanes.Constant(float.MaxValue), x, logarithm);
        var otherwise = TLanes.WhereGreater(TLanes.Zero, x, TLanes.Constant(double.NaN), x - TLanes.Constant(double.PositiveInfinity));
        return TLanes.WhereGreater(x, TLanes.Zero, logarithm, otherwise);
    }

    /// <summary>
    /// ln(1 + x): with s = 1 + x rounded, ln s + (x − (s − 1)) / s puts back what the rounding lost. From −1 down as ln 0 and below.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes LogOnePlus<TLanes>(TLanes x) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var one = TLanes.Constant(1);
        var sum = one + x;
        var lost = (x - (sum - one)) / sum;
        // Beyond 2²⁵ the sum is x, of which nothing is lost; at ∞ the difference would be NaN, at 0 the quotient.
        lost = TLanes.WhereGreater(sum, TLanes.Zero, TLanes.WhereGreater(TLanes.Constant(1 << 25), x, lost, TLanes.Zero), TLanes.Zero);
        return Log(sum) + lost;
    }

    /// <summary>x within bounds; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Clamp<TLanes>(TLanes x, double low, double high) where TLanes : unmanaged, IVectorLanes<TLanes> =>
        TLanes.AtLeast(TLanes.AtMost(x, TLanes.Constant(high)), TLanes.Constant(low));

    /// <summary>x / ln 2, rounded to a whole number n, plus <see cref="Rounder"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes RoundedQuotient<TLanes>(TLanes x) where TLanes : unmanaged, IVectorLanes<TLanes> =>
        TLanes.MultiplyAdd(x, TLanes.Constant(InverseLogOfTwo), TLanes.Constant(Rounder));

    /// <summary>r = x − n·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Remainder<TLanes>(TLanes x, TLanes n) where TLanes : unmanaged, IVectorLanes<TLanes> =>
        TLanes.MultiplyAdd(n, TLanes.Constant(-LogOfTwoLow), TLanes.MultiplyAdd(n, TLanes.Constant(-LogOfTwoHigh), x));

    /// <summary>eʳ − 1 for |r| ≤ 0.3473.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ReducedExpMinusOne<TLanes>(TLanes r) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var p = TLanes.MultiplyAdd(TLanes.Constant(P4), r, TLanes.Constant(P3));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(P2));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(P1));
        p = TLanes.MultiplyAdd(p, r, TLanes.Constant(P0));
        return TLanes.MultiplyAdd(p, r * r, r);
    }
}
