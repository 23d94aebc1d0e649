using System.Runtime.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Benchmarks;

/// <summary>Loops that do nothing but what a core's peak is named after.</summary>
internal static unsafe class PeakLoops
{
    /// <summary>
    /// Floating-point operations of a round of <see cref="MultiplyAdds"/> in each lane: 12 multiply-adds, two operations each.
    /// </summary>
    public const int OperationsPerLane = 24;

    /// <summary>
    /// Multiply-adds on twelve accumulators that do not wait for each other: two units with a latency of four cycles need eight of them
    /// in flight. All converge to 1, far from what is slow.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float MultiplyAdds<TLanes>(long rounds) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var factor = TLanes.Constant(0.5);
        var addend = TLanes.Constant(0.5);
        TLanes a = addend, b = addend, c = addend, d = addend, e = addend, f = addend;
        TLanes g = addend, h = addend, i = addend, j = addend, k = addend, l = addend;
        for (var round = 0L; round < rounds; round++)
        {
            a = TLanes.MultiplyAdd(a, factor, addend);
            b = TLanes.MultiplyAdd(b, factor, addend);
            c = TLanes.MultiplyAdd(c, factor, addend);
            d = TLanes.MultiplyAdd(d, factor, addend);
            e = TLanes.MultiplyAdd(e, factor, addend);
            f = TLanes.MultiplyAdd(f, factor, addend);
            g = TLanes.MultiplyAdd(g, factor, addend);
            h = TLanes.MultiplyAdd(h, factor, addend);
            i = TLanes.MultiplyAdd(i, factor, addend);
            j = TLanes.MultiplyAdd(j, factor, addend);
            k = TLanes.MultiplyAdd(k, factor, addend);
            l = TLanes.MultiplyAdd(l, factor, addend);
        }

        return TLanes.Sum(a + b + c + d + e + f + (g + h + i + j + k + l));
    }

    /// <summary>Reads every value once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float Read<TLanes>(float* values, nint length) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        TLanes a = TLanes.Zero, b = TLanes.Zero, c = TLanes.Zero, d = TLanes.Zero;
        for (nint index = 0; index <= length - (4 * TLanes.Count); index += 4 * TLanes.Count)
        {
            a += TLanes.Load(values + index);
            b += TLanes.Load(values + index + TLanes.Count);
            c += TLanes.Load(values + index + (2 * TLanes.Count));
            d += TLanes.Load(values + index + (3 * TLanes.Count));
        }

        return TLanes.Sum(a + b + (c + d));
    }
}
