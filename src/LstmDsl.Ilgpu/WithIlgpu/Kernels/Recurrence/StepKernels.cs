using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>A timestep of a large recurrent layer, whose product's depth is cut into parts of groups of their own.</summary>
internal struct StepArguments
{
    public RecurrentArguments Layer;

    /// <summary>The sums of all parts; see <see cref="Arrival"/>.</summary>
    public ArrayView<float> Partials;

    public ArrayView<int> Counters;
    public int Parts;
    public int PartDepth;

    /// <summary>The depth of the whole product; 0 where no state comes before, or after.</summary>
    public int Depth;

    /// <summary>Whether the state, and the gradients, begin on 16 bytes.</summary>
    public int LeftIsAligned;
}

/// <summary>The product of a timestep in tiles: all sums of a thread when the group that asks is the last to have a part of them.</summary>
internal static class StepTile<TTile> where TTile : struct, ITile
{
    /// <summary>Sums up a part of a tile. The last group of a tile goes on with the sums of all parts; the others have done.</summary>
    public static bool Run(
        StepArguments step,
        ProductOperands operands,
        ArrayView<float> shared,
        int row,
        int column,
        int part,
        int tile,
        int tiles,
        ref BlockSums sums)
    {
        var from = part * step.PartDepth;
        sums = TileProduct<TTile>.Run(operands, shared, row, column, from, IntrinsicMath.Min(from + step.PartDepth, step.Depth)).Block0;
        if (step.Parts == 1)
            return true;

        var partials = Quad.Aligned(step.Partials);
        sums.Write(partials, Place(part, tile, tiles), TileProduct<TTile>.GroupSize);
        if (!Arrival.IsLastGroup(step.Counters, tile, step.Parts))
            return false;

        sums = default;
        for (var other = 0; other < step.Parts; other++)
            sums.Add(BlockSums.Read(partials, Place(other, tile, tiles), TileProduct<TTile>.GroupSize));
        return true;
    }

    private static int Place(int part, int tile, int tiles) => (((part * tiles) + tile) * 4 * TileProduct<TTile>.GroupSize) + Group.IdxX;
}

/// <summary>
/// One timestep of a large recurrent layer: h·U in tiles, and the cells of a tile's samples and units as soon as their sums are there. A
/// thread of a gated layer has all gates of one unit of four samples; of a layer without gates four units of each.
/// </summary>
internal readonly struct StepForwardKernel<TTile, TCell> : IDeviceKernel<StepArguments>
    where TTile : struct, ITile
    where TCell : struct, IRecurrentCell
{
    public static void Run(StepArguments step)
    {
        var shared = SharedMemory.Allocate1D<float, Stride1D.Dense>(TileProduct<TTile>.SharedFloats, default);
        var layer = step.Layer;
        var width = layer.Samples * TCell.Units;
        // The gates of a unit stand side by side in the recurrent kernel here, four of them.
        var columns = TCell.Gates == 1 ? TCell.Units : 4 * TCell.Units;
        var operands = new ProductOperands
        {
            Left = layer.Hidden.SubView(layer.HiddenAt(layer.Step + layer.HiddenTimesteps - 1, width), width),
            LeftRowStride = TCell.Units,
            LeftDepthStride = 1,
            LeftAlongDepth = 1,
            LeftIsAligned = TCell.Units % 4 == 0 ? step.LeftIsAligned : 0,
            Right = layer.RecurrentKernel,
            RightDepthStride = columns,
            RightColumnStride = 1,
            RightIsAligned = columns % 4 == 0 ? 1 : 0,
            Rows = layer.Samples,
            Columns = columns,
            Depth = step.Depth,
        };
        var across = (columns + TileProduct<TTile>.Columns - 1) / TileProduct<TTile>.Columns;
        var tiles = (layer.Samples + TileProduct<TTile>.Rows - 1) / TileProduct<TTile>.Rows * across;
        for (var number = Grid.IdxX; number < tiles * step.Parts; number += Grid.DimX)
        {
            var tile = number % tiles;
            var sample = tile / across * TileProduct<TTile>.Rows;
            var column = tile % across * TileProduct<TTile>.Columns;
            var sums = default(BlockSums);
            if (!StepTile<TTile>.Run(step, operands, shared, sample, column, number / tiles, tile, tiles, ref sums))
                continue;
            sample += TileProduct<TTile>.RowOfThread;
            column += TileProduct<TTile>.ColumnOfThread;
            TileProduct<TTile>.Stage(shared, sums);
            for (var row = 0; row < 4; row++)
                RunRow(layer, sample + row, column, TileProduct<TTile>.Staged(shared, row));
            TileProduct<TTile>.Release();
        }
    }

    private static void RunRow(RecurrentArguments layer, int sample, int column, Quad sums)
    {
        if (sample >= layer.Samples)
            return;

        if (TCell.Gates > 1)
        {
            RunCell(layer, sample, column / 4, sums);
            return;
        }

        RunCell(layer, sample, column, sums);
        RunCell(layer, sample, column + 1, new Quad { X = sums.Y });
        RunCell(layer, sample, column + 2, new Quad { X = sums.Z });
        RunCell(layer, sample, column + 3, new Quad { X = sums.W });
    }

    private static void RunCell(RecurrentArguments layer, int sample, int unit, Quad sums)
    {
        if (unit >= TCell.Units)
            return;
        var projected = RecurrentTimestep<TCell>.Projected(layer, layer.Step, sample, unit);
        RecurrentTimestep<TCell>.Forward(layer, layer.Step, sample, unit, projected, sums);
    }
}

/// <summary>
/// One timestep of a large recurrent layer backwards: dz·Uᵀ of the timestep after in tiles of samples and units, and then their cells.
/// </summary>
internal readonly struct StepBackwardKernel<TTile, TCell> : IDeviceKernel<StepArguments>
    where TTile : struct, ITile
    where TCell : struct, IRecurrentCell
{
    public static void Run(StepArguments step)
    {
        var shared = SharedMemory.Allocate1D<float, Stride1D.Dense>(TileProduct<TTile>.SharedFloats, default);
        var layer = step.Layer;
        var columns = TCell.Gates * TCell.Units;
        var after = IntrinsicMath.Min(layer.Step + 1, layer.Timesteps - 1);
        var operands = new ProductOperands
        {
            Left = (TCell.HasRecurrentPart ? layer.Kept : layer.PreActivations)
                .SubView(after * layer.Samples * columns, layer.Samples * columns),
            LeftRowStride = columns,
            LeftDepthStride = 1,
            LeftAlongDepth = 1,
            LeftIsAligned = columns % 4 == 0 ? step.LeftIsAligned : 0,
            Right = layer.RecurrentKernel,
            RightDepthStride = 1,
            RightColumnStride = columns,
            RightAlongDepth = 1,
            RightIsAligned = columns % 4 == 0 ? 1 : 0,
            Rows = layer.Samples,
            Columns = TCell.Units,
            Depth = step.Depth,
        };
        var across = (TCell.Units + TileProduct<TTile>.Columns - 1) / TileProduct<TTile>.Columns;
        var tiles = (layer.Samples + TileProduct<TTile>.Rows - 1) / TileProduct<TTile>.Rows * across;
        for (var number = Grid.IdxX; number < tiles * step.Parts; number += Grid.DimX)
        {
            var tile = number % tiles;
            var sample = tile / across * TileProduct<TTile>.Rows;
            var unit = tile % across * TileProduct<TTile>.Columns;
            var sums = default(BlockSums);
            if (!StepTile<TTile>.Run(step, operands, shared, sample, unit, number / tiles, tile, tiles, ref sums))
                continue;
            sample += TileProduct<TTile>.RowOfThread;
            unit += TileProduct<TTile>.ColumnOfThread;
            TileProduct<TTile>.Stage(shared, sums);
            for (var place = 0; place < 16; place++)
            {
                var row = TileProduct<TTile>.Staged(shared, place >> 2);
                var carried = (place & 3) == 0 ? row.X : (place & 3) == 1 ? row.Y : (place & 3) == 2 ? row.Z : row.W;
                RunCell(layer, sample + (place >> 2), unit + (place & 3), carried);
            }

            TileProduct<TTile>.Release();
        }
    }

    private static void RunCell(RecurrentArguments layer, int sample, int unit, float carried)
    {
        if (sample < layer.Samples && unit < TCell.Units)
            RecurrentTimestep<TCell>.Backward(layer, layer.Step, sample, unit, carried);
    }
}
