using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>What vectors do one lane after the other.</summary>
internal static unsafe class LaneByLane
{
    /// <summary>Applies a function of single numbers to each lane.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static TLanes Apply<TLanes, TFunction>(in TFunction function, TLanes left, TLanes right)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TFunction : struct, IScalarFunction
    {
        var lefts = stackalloc float[TLanes.Count];
        var rights = stackalloc float[TLanes.Count];
        TLanes.Store(left, lefts);
        TLanes.Store(right, rights);
        for (var lane = 0; lane < TLanes.Count; lane++) lefts[lane] = function.Of(lefts[lane], rights[lane]);
        return TLanes.Load(lefts);
    }

    /// <summary>Reads numbers that lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static TLanes Gather<TLanes>(float* source, nint stride) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var numbers = stackalloc float[TLanes.Count];
        for (var lane = 0; lane < TLanes.Count; lane++) numbers[lane] = source[lane * stride];
        return TLanes.Load(numbers);
    }

    /// <summary>Writes numbers <paramref name="stride"/> apart.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Scatter<TLanes>(TLanes values, float* destination, nint stride) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var numbers = stackalloc float[TLanes.Count];
        TLanes.Store(values, numbers);
        for (var lane = 0; lane < TLanes.Count; lane++) destination[lane * stride] = numbers[lane];
    }
}
