using System.Runtime.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

/// <summary>(target − prediction)².</summary>
internal readonly struct SquaredError : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var error = prediction - target;
        return error * error;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Constant(2) * (prediction - target);
}

/// <summary>|target − prediction|; the derivative at 0 is 0.</summary>
internal readonly struct AbsoluteError : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Abs(prediction - target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        LaneMath.Sign(prediction - target);
}

/// <summary>100·|target − prediction| / |target|, with a divisor of at least ε.</summary>
internal readonly struct AbsolutePercentageError : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        Divisor(target) * TLanes.Abs(prediction - target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        Divisor(target) * LaneMath.Sign(prediction - target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Divisor<TLanes>(TLanes target) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Constant(100) / TLanes.Max(TLanes.Abs(target), TLanes.Constant(LaneMath.Epsilon));
}

/// <summary>200·|target − prediction| / (|target| + |prediction|), 0 where both are 0.</summary>
internal readonly struct SymmetricPercentageError : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var size = TLanes.Abs(target) + TLanes.Abs(prediction);
        var error = TLanes.Constant(200) * TLanes.Abs(prediction - target);
        return TLanes.WherePositive(size, error / size, TLanes.Constant(0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var size = TLanes.Abs(target) + TLanes.Abs(prediction);
        var slope = (LaneMath.Sign(prediction - target) * size) - (TLanes.Abs(prediction - target) * LaneMath.Sign(prediction));
        return TLanes.WherePositive(size, TLanes.Constant(200) * slope / (size * size), TLanes.Constant(0));
    }
}

/// <summary>(ln(1 + prediction) − ln(1 + target))², both at least ε.</summary>
internal readonly struct SquaredLogarithmicError : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var error = Difference(target, prediction);
        return error * error;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var zero = TLanes.Constant(0);
        var floor = TLanes.Constant(LaneMath.Epsilon);
        var slope = TLanes.Constant(2) * Difference(target, prediction) / (TLanes.Constant(1) + TLanes.Max(prediction, floor));
        return TLanes.WherePositive(floor - prediction, zero, slope);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Difference<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var floor = TLanes.Constant(LaneMath.Epsilon);
        return TLanes.LogOnePlus(TLanes.Max(prediction, floor)) - TLanes.LogOnePlus(TLanes.Max(target, floor));
    }
}

/// <summary>ln cosh(prediction − target).</summary>
internal readonly struct LogCosh : IElementwiseLoss
{
    private const double LogOfTwo = 0.69314718055994530942;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        // −½·ln(1 − tanh² x) keeps its precision where x is small, |x| + ln(1 + e^(−2|x|)) − ln 2 where it is large.
        var x = TLanes.Abs(prediction - target);
        var tanh = TLanes.Tanh(x);
        var small = TLanes.Constant(-0.5) * TLanes.LogOnePlus(TLanes.Constant(0) - (tanh * tanh));
        var large = x + TLanes.LogOnePlus(TLanes.Exp(TLanes.Constant(-2) * x)) - TLanes.Constant(LogOfTwo);
        return TLanes.WherePositive(x - TLanes.Constant(0.5), large, small);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Tanh(prediction - target);
}

/// <summary>½·error² up to an error of delta, from there on delta·|error| − ½·delta².</summary>
internal readonly struct HuberError(double delta) : IElementwiseLoss
{
    /// <summary>Where the square becomes a line.</summary>
    public double Delta => delta;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var size = TLanes.Abs(prediction - target);
        var half = TLanes.Constant(0.5);
        var edge = TLanes.Constant(delta);
        return TLanes.WherePositive(size - edge, edge * (size - (half * edge)), half * size * size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        LaneMath.Between(prediction - target, -delta, delta);
}

/// <summary>level·error where the target lies above the prediction, else (1 − level)·|error|; the derivative at 0 is 0.</summary>
internal readonly struct PinballError(double level) : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var error = target - prediction;
        return TLanes.Max(TLanes.Constant(level) * error, TLanes.Constant(level - 1) * error);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        var error = target - prediction;
        var below = TLanes.WherePositive(TLanes.Constant(0) - error, TLanes.Constant(1 - level), TLanes.Constant(0));
        return TLanes.WherePositive(error, TLanes.Constant(-level), below);
    }
}

/// <summary>
/// What is least at the mean of the raw values. Where these are the network's own but for a factor, (target − prediction)². Where they are
/// e^(growth·x), the Poisson deviance but for what does not depend on the prediction, e^(growth·prediction) − e^(growth·target)·growth·prediction:
/// its derivative is 0 where e^(growth·prediction) is the mean of e^(growth·target), while squares of logarithms would give the median's.
/// </summary>
/// <param name="growth">By what power of e a unit of the network multiplies the raw value; 0 where it adds.</param>
internal readonly struct MeanError(double growth) : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        if (growth == 0)
            return default(SquaredError).Value(target, prediction);
        var rate = TLanes.Constant(growth);
        return TLanes.Exp(rate * prediction) - (TLanes.Exp(rate * target) * rate * prediction);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes>
    {
        if (growth == 0)
            return default(SquaredError).Derivative(target, prediction);
        var rate = TLanes.Constant(growth);
        return rate * (TLanes.Exp(rate * prediction) - TLanes.Exp(rate * target));
    }
}

/// <summary>prediction − target·ln(prediction + ε).</summary>
internal readonly struct PoissonError : IElementwiseLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Value<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        prediction - (target * TLanes.Log(prediction + TLanes.Constant(LaneMath.Epsilon)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Derivative<TLanes>(TLanes target, TLanes prediction) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Constant(1) - (target / (prediction + TLanes.Constant(LaneMath.Epsilon)));
}
