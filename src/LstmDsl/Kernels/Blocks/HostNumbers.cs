using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Numbers in this process's memory, from one a step to the next, and which of them count.</summary>
internal readonly unsafe struct HostNumbers<T>(T* first, int length, int step = 1, T* mask = null, int maskStep = 1)
    : IMaskedNumbers<Scalar<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Length => length;

    public Scalar<T> this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => first[place * step];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Counts(int place) => mask == null || mask[place * maskStep] != T.Zero;
}
