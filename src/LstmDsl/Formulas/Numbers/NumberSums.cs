using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Sums over numbers in ascending order.</summary>
internal static class NumberSums
{
    /// <summary>Σ x, rounded at each step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Rounded<TNumbers, TLanes>(TNumbers numbers)
        where TNumbers : struct, INumbers<TLanes>
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var sum = TLanes.Constant(0);
        for (var place = 0; place < numbers.Length; place++)
            sum += numbers[place];
        return sum;
    }

    /// <summary>Σ x in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double InDouble<TNumbers, TNumber>(TNumbers numbers)
        where TNumbers : struct, INumbers<TNumber>
        where TNumber : unmanaged, IOneLane<TNumber>
    {
        var sum = 0.0;
        for (var place = 0; place < numbers.Length; place++)
            sum += TNumber.ToDouble(numbers[place]);
        return sum;
    }

    /// <summary>Σ x·y in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double OfProducts<TNumbers, TNumber>(TNumbers left, TNumbers right)
        where TNumbers : struct, INumbers<TNumber>
        where TNumber : unmanaged, IOneLane<TNumber>
    {
        var sum = 0.0;
        for (var place = 0; place < left.Length; place++)
            sum += TNumber.ToDouble(left[place]) * TNumber.ToDouble(right[place]);
        return sum;
    }

    /// <summary>How many numbers from one place to another count; 1 rather than 0, since nothing is to be divided then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count<TNumbers, TNumber>(TNumbers numbers, int from, int to)
        where TNumbers : struct, IMaskedNumbers<TNumber>
        where TNumber : unmanaged, IOneLane<TNumber>
    {
        var count = 0;
        for (var place = from; place < to; place++)
            count += numbers.Counts(place) ? 1 : 0;
        return Math.Max(count, 1);
    }
}
