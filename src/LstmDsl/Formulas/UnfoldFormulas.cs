using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Which timesteps windows that are laid side by side hold; see <see cref="IUnfoldShape"/>.</summary>
internal static class UnfoldFormulas
{
    /// <summary>Which timestep of the input a place of a window holds; −1 for none.</summary>
    public static int Position<TShape>(int t, int j) where TShape : struct, IUnfoldShape
    {
        var position = (t * TShape.Stride) + (j * TShape.Dilation) - TShape.Padding;
        return position < TShape.Timesteps ? Math.Max(position, -1) : -1;
    }
}
