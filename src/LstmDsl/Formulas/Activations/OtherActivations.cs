using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The activation functions that <see cref="Activations"/> does not hold itself. A GPU runs them, too, and cannot throw: what is left over
/// goes to the last case of a switch.
/// </summary>
internal static class OtherActivations
{
    private const double LeakySlope = 0.2;

    // Keras on TensorFlow passes this through float32 even in a float64 run.
    private const double GeluCubic = 0.044715f;
    private const double SqrtOfHalf = 0.70710678118654752440f;

    // The fixed point of mean 0 and variance 1 (Klambauer et al., 2017).
    private const double SeluScale = 1.0507009873554804934193349852946;
    private const double SeluScaleTimesAlpha = 1.7580993408473768599402175208123;

    private const double ShrinkBorder = 0.5;
    private const double Keras2Slope = 0.2;
    private const double SqrtOfTwoOverPi = 0.79788456080286535588;
    private const double OneOverSqrtOfPi = 0.56418958354775628695;

    /// <summary>f(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Apply<TLanes>(Activation activation, TLanes x) where TLanes : unmanaged, ILanes<TLanes> => activation switch
    {
        Activation.Relu6 => LaneMath.Between(x, 0, 6),
        Activation.LeakyRelu => LeakyRelu(x, LeakySlope),
        Activation.Elu or Activation.Celu => TLanes.WherePositive(x, x, TLanes.ExpMinusOne(x)),
        Activation.Selu => TLanes.WherePositive(
            x, x * TLanes.Constant(SeluScale), TLanes.ExpMinusOne(x) * TLanes.Constant(SeluScaleTimesAlpha)),
        Activation.Gelu => x * NormalCumulative(x),
        Activation.GeluTanh => Half(x) * (TLanes.Constant(1) + GeluTanhPart(x)),
        Activation.Silu => x * TLanes.Sigmoid(x),
        Activation.Softplus => Softplus(x),
        Activation.Softsign => x / (TLanes.Abs(x) + TLanes.Constant(1)),
        Activation.Exponential => TLanes.Exp(x),
        Activation.Mish => x * MishGate(x),
        Activation.HardSilu => x * (LaneMath.Between(x + TLanes.Constant(3), 0, 6) / TLanes.Constant(6)),
        Activation.HardTanh => LaneMath.Between(x, -1, 1),
        Activation.TanhShrink => x - TLanes.Tanh(x),
        Activation.SoftShrink => x - LaneMath.Between(x, -ShrinkBorder, ShrinkBorder),
        Activation.LogSigmoid => TLanes.Constant(0) - Softplus(TLanes.Constant(0) - x),
        Activation.HardSigmoidKeras2 => LaneMath.Between((x * TLanes.Constant(Keras2Slope)) + TLanes.Constant(0.5), 0, 1),
        // Linear.
        _ => x,
    };

    /// <summary>f′(x), from y = f(x), of those that do not need x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Derivative<TLanes>(Activation activation, TLanes y) where TLanes : unmanaged, ILanes<TLanes>
    {
        var zero = TLanes.Constant(0);
        var one = TLanes.Constant(1);
        return activation switch
        {
            Activation.Relu6 => TLanes.WherePositive(y, TLanes.WherePositive(TLanes.Constant(6) - y, one, zero), zero),
            Activation.LeakyRelu => LeakyReluDerivative(y, LeakySlope),
            Activation.Elu => TLanes.WherePositive(y, one, y + one),
            // At 0 TensorFlow takes both sides of a celu.
            Activation.Celu => TLanes.WherePositive(y, one, TLanes.WherePositive(zero - y, y + one, one + one)),
            Activation.Selu => TLanes.WherePositive(zero - y, y + TLanes.Constant(SeluScaleTimesAlpha), TLanes.Constant(SeluScale)),
            Activation.Softplus => zero - TLanes.ExpMinusOne(zero - y),
            Activation.Softsign => (one - TLanes.Abs(y)) * (one - TLanes.Abs(y)),
            Activation.Exponential => y,
            Activation.SoftShrink => TLanes.WherePositive(TLanes.Abs(y), one, zero),
            Activation.LogSigmoid => zero - TLanes.ExpMinusOne(y),
            Activation.HardSigmoidKeras2 => TLanes.WherePositive(
                y, TLanes.WherePositive(one - y, TLanes.Constant(Keras2Slope), zero), zero),
            _ => one,
        };
    }

    /// <summary>f′(x), from x, of those that need it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes DerivativeAt<TLanes>(Activation activation, TLanes x) where TLanes : unmanaged, ILanes<TLanes>
    {
        var zero = TLanes.Constant(0);
        var one = TLanes.Constant(1);
        switch (activation)
        {
            case Activation.Gelu:
                var scaled = x * TLanes.Constant(SqrtOfHalf);
                return NormalCumulative(x) + (scaled * TLanes.Exp(zero - (scaled * scaled)) * TLanes.Constant(OneOverSqrtOfPi));
            case Activation.GeluTanh:
                var part = GeluTanhPart(x);
                var inner = TLanes.Constant(SqrtOfTwoOverPi) * (one + (TLanes.Constant(3 * GeluCubic) * (x * x)));
                return Half(one + part) + (Half(x) * (one - (part * part)) * inner);
            case Activation.Silu:
                var gate = TLanes.Sigmoid(x);
                return gate * (one + (x * TLanes.Sigmoid(zero - x)));
            case Activation.Mish:
                // With s = σ(x), r = σ(−x): 1 − tanh² of the softplus is 4r² / (1 + r²)², without cancelling.
                var rest = TLanes.Sigmoid(zero - x);
                var quotient = (rest + rest) / (one + (rest * rest));
                return MishGate(x) + (x * TLanes.Sigmoid(x) * (quotient * quotient));
            case Activation.HardSilu:
                var slope = TLanes.WherePositive(TLanes.Constant(3) - TLanes.Abs(x), x / TLanes.Constant(6), zero);
                return slope + (LaneMath.Between(x + TLanes.Constant(3), 0, 6) / TLanes.Constant(6));
            case Activation.HardTanh:
                return TLanes.WherePositive(TLanes.Abs(x) - one, zero, one);
            default:
                // The tanh shrink.
                var tanh = TLanes.Tanh(x);
                return tanh * tanh;
        }
    }

    /// <summary>x where it is positive, else slope·x; the slope goes through float32, as in Keras on TensorFlow even in a float64 run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes LeakyRelu<TLanes>(TLanes x, double slope) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.WherePositive(x, x, x * TLanes.Constant((float)slope));

    /// <summary>Its derivative, from its value y, which is positive where x is, since no slope is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes LeakyReluDerivative<TLanes>(TLanes y, double slope) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.WherePositive(y, TLanes.Constant(1), TLanes.Constant((float)slope));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Half<TLanes>(TLanes x) where TLanes : unmanaged, ILanes<TLanes> => x * TLanes.Constant(0.5);

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Softplus<TLanes>(TLanes x) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Max(x, TLanes.Constant(0)) + TLanes.LogOnePlus(TLanes.Exp(TLanes.Constant(0) - TLanes.Abs(x)));

    /// <summary>Φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes NormalCumulative<TLanes>(TLanes x) where TLanes : unmanaged, ILanes<TLanes> =>
        Half(TLanes.Constant(1) + TLanes.Erf(x * TLanes.Constant(SqrtOfHalf)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes GeluTanhPart<TLanes>(TLanes x) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Tanh(TLanes.Constant(SqrtOfTwoOverPi) * (x + (TLanes.Constant(GeluCubic) * (x * x * x))));

    /// <summary>tanh(ln(1 + eˣ)) = s·(1 + r) / (1 + r²) with s = σ(x), r = σ(−x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes MishGate<TLanes>(TLanes x) where TLanes : unmanaged, ILanes<TLanes>
    {
        var (one, rest) = (TLanes.Constant(1), TLanes.Sigmoid(TLanes.Constant(0) - x));
        return TLanes.Sigmoid(x) * (one + rest) / (one + (rest * rest));
    }
}
