using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>What an elementwise kernel does at some numbers, on vectors and on the scalar reference alike.</summary>
/// <typeparam name="TElement">What lies in memory.</typeparam>
internal interface IElementStep<TElement> where TElement : unmanaged
{
    /// <summary>Works on the numbers from <paramref name="index"/> on, as many as there are lanes.</summary>
    void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, TElement>;
}

/// <summary>How an elementwise kernel walks over numbers: a backend's way, as a type argument.</summary>
/// <typeparam name="TElement">What lies in memory.</typeparam>
internal interface ISweep<TElement> where TElement : unmanaged
{
    /// <summary>Runs <paramref name="step"/> over the numbers from <paramref name="from"/> to <paramref name="to"/>.</summary>
    static abstract void Run<TStep>(ref TStep step, int from, int to) where TStep : struct, IElementStep<TElement>;
}

/// <summary>One number after the other: the scalar reference's way.</summary>
internal readonly struct ScalarSweep<T> : ISweep<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run<TStep>(ref TStep step, int from, int to) where TStep : struct, IElementStep<T>
    {
        for (var index = from; index < to; index++)
            step.Step<Scalar<T>>(index);
    }
}

/// <summary>Vectors, then ever narrower ones.</summary>
internal readonly struct VectorSweep<TLanes> : ISweep<float> where TLanes : unmanaged, IVectorLanes<TLanes>
{
    [MethodImpl(KernelCompilation.Loop)]
    public static void Run<TStep>(ref TStep step, int from, int to) where TStep : struct, IElementStep<float>
    {
        var columns = new Columns<TStep> { Inner = step };
        ColumnSweep.Run<TLanes, Columns<TStep>>(ref columns, from, to);
        step = columns.Inner;
    }

    private struct Columns<TStep> : IColumnStep where TStep : struct, IElementStep<float>
    {
        public TStep Inner;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<T>(int column) where T : unmanaged, IVectorLanes<T> => Inner.Step<T>(column);
    }
}
