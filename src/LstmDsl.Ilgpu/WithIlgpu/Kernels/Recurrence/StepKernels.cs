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

/// <summary>What a timestep of a large recurrent layer multiplies, and what one of its cells does with the sums.</summary>
internal interface IStepPass
{
    /// <summary>Columns of the product that a unit has: the gates, four of them, or one.</summary>
    static abstract int ColumnsOfUnit { get; }

    /// <summary>The product.</summary>
    static abstract ProductOperands Operands(StepArguments step);

    /// <summary>One unit of one sample, given the sums of its columns.</summary>
    static abstract void Run(RecurrentArguments layer, int sample, int unit, Quad sums);
}

/// <summary>
/// One timestep of a large recurrent layer: a product in tiles, and the cells of a tile's samples and units as soon as their sums are there,
/// dealt out to the threads of its last group so that neighbours have neighbouring units.
/// </summary>
internal readonly struct StepKernel<TTile, TPass> : IDeviceKernel<StepArguments>
    where TTile : struct, ITile
    where TPass : struct, IStepPass
{
    // Of a tile.
    private static int Units => TPass.ColumnsOfUnit == 1 ? TileProduct<TTile>.Columns : TileProduct<TTile>.Columns / 4;

    public static void Run(StepArguments step)
    {
        var shared = SharedMemory.Allocate1D<float, Stride1D.Dense>(TileProduct<TTile>.SharedFloats, default);
        var operands = TPass.Operands(step);
        var across = (operands.Columns + TileProduct<TTile>.Columns - 1) / TileProduct<TTile>.Columns;
        var tiles = (operands.Rows + TileProduct<TTile>.Rows - 1) / TileProduct<TTile>.Rows * across;
        for (var number = Grid.IdxX; number < tiles * step.Parts; number += Grid.DimX)
        {
            var tile = number % tiles;
            var sample = tile / across * TileProduct<TTile>.Rows;
            var column = tile % across * TileProduct<TTile>.Columns;
            var sums = default(BlockSums);
            if (!StepTile<TTile>.Run(step, operands, shared, sample, column, number / tiles, tile, tiles, ref sums))
                continue;
            TileProduct<TTile>.Stage(shared, sums);
            TileProduct<TTile>.Meet();
            RunCells(step.Layer, operands, shared, sample, column);
            TileProduct<TTile>.Meet();
        }
    }

    private static void RunCells(RecurrentArguments layer, ProductOperands operands, ArrayView<float> shared, int sample, int column)
    {
        var cells = IntrinsicMath.Min(operands.Rows - sample, TileProduct<TTile>.Rows) * Units;
        for (var cell = Group.IdxX; cell < cells; cell += TileProduct<TTile>.GroupSize)
        {
            var row = TileLoader<TTile>.Quotient(cell, Units);
            var columnInTile = TPass.ColumnsOfUnit * TileLoader<TTile>.Remainder(cell, Units);
            if (column + columnInTile >= operands.Columns)
                continue;
            var sums = TPass.ColumnsOfUnit == 1
                ? new Quad { X = TileProduct<TTile>.Staged(shared, row, columnInTile) }
                : TileProduct<TTile>.StagedQuad(shared, row, columnInTile);
            TPass.Run(layer, sample + row, TileLoader<TTile>.Quotient(column + columnInTile, TPass.ColumnsOfUnit), sums);
        }
    }
}

/// <summary>Forwards: h·U, and the cells.</summary>
internal readonly struct ForwardStep<TCell> : IStepPass where TCell : struct, IRecurrentCell
{
    // The gates of a unit stand side by side in the recurrent kernel here, four of them.
    public static int ColumnsOfUnit => TCell.Gates == 1 ? 1 : 4;

    public static ProductOperands Operands(StepArguments step)
    {
        var layer = step.Layer;
        var width = layer.Samples * TCell.Units;
        var columns = ColumnsOfUnit * TCell.Units;
        return new()
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
    }

    public static void Run(RecurrentArguments layer, int sample, int unit, Quad sums)
    {
        var projected = RecurrentTimestep<TCell>.Projected(layer, layer.Step, sample, unit);
        RecurrentTimestep<TCell>.Forward(layer, layer.Step, sample, unit, projected, sums);
    }
}

/// <summary>Backwards: dz·Uᵀ of the timestep after, and then the cells.</summary>
internal readonly struct BackwardStep<TCell> : IStepPass where TCell : struct, IRecurrentCell
{
    public static int ColumnsOfUnit => 1;

    public static ProductOperands Operands(StepArguments step)
    {
        var layer = step.Layer;
        var columns = TCell.Gates * TCell.Units;
        var after = IntrinsicMath.Min(layer.Step + 1, layer.Timesteps - 1);
        return new()
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
    }

    public static void Run(RecurrentArguments layer, int sample, int unit, Quad sums) =>
        RecurrentTimestep<TCell>.Backward(layer, layer.Step, sample, unit, sums.X);
}
