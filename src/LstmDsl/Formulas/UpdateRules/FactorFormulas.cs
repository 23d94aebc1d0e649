using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Adafactor's second moments of a matrix (Shazeer and Stern, 2018), kept as means over rows and over columns: r and c, moving averages
/// of the means of g² + ε, which stand for r·cᵀ / mean of r. In double on every backend, square roots included; what is kept is rounded.
/// </summary>
internal static class FactorFormulas
{
    /// <summary>g² + ε.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Square<TNumber>(TNumber gradient, double epsilon) where TNumber : unmanaged, IOneLane<TNumber>
    {
        var number = TNumber.ToDouble(gradient);
        return (number * number) + epsilon;
    }

    /// <summary>The mean of g² + ε.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MeanSquare<TNumbers, TNumber>(TNumbers gradients, double epsilon)
        where TNumbers : struct, INumbers<TNumber>
        where TNumber : unmanaged, IOneLane<TNumber>
    {
        var sum = 0.0;
        for (var place = 0; place < gradients.Length; place++)
            sum += Square(gradients[place], epsilon);
        return sum / gradients.Length;
    }

    /// <summary>The moving average after a mean: keep · average + (1 − keep) · mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TNumber Average<TNumber>(TNumber average, double mean, double keep) where TNumber : unmanaged, IOneLane<TNumber> =>
        TNumber.Constant((keep * TNumber.ToDouble(average)) + ((1 - keep) * mean));

    /// <summary>The mean of r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MeanOfRows<TNumbers, TNumber>(TNumbers rowMeans)
        where TNumbers : struct, INumbers<TNumber>
        where TNumber : unmanaged, IOneLane<TNumber> =>
        NumberSums.InDouble<TNumbers, TNumber>(rowMeans) / rowMeans.Length;

    /// <summary>What a row's part of the moments is: r / mean of r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Share<TNumber>(TNumber rowMean, double meanOfRows) where TNumber : unmanaged, IOneLane<TNumber> =>
        TNumber.ToDouble(rowMean) / meanOfRows;

    /// <summary>g / √(share · c).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TNumber Normalize<TNumber>(TNumber gradient, double share, TNumber columnMean)
        where TNumber : unmanaged, IOneLane<TNumber> =>
        TNumber.Constant(TNumber.ToDouble(gradient) / Math.Sqrt(share * TNumber.ToDouble(columnMean)));
}
