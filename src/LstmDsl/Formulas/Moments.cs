using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Mean and variance of numbers of which some may be padding, and what gradients leave in their places; in double.</summary>
internal static class Moments
{
    /// <summary>The mean and the variance of those that count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (double Mean, double Variance) Of<TNumbers, TNumber>(TNumbers numbers, double count)
        where TNumbers : struct, IMaskedNumbers<TNumber>
        where TNumber : unmanaged, IOneLane<TNumber>
    {
        double sum = 0, squares = 0;
        for (var place = 0; place < numbers.Length; place++)
        {
            if (numbers.Counts(place))
                sum += TNumber.ToDouble(numbers[place]);
        }

        var mean = sum / count;
        for (var place = 0; place < numbers.Length; place++)
        {
            if (!numbers.Counts(place))
                continue;
            var deviation = TNumber.ToDouble(numbers[place]) - mean;
            squares += deviation * deviation;
        }

        return (mean, squares / count);
    }

    /// <summary>Σ g and Σ g·x̂.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (double Sum, double Product) OfGradients<TGradients, TNumbers, TNumber>(
        TGradients received, TNumbers numbers, in Moments<TNumber> moments)
        where TGradients : struct, INumbers<TNumber>
        where TNumbers : struct, INumbers<TNumber>
        where TNumber : unmanaged, IOneLane<TNumber>
    {
        double sum = 0, product = 0;
        for (var place = 0; place < numbers.Length; place++)
        {
            var gradient = TNumber.ToDouble(received[place]);
            sum += gradient;
            product += gradient * TNumber.ToDouble(moments.Normalize(numbers[place]));
        }

        return (sum, product);
    }
}

/// <summary>What numbers are normalised with, rounded to their type: their mean, and one over their deviation.</summary>
internal readonly struct Moments<TLanes>(TLanes mean, TLanes scale) where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>μ.</summary>
    public TLanes Mean => mean;

    /// <summary>1 / √(v + ε).</summary>
    public TLanes Scale => scale;

    /// <summary>Rounds a mean and a deviation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Moments<TLanes> Of(double mean, double variance, double epsilon) =>
        new(TLanes.Constant(mean), TLanes.Constant(1 / Math.Sqrt(variance + epsilon)));

    /// <summary>x̂.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Normalize(TLanes x) => NormalizationFormulas.Normalize(x, mean, scale);
}
