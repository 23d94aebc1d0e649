using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LstmDsl.Kernels;

/// <summary>Lays rows of a panel one after the other, as products read them: the last vector, which may overlap, behind the others.</summary>
internal static unsafe class PanelLayout
{
    /// <summary>Copies so many rows of the panel at hand.</summary>
    /// <param name="source">The panel's first column in the first of the rows.</param>
    /// <param name="stride">Distance of the rows.</param>
    /// <param name="rows">Their number.</param>
    /// <param name="split">The panel.</param>
    /// <param name="lanes">Lanes of its vectors.</param>
    /// <param name="destination">Takes them.</param>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Copy(float* source, nint stride, int rows, in PanelSplit split, int lanes, float* destination)
    {
        var before = (split.Vectors - 1) * lanes;
        nint last = split.Last;
        for (var row = 0; row < rows; row++)
        {
            Copy(source, destination, before);
            Copy(source + last, destination + before, lanes);
            source += stride;
            destination += before + lanes;
        }
    }

    // So few numbers that calling the runtime's copy takes longer than copying.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* source, float* destination, int length)
    {
        var index = 0;
        for (; index <= length - Vector128<float>.Count; index += Vector128<float>.Count)
            Vector128.Load(source + index).Store(destination + index);
        for (; index < length; index++)
            destination[index] = source[index];
    }
}
