using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>What an elementwise kernel does at some columns of a row.</summary>
internal interface IColumnStep
{
    /// <summary>Works on the columns from <paramref name="column"/> on, as many as there are lanes.</summary>
    void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>;
}

/// <summary>Runs an elementwise kernel over a row of any length: whole vectors, then ever narrower ones, never beyond the end.</summary>
internal static class ColumnSweep
{
    /// <summary>Runs <paramref name="step"/> over the columns from <paramref name="from"/> to <paramref name="to"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLanes, TStep>(ref TStep step, int from, int to)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TStep : struct, IColumnStep
    {
        var column = from;
        for (; column <= to - TLanes.Count; column += TLanes.Count) step.Step<TLanes>(column);
        if (column < to) RunRest<TLanes, TStep>(ref step, column, to);
    }

    /// <summary>
    /// What fills no whole vector. Each width is a method of its own: together they exceed what the compiler inlines in one method.
    /// </summary>
    [MethodImpl(KernelCompilation.Loop)]
    private static void RunRest<TLanes, TStep>(ref TStep step, int column, int to)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TStep : struct, IColumnStep
    {
        if (TLanes.Count > Lanes256.Count && column <= to - Lanes256.Count)
        {
            RunOne<Lanes256, TStep>(ref step, column);
            column += Lanes256.Count;
        }
        if (TLanes.Count > Lanes128.Count && column <= to - Lanes128.Count)
        {
            RunOne<Lanes128, TStep>(ref step, column);
            column += Lanes128.Count;
        }
        switch (to - column)
        {
            case 1: RunOne<FewLanes<One>, TStep>(ref step, column); break;
            case 2: RunOne<FewLanes<Two>, TStep>(ref step, column); break;
            case 3: RunOne<FewLanes<Three>, TStep>(ref step, column); break;
        }
    }

    [MethodImpl(KernelCompilation.Loop)]
    private static void RunOne<TLanes, TStep>(ref TStep step, int column)
        where TLanes : unmanaged, IVectorLanes<TLanes>
        where TStep : struct, IColumnStep =>
        step.Step<TLanes>(column);
}
