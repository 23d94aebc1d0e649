using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>One packed weight matrix.</summary>
internal readonly unsafe struct PackedMatrix(float* panels, float* transposedPanels)
{
    /// <summary>For a product x·W.</summary>
    public float* Panels { get; } = panels;

    /// <summary>For a product dz·Wᵀ; null in a prediction.</summary>
    public float* TransposedPanels { get; } = transposedPanels;
}

/// <summary>
/// Copies of weight matrices in the order in which products read them: panel by panel (<see cref="PanelSplit"/>), each panel's rows one
/// after the other. So a product walks through memory, whatever the matrix' width; rows of a power of two would fall into few places of
/// the cache. The transposed copy carries gradients back with the same kernel as the forward product. Who changes weights packs again.
/// </summary>
internal sealed unsafe class PackedWeights
{
    private readonly Entry[] entries;
    private readonly AlignedBlock<float> block;

    /// <summary>Makes room for the kernels of a tensor table.</summary>
    /// <param name="tensors">The tensor table.</param>
    /// <param name="transposes">Whether gradients will be carried back; a prediction needs no transposed copies.</param>
    public PackedWeights(IReadOnlyList<TensorSlot> tensors, bool transposes)
    {
        var kernels = tensors.Where(tensor => tensor.IsKernel).ToList();
        entries = new Entry[kernels.Count];
        var length = 0;
        for (var index = 0; index < entries.Length; index++)
        {
            var tensor = kernels[index];
            var entry = new Entry { Offset = tensor.Offset, Rows = tensor.Rows, Columns = tensor.Columns, Panels = length };
            length = checked(length + Size(tensor.Rows, tensor.Columns));
            entry.TransposedPanels = transposes ? length : -1;
            if (transposes)
                length = checked(length + Size(tensor.Columns, tensor.Rows));
            entries[index] = entry;
        }

        block = new(length);
    }

    /// <summary>Number of matrices.</summary>
    public int Count => entries.Length;

    /// <summary>The matrix at that offset of the parameter block.</summary>
    public PackedMatrix Matrix(int offset)
    {
        ref readonly var entry = ref Find(offset);
        return new(block.Pointer + entry.Panels, entry.TransposedPanels < 0 ? null : block.Pointer + entry.TransposedPanels);
    }

    /// <summary>Packs one matrix.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public void Pack<TLanes>(float* parameters, int index) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var entry = entries[index];
        var source = parameters + entry.Offset;
        Pack(source, entry.Rows, entry.Columns, block.Pointer + entry.Panels, LanesFor<TLanes>(entry.Columns));
        if (entry.TransposedPanels >= 0)
            PackTransposed(source, entry.Rows, entry.Columns, block.Pointer + entry.TransposedPanels, LanesFor<TLanes>(entry.Rows));
    }

    // The lanes that MatrixProduct takes for so many columns.
    private static int LanesFor<TLanes>(int columns) where TLanes : unmanaged, IVectorLanes<TLanes> =>
        columns >= TLanes.Count ? TLanes.Count
        : columns >= Lanes256.Count ? Lanes256.Count
        : columns >= Lanes128.Count ? Lanes128.Count
        : columns;

    // Whole vectors of the widest kind, which no narrower kind exceeds.
    private static int Size(int depth, int columns) => checked(depth * ((columns + 15) / 16 * 16));

    [MethodImpl(KernelCompilation.Loop)]
    private static void Pack(float* source, int rows, int columns, float* destination, int lanes)
    {
        var split = new PanelSplit(columns, lanes);
        while (split.Next())
        {
            PanelLayout.Copy(source + split.Column, columns, rows, split, lanes, destination);
            destination += (nint)rows * split.Vectors * lanes;
        }
    }

    private static void PackTransposed(float* source, int rows, int columns, float* destination, int lanes)
    {
        var split = new PanelSplit(rows, lanes);
        while (split.Next())
        {
            var width = split.Vectors * lanes;
            for (var vector = 0; vector < split.Vectors; vector++)
            {
                var first = split.Column + (vector == split.Vectors - 1 ? split.Last : vector * lanes);
                Transpose(source + ((nint)first * columns), columns, destination + (vector * lanes), width, lanes);
            }
            destination += (nint)width * columns;
        }
    }

    // lanes rows of the source → columns of the destination, four at a time.
    [MethodImpl(KernelCompilation.Loop)]
    private static void Transpose(float* source, nint columns, float* destination, nint width, int lanes)
    {
        var lane = 0;
        for (; lane <= lanes - 4; lane += 4)
        {
            var row0 = source + (lane * columns);
            var row1 = row0 + columns;
            var row2 = row1 + columns;
            var row3 = row2 + columns;
            var to = destination + lane;
            nint column = 0;
            for (; Vector512.IsHardwareAccelerated && column <= columns - 4; column += 4, to += 4 * width)
            {
                var rows = Vector512.Create(
                    Vector256.Create(Vector128.Load(row0 + column), Vector128.Load(row1 + column)),
                    Vector256.Create(Vector128.Load(row2 + column), Vector128.Load(row3 + column)));
                var turned = Vector512.Shuffle(rows, Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
                turned.GetLower().GetLower().Store(to);
                turned.GetLower().GetUpper().Store(to + width);
                turned.GetUpper().GetLower().Store(to + (2 * width));
                turned.GetUpper().GetUpper().Store(to + (3 * width));
            }
            for (; column < columns; column++, to += width)
                Vector128.Create(row0[column], row1[column], row2[column], row3[column]).Store(to);
        }

        for (; lane < lanes; lane++)
        {
            for (nint column = 0; column < columns; column++)
                destination[(column * width) + lane] = source[(lane * columns) + column];
        }
    }

    private ref readonly Entry Find(int offset)
    {
        // A model has a handful of matrices, and a layer asks once a pass.
        foreach (ref readonly var entry in entries.AsSpan())
        {
            if (entry.Offset == offset)
                return ref entry;
        }

        throw new ArgumentOutOfRangeException(nameof(offset), offset, "No weight matrix stands there.");
    }

    private struct Entry
    {
        public int Offset;
        public int Rows;
        public int Columns;
        public int Panels;
        public int TransposedPanels;
    }
}
