using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Exponential (also less one), hyperbolic tangent, logistic and error function and ln(1 + x) over vectors of floats. Each is within 4 ulp of the exact value over the whole
/// finite range (ln from 0 to 1), wherever that value is a normal number; a test sweeps the floats and finds at most 2.5 ulp. Every lane of
/// every width gives the same bits.
/// </summary>
/// <remarks>
/// All that hold an exponential stand on one reduction (Cody and Waite, 1980): x = n·ln 2 + r with whole n and |r| ≤ ½·ln 2, so that eˣ = 2ⁿ·eʳ.
/// ln 2 is the sum of two floats; with fused multiply-adds r carries one rounding. Then eʳ − 1 = r + r²·P(r), where P has degree 4 and
/// was fitted by a Remez exchange for the smallest error relative to eʳ − 1; rounded to floats its error is below 2⁻²⁵·⁷ on
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
    /// ln(1 + x) = 2·artanh s with s = x / (2 + x), for x from 0 to 1: 2·(s + s³/3 + … + s¹⁵/15), since s ≤ 1/3. What is left out is below
    /// 2⁻²⁹ of it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes LogOnePlus<TLanes>(TLanes x) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var s = x / (x + TLanes.Constant(2));
        var square = s * s;
        var p = TLanes.MultiplyAdd(TLanes.Constant(2.0 / 15), square, TLanes.Constant(2.0 / 13));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(2.0 / 11));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(2.0 / 9));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(2.0 / 7));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(2.0 / 5));
        p = TLanes.MultiplyAdd(p, square, TLanes.Constant(2.0 / 3));
        return TLanes.MultiplyAdd(s * square, p, s + s);
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
