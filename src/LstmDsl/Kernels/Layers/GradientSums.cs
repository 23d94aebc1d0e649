using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Adds gradients up where a value is read more than once.</summary>
internal static unsafe class GradientSums<TSweep, T>
    where TSweep : struct, ISweep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Adds a gradient to another of the same block.</summary>
    public static void Run(in HostBlocks<T> blocks, in GradientSum sum) =>
        Add(blocks.Activations + sum.From, blocks.Activations + sum.To, sum.Length);

    /// <summary>Adds numbers to others.</summary>
    public static void Add(T* addend, T* sum, int length)
    {
        var step = new AddStep(addend, sum);
        TSweep.Run(ref step, 0, length);
    }

    private readonly struct AddStep(T* addend, T* sum) : IElementStep<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T> =>
            TLanes.Store(TLanes.Load(sum + index) + TLanes.Load(addend + index), sum + index);
    }
}
