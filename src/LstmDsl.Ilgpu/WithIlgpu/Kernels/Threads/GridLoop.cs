using ILGPU;

namespace LstmDsl.Kernels;

/// <summary>How a thread walks through work that is dealt element by element: neighbours take neighbouring elements.</summary>
internal static class GridLoop
{
    /// <summary>The thread's first element.</summary>
    public static int First => (Grid.IdxX * Group.DimX) + Group.IdxX;

    /// <summary>From one of its elements to the next.</summary>
    public static int Step => Grid.DimX * Group.DimX;
}
