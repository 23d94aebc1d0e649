using ILGPU;
using ILGPU.Runtime;

namespace LstmDsl.Kernels;

/// <summary>
/// Four floats, which a GPU moves at once where they lie side by side on 16 bytes; also the numbers of a unit's gates, of which there are at
/// most four.
/// </summary>
internal struct Quad
{
    public float X, Y, Z, W;

    /// <summary>Reads four floats, or as many as there are, and zeros for the rest.</summary>
    /// <param name="view">Where they lie.</param>
    /// <param name="first">The place of the first.</param>
    /// <param name="step">From one to the next.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="isAligned">Whether they lie side by side on 16 bytes, so that all four come at once.</param>
    public static Quad Read(ArrayView<float> view, int first, int step, int count, int isAligned)
    {
        if (isAligned != 0 && (count >= 4 || count <= 0))
        {
            // Not within a branch: what is on its way early is not waited for.
            var four = Aligned(view)[count > 0 ? first >> 2 : 0];
            return count > 0 ? four : default;
        }

        var quad = default(Quad);
        if (count > 0)
            quad.X = view[first];
        if (count > 1)
            quad.Y = view[first + step];
        if (count > 2)
            quad.Z = view[first + (2 * step)];
        if (count > 3)
            quad.W = view[first + (3 * step)];
        return quad;
    }

    /// <summary>Writes four floats side by side, or the first of them.</summary>
    /// <param name="view">Where they go.</param>
    /// <param name="first">The place of the first.</param>
    /// <param name="count">How many of them there are.</param>
    /// <param name="isAligned">Whether they lie on 16 bytes, so that all four go at once.</param>
    public readonly void Write(ArrayView<float> view, int first, int count, int isAligned)
    {
        if (isAligned != 0 && count >= 4)
        {
            Aligned(view)[first >> 2] = this;
            return;
        }

        if (count > 0)
            view[first] = X;
        if (count > 1)
            view[first + 1] = Y;
        if (count > 2)
            view[first + 2] = Z;
        if (count > 3)
            view[first + 3] = W;
    }

    /// <summary>A view whose floats are read four at a time; it begins on 16 bytes.</summary>
    public static ArrayView<Quad> Aligned(ArrayView<float> view) => view.AsAligned(16).Cast<Quad>();

    /// <summary>Whether a view of device memory begins on 16 bytes, as its buffer does.</summary>
    public static bool IsAligned(ArrayView<float> view) => Index(view) % 4 == 0;

    /// <summary>this + left · right, each element's rounded once.</summary>
    public void AddProduct(float left, Quad right)
    {
        X = DeviceIntrinsics.FusedMultiplyAdd(left, right.X, X);
        Y = DeviceIntrinsics.FusedMultiplyAdd(left, right.Y, Y);
        Z = DeviceIntrinsics.FusedMultiplyAdd(left, right.Z, Z);
        W = DeviceIntrinsics.FusedMultiplyAdd(left, right.W, W);
    }

    /// <summary>The same, element by element.</summary>
    public void AddProducts(Quad left, Quad right)
    {
        X = DeviceIntrinsics.FusedMultiplyAdd(left.X, right.X, X);
        Y = DeviceIntrinsics.FusedMultiplyAdd(left.Y, right.Y, Y);
        Z = DeviceIntrinsics.FusedMultiplyAdd(left.Z, right.Z, Z);
        W = DeviceIntrinsics.FusedMultiplyAdd(left.W, right.W, W);
    }

    /// <summary>Adds element by element.</summary>
    public void Add(Quad other)
    {
        X += other.X;
        Y += other.Y;
        Z += other.Z;
        W += other.W;
    }

    private static long Index<TView>(TView view) where TView : struct, IContiguousArrayView => view.Index;
}
