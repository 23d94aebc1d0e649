using System.Runtime.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

/// <summary>−y·ln p − (1 − y)·ln(1 − p), with p between ε and 1 − ε; labels are drawn towards ½ by the smoothing.</summary>
internal readonly struct BinaryCrossentropy(double smoothing) : IElementwiseLoss
{
    /// <summary>How far labels are drawn towards ½.</summary>
    public double Smoothing => smoothing;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var y = BinaryLabels.Smooth(target, smoothing);
        var p = LaneMath.Between(prediction, LaneMath.Epsilon, 1 - LaneMath.Epsilon);
        var one = TLanes.Constant(1);
        return TLanes.Constant(0) - ((y * TLanes.Log(p)) + ((one - y) * TLanes.Log(one - p)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var y = BinaryLabels.Smooth(target, smoothing);
        var p = LaneMath.Between(prediction, LaneMath.Epsilon, 1 - LaneMath.Epsilon);
        var one = TLanes.Constant(1);
        var slope = ((one - y) / (one - p)) - (y / p);
        return LossMath.WhereInside(prediction, LaneMath.Epsilon, 1 - LaneMath.Epsilon, slope);
    }
}

/// <summary>The same of p = sigmoid(x), from x: max(x, 0) − x·y + ln(1 + e^(−|x|)).</summary>
internal readonly struct BinaryCrossentropyOfLogits(double smoothing) : IElementwiseLoss
{
    /// <summary>How far labels are drawn towards ½.</summary>
    public double Smoothing => smoothing;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var y = BinaryLabels.Smooth(target, smoothing);
        var zero = TLanes.Constant(0);
        return TLanes.Max(prediction, zero) - (prediction * y) + TLanes.LogOnePlus(TLanes.Exp(zero - TLanes.Abs(prediction)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Sigmoid(prediction) - BinaryLabels.Smooth(target, smoothing);
}

/// <summary>The binary crossentropy times (1 − p of the true label)^gamma, times a weight of the label.</summary>
internal readonly struct BinaryFocalCrossentropy(double gamma, double positiveWeight, double negativeWeight, double smoothing)
    : IElementwiseLoss
{
    /// <summary>How much easy examples lose.</summary>
    public double Gamma => gamma;

    /// <summary>The weight of label 1.</summary>
    public double PositiveWeight => positiveWeight;

    /// <summary>The weight of label 0.</summary>
    public double NegativeWeight => negativeWeight;

    /// <summary>How far labels are drawn towards ½.</summary>
    public double Smoothing => smoothing;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var y = BinaryLabels.Smooth(target, smoothing);
        return Value(y, prediction, new BinaryCrossentropy(0).Value(y, prediction));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var y = BinaryLabels.Smooth(target, smoothing);
        var entropy = new BinaryCrossentropy(0);
        return Derivative(y, prediction, TLanes.Constant(1), entropy.Value(y, prediction), entropy.Derivative(y, prediction));
    }

    /// <summary>The value at x with p = sigmoid(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes ValueOfLogit<TLanes>(TLanes target, TLanes x) where TLanes : unmanaged, ILanes<TLanes>
    {
        var y = BinaryLabels.Smooth(target, smoothing);
        return Value(y, TLanes.Sigmoid(x), new BinaryCrossentropyOfLogits(0).Value(y, x));
    }

    /// <summary>The derivative at x with p = sigmoid(x), to x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes DerivativeOfLogit<TLanes>(TLanes target, TLanes x) where TLanes : unmanaged, ILanes<TLanes>
    {
        var y = BinaryLabels.Smooth(target, smoothing);
        var p = TLanes.Sigmoid(x);
        var entropy = new BinaryCrossentropyOfLogits(0);
        return Derivative(y, p, p * (TLanes.Constant(1) - p), entropy.Value(y, x), entropy.Derivative(y, x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Value<TLanes>(TLanes y, TLanes p, TLanes entropy) where TLanes : unmanaged, ILanes<TLanes> =>
        Weight(y) * LossMath.Power(BinaryLabels.Missed(y, p), gamma) * entropy;

    /// <summary>From the slopes of p and of the entropy to whatever the derivative is taken to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Derivative<TLanes>(TLanes y, TLanes p, TLanes slope, TLanes entropy, TLanes entropySlope)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var missed = BinaryLabels.Missed(y, p);
        var missedSlope = (TLanes.Constant(1) - (TLanes.Constant(2) * y)) * slope;
        var factorSlope = TLanes.Constant(gamma) * LossMath.Power(missed, gamma - 1) * missedSlope;
        return Weight(y) * ((factorSlope * entropy) + (LossMath.Power(missed, gamma) * entropySlope));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Weight<TLanes>(TLanes y) where TLanes : unmanaged, ILanes<TLanes> =>
        (y * TLanes.Constant(positiveWeight)) + ((TLanes.Constant(1) - y) * TLanes.Constant(negativeWeight));
}

/// <summary>The same of p = sigmoid(x), from x.</summary>
internal readonly struct BinaryFocalCrossentropyOfLogits(BinaryFocalCrossentropy ofProbabilities) : IElementwiseLoss
{
    /// <summary>The same of probabilities.</summary>
    public BinaryFocalCrossentropy OfProbabilities => ofProbabilities;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        ofProbabilities.ValueOfLogit(target, prediction);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        ofProbabilities.DerivativeOfLogit(target, prediction);
}

/// <summary>1 where the prediction lies on the label's side of the threshold, else 0; not differentiable, so its derivative is 0.</summary>
internal readonly struct BinaryHit(double threshold) : IElementwiseLoss
{
    /// <summary>What a prediction must exceed to count as 1.</summary>
    public double Threshold => threshold;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var one = TLanes.Constant(1);
        var predicted = TLanes.WherePositive(prediction - TLanes.Constant(threshold), one, TLanes.Constant(0));
        return TLanes.WherePositive(TLanes.Abs(predicted - target), TLanes.Constant(0), one);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> => TLanes.Constant(0);
}

/// <summary>Labels between 0 and 1.</summary>
internal static class BinaryLabels
{
    /// <summary>A label drawn towards ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Smooth<TLanes>(TLanes target, double smoothing) where TLanes : unmanaged, ILanes<TLanes> =>
        (target * TLanes.Constant(1 - smoothing)) + TLanes.Constant(0.5 * smoothing);

    /// <summary>One less the probability that the prediction gives to the label.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Missed<TLanes>(TLanes y, TLanes p) where TLanes : unmanaged, ILanes<TLanes>
    {
        var one = TLanes.Constant(1);
        return one - ((y * p) + ((one - y) * (one - p)));
    }
}
