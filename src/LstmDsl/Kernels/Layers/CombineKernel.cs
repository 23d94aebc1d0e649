using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// One output of those of two layers, over rows.
/// <code>
/// a (rows, u), b (rows, v)   y (rows, u + v) side by side, or all of a and then all of b; else u = v and y (rows, u)
/// forward     y from a and b
/// backward    da and db from dy, written, or added where other layers read a or b too
/// </code>
/// </summary>
internal static unsafe class CombineKernel<TSweep, T>
    where TSweep : struct, ISweep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>a, b → y.</summary>
    public static void Forward<TShape>(in HostBlocks<T> blocks, in CombineOffsets offsets, int rows) where TShape : struct, ICombineShape
    {
        var first = offsets.Input < 0 ? null : blocks.Activations + offsets.Input;
        var second = offsets.Second < 0 ? null : blocks.Activations + offsets.Second;
        var output = blocks.Activations + offsets.Output;
        if (!TShape.Combination.KeepsBoth())
        {
            var step = new ForwardStep<TShape>(first, second, output);
            Run<TShape, ForwardStep<TShape>>(ref step, blocks, offsets, rows);
            return;
        }

        var (parts, firstLength, secondLength) = Parts<TShape>(rows);
        for (var part = 0; part < parts; part++)
        {
            Keep(ref first, ref output, firstLength);
            Keep(ref second, ref output, secondLength);
        }
    }

    /// <summary>dy → da, db.</summary>
    public static void Backward<TShape>(in HostBlocks<T> blocks, in CombineOffsets offsets, int rows) where TShape : struct, ICombineShape
    {
        var gradient = blocks.Activations + offsets.OutputGradient;
        var firstGradient = offsets.InputGradient < 0 ? null : blocks.Activations + offsets.InputGradient;
        var secondGradient = offsets.SecondGradient < 0 ? null : blocks.Activations + offsets.SecondGradient;
        if (!TShape.Combination.KeepsBoth())
        {
            var step = new BackwardStep<TShape>(
                blocks.Activations + offsets.Input, blocks.Activations + offsets.Second, gradient, firstGradient, secondGradient);
            Run<TShape, BackwardStep<TShape>>(ref step, blocks, offsets, rows);
            return;
        }

        var (parts, firstLength, secondLength) = Parts<TShape>(rows);
        for (var part = 0; part < parts; part++)
        {
            Give(gradient, ref firstGradient, firstLength, TShape.AddsInputGradient);
            gradient += firstLength;
            Give(gradient, ref secondGradient, secondLength, TShape.AddsSecondGradient);
            gradient += secondLength;
        }
    }

    /// <summary>How many times some of the first and then some of the second follow, and how much of each.</summary>
    private static (int Parts, int First, int Second) Parts<TShape>(int rows) where TShape : struct, ICombineShape =>
        TShape.Combination == Combination.Append
            ? (1, rows * TShape.FirstUnits, rows * TShape.SecondUnits)
            : (rows, TShape.FirstUnits, TShape.SecondUnits);

    private static void Keep(ref T* kept, ref T* output, int length)
    {
        if (kept == null)
        {
            new Span<T>(output, length).Fill(T.One);
        }
        else
        {
            new Span<T>(kept, length).CopyTo(new Span<T>(output, length));
            kept += length;
        }

        output += length;
    }

    /// <summary>Runs all rows at once, or, where padding counts for nothing, each by what there is in it.</summary>
    private static void Run<TShape, TStep>(ref TStep step, in HostBlocks<T> blocks, in CombineOffsets offsets, int rows)
        where TShape : struct, ICombineShape
        where TStep : struct, IRowStep
    {
        if (!TShape.FirstIsMasked && !TShape.SecondIsMasked)
        {
            TSweep.Run(ref step, 0, rows * TShape.FirstUnits);
            return;
        }

        var masks = new MaskedRows<TShape, T>(blocks, offsets);
        for (var row = 0; row < rows; row++)
        {
            var (start, counts) = (row * TShape.FirstUnits, masks.At(row));
            if (counts is CombinedRows.Both)
                TSweep.Run(ref step, start, start + TShape.FirstUnits);
            else
                step.Copy(counts, start, TShape.FirstUnits);
        }
    }

    private static void Give(T* received, ref T* gradient, int length, bool adds)
    {
        if (gradient == null)
            return;
        if (adds)
            GradientSums<TSweep, T>.Add(received, gradient, length);
        else
            new Span<T>(received, length).CopyTo(new Span<T>(gradient, length));
        gradient += length;
    }

    /// <summary>A step over numbers that also knows what becomes of a row one of which is padding.</summary>
    private interface IRowStep : IElementStep<T>
    {
        void Copy(CombinedRows counts, int start, int length);
    }

    private readonly struct ForwardStep<TShape>(T* first, T* second, T* output) : IRowStep where TShape : struct, ICombineShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T> => TLanes.Store(
            CombineFormulas.Forward<TShape, TLanes>(TLanes.Load(first + index), TLanes.Load(second + index)), output + index);

        /// <summary>Gives a row one of which is padding.</summary>
        public void Copy(CombinedRows counts, int start, int length)
        {
            var row = new Span<T>(output + start, length);
            if (counts is CombinedRows.None)
                row.Clear();
            else
                new Span<T>((counts is CombinedRows.First ? first : second) + start, length).CopyTo(row);
        }
    }

    // Both may be one layer's output, which then gets two gradients: the second is added to the first.
    private readonly struct BackwardStep<TShape>(T* first, T* second, T* received, T* firstGradient, T* secondGradient) : IRowStep
        where TShape : struct, ICombineShape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T>
        {
            var (a, b, dy) = (TLanes.Load(first + index), TLanes.Load(second + index), TLanes.Load(received + index));
            if (firstGradient != null)
            {
                var da = CombineFormulas.BackwardFirst<TShape, TLanes>(dy, a, b);
                TLanes.Store(TShape.AddsInputGradient ? TLanes.Load(firstGradient + index) + da : da, firstGradient + index);
            }

            if (secondGradient != null)
            {
                var db = CombineFormulas.BackwardSecond<TShape, TLanes>(dy, a, b);
                TLanes.Store(TShape.AddsSecondGradient ? TLanes.Load(secondGradient + index) + db : db, secondGradient + index);
            }
        }

        /// <summary>Hands the gradient of a row on to the one that was given.</summary>
        public void Copy(CombinedRows counts, int start, int length)
        {
            if (firstGradient != null)
                Copy(firstGradient + start, counts is CombinedRows.First, start, length, TShape.AddsInputGradient);
            if (secondGradient != null)
                Copy(secondGradient + start, counts is CombinedRows.Second, start, length, TShape.AddsSecondGradient);
        }

        private void Copy(T* gradient, bool counts, int start, int length, bool adds)
        {
            if (counts)
                Give(received + start, ref gradient, length, adds);
            else if (!adds)
                new Span<T>(gradient, length).Clear();
        }
    }
}
