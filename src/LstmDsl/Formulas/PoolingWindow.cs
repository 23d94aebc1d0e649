using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Which timesteps of the input a window is pooled over: those of its own that there are.</summary>
internal static class PoolingWindow
{
    /// <summary>The first.</summary>
    public static int From<TShape>(int t) where TShape : struct, IPoolingShape => Math.Max((t * TShape.Stride) - TShape.Padding, 0);

    /// <summary>The end.</summary>
    public static int To<TShape>(int t) where TShape : struct, IPoolingShape =>
        Math.Min((t * TShape.Stride) - TShape.Padding + TShape.Window, TShape.Timesteps);
}
