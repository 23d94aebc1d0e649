using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// What pooling makes of a unit of a sample through time. A window is pooled over those of its timesteps that there are, and a mean over
/// those that are no padding.
/// </summary>
internal static class PoolingFormulas<TShape> where TShape : struct, IPoolingShape
{
    /// <summary>A window's first timestep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int From(int window) => Math.Max((window * TShape.Stride) - TShape.Padding, 0);

    /// <summary>The end of its timesteps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int To(int window) => Math.Min((window * TShape.Stride) - TShape.Padding + TShape.Window, TShape.Timesteps);

    /// <summary>Its largest number, or its mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TNumber Forward<TNumbers, TNumber>(TNumbers numbers, int window)
        where TNumbers : struct, IMaskedNumbers<TNumber>
        where TNumber : unmanaged, IOneLane<TNumber>
    {
        if (TShape.TakesMaximum)
            return numbers[Largest<TNumbers, TNumber>(numbers, window)];

        var (sum, count, end) = (TNumber.Constant(0), 0, To(window));
        for (var t = From(window); t < end; t++)
        {
            if (!numbers.Counts(t))
                continue;
            sum += numbers[t];
            count++;
        }

        return Share(sum, TNumber.Constant(Math.Max(count, 1)));
    }

    /// <summary>The first timestep that has its largest number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Largest<TNumbers, TNumber>(TNumbers numbers, int window)
        where TNumbers : struct, INumbers<TNumber>
        where TNumber : unmanaged, IOneLane<TNumber>
    {
        var (largest, end) = (From(window), To(window));
        var value = numbers[largest];
        for (var t = largest + 1; t < end; t++)
        {
            if (!TNumber.IsGreater(numbers[t], value))
                continue;
            largest = t;
            value = numbers[t];
        }

        return largest;
    }

    /// <summary>How many of its timesteps count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TNumber Count<TNumbers, TNumber>(TNumbers numbers, int window)
        where TNumbers : struct, IMaskedNumbers<TNumber>
        where TNumber : unmanaged, IOneLane<TNumber> =>
        TNumber.Constant(NumberSums.Count<TNumbers, TNumber>(numbers, From(window), To(window)));

    /// <summary>A sum's part that is each timestep's that counts: the mean, and what a mean sends back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TNumber Share<TNumber>(TNumber sum, TNumber count) where TNumber : unmanaged, IOneLane<TNumber> => sum / count;
}
