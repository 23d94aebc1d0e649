using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Numbers, each times a factor of its own where there are factors.</summary>
internal readonly struct ScaledNumbers<TNumbers, TNumber>(TNumbers numbers, TNumbers factors, bool hasFactors) : INumbers<TNumber>
    where TNumbers : struct, INumbers<TNumber>
    where TNumber : unmanaged, IOneLane<TNumber>
{
    public int Length => numbers.Length;

    public TNumber this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => hasFactors ? factors[place] * numbers[place] : numbers[place];
    }
}
