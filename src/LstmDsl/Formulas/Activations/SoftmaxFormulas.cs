using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// The formulas of softmax and its logarithm over a row x: y = e^(x − m) / Σ e^(x − m) and x − m − ln Σ e^(x − m), m the largest x.
/// </summary>
internal static class SoftmaxFormulas
{
    /// <summary>m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Largest<TNumbers, TLanes>(TNumbers row)
        where TNumbers : struct, INumbers<TLanes>
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var largest = row[0];
        for (var place = 1; place < row.Length; place++)
            largest = TLanes.Max(largest, row[place]);
        return largest;
    }

    /// <summary>e^(x − m).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Exponential<TLanes>(TLanes x, TLanes largest) where TLanes : unmanaged, ILanes<TLanes> => TLanes.Exp(x - largest);

    /// <summary>Softmax, from e^(x − m) and their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Forward<TLanes>(TLanes exponential, TLanes sum) where TLanes : unmanaged, ILanes<TLanes> => exponential / sum;

    /// <summary>Its logarithm, from x and the <see cref="LogarithmOfSum"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes LogForward<TLanes>(TLanes x, TLanes logarithmOfSum) where TLanes : unmanaged, ILanes<TLanes> => x - logarithmOfSum;

    /// <summary>ln Σ eˣ = m + ln Σ e^(x − m).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes LogarithmOfSum<TLanes>(TLanes largest, TLanes sum) where TLanes : unmanaged, ILanes<TLanes> =>
        largest + TLanes.Log(sum);

    /// <summary>
    /// Σ dy·y / Σ y, which nearly equals some dy: hence as two numbers, its rounding and what that leaves. Dividing by Σ y, which is 1,
    /// takes out what y's rounding adds to the sum.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TNumber High, TNumber Low) MeanReceived<TNumbers, TNumber>(TNumbers received, TNumbers y)
        where TNumbers : struct, INumbers<TNumber>
        where TNumber : unmanaged, IOneLane<TNumber>
    {
        var mean = NumberSums.OfProducts<TNumbers, TNumber>(received, y) / NumberSums.InDouble<TNumbers, TNumber>(y);
        var high = TNumber.Constant(mean);
        return (high, TNumber.Constant(mean - TNumber.ToDouble(high)));
    }

    /// <summary>dx = y · (dy − Σ dy·y / Σ y) of softmax.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Backward<TLanes>(TLanes y, TLanes received, TLanes high, TLanes low) where TLanes : unmanaged, ILanes<TLanes> =>
        y * (received - high - low);

    /// <summary>Σ dy / Σ e^(x − m).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TNumber ReceivedOverSum<TNumbers, TNumber>(TNumbers received, TNumber sum)
        where TNumbers : struct, INumbers<TNumber>
        where TNumber : unmanaged, IOneLane<TNumber> =>
        TNumber.Constant(NumberSums.InDouble<TNumbers, TNumber>(received) / TNumber.ToDouble(sum));

    /// <summary>dx = dy − softmax x · Σ dy of its logarithm, from e^(x − m) and <see cref="ReceivedOverSum"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes LogBackward<TLanes>(TLanes exponential, TLanes received, TLanes receivedOverSum)
        where TLanes : unmanaged, ILanes<TLanes> =>
        received - (exponential * receivedOverSum);
}
