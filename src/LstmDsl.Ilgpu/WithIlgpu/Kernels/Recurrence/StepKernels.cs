using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// One timestep of a large recurrent layer: h·U in tiles, and the cells of a tile's samples and units as soon as their sums are there. A
/// thread of a gated layer has all gates of one unit of four samples; of a layer without gates four units of each.
/// </summary>
internal readonly struct StepForwardKernel<TTile, TCell> : IDeviceKernel<RecurrentArguments>
    where TTile : struct, ITile
    where TCell : struct, IRecurrentCell
{
    public static void Run(RecurrentArguments layer)
    {
        var left = SharedMemory.Allocate1D<float, Stride1D.Dense>(TileProduct<TTile>.SharedFloats, default);
        var right = SharedMemory.Allocate1D<float, Stride1D.Dense>(TileProduct<TTile>.SharedFloats, default);
        var width = layer.Samples * TCell.Units;
        var operands = new ProductOperands
        {
            Left = layer.Hidden.SubView(layer.HiddenAt(layer.Step + layer.HiddenTimesteps - 1, width), width),
            LeftRowStride = TCell.Units,
            LeftDepthStride = 1,
            Right = layer.RecurrentKernel,
            RightDepthStride = TCell.Gates * TCell.Units,
            RightColumnStride = 1,
            Rows = layer.Samples,
            Columns = TCell.Gates * TCell.Units,
        };
        var depth = TCell.HasRecurrentKernel && layer.HasStateBefore(layer.Step) ? TCell.Units : 0;
        var unitsOfTile = TCell.Gates == 1 ? TileProduct<TTile>.Side : TTile.Threads;
        var columnStep = TCell.Gates == 1 ? TTile.Threads : TCell.Units;
        var across = (TCell.Units + unitsOfTile - 1) / unitsOfTile;
        var down = (layer.Samples + TileProduct<TTile>.Side - 1) / TileProduct<TTile>.Side;
        for (var tile = Grid.IdxX; tile < across * down; tile += Grid.DimX)
        {
            var sample = tile / across * TileProduct<TTile>.Side;
            var unit = tile % across * unitsOfTile;
            var sums = TileProduct<TTile>.Run(operands, left, right, sample, unit, columnStep, TCell.Units, 0, depth);
            sample += Group.IdxX / TTile.Threads;
            unit += Group.IdxX % TTile.Threads;
            RunRow(layer, sample, unit, sums.C00, sums.C01, sums.C02, sums.C03);
            RunRow(layer, sample + TTile.Threads, unit, sums.C10, sums.C11, sums.C12, sums.C13);
            RunRow(layer, sample + (2 * TTile.Threads), unit, sums.C20, sums.C21, sums.C22, sums.C23);
            RunRow(layer, sample + (3 * TTile.Threads), unit, sums.C30, sums.C31, sums.C32, sums.C33);
        }
    }

    private static void RunRow(RecurrentArguments layer, int sample, int unit, float c0, float c1, float c2, float c3)
    {
        if (sample >= layer.Samples)
            return;

        if (TCell.Gates > 1)
        {
            if (unit < TCell.Units)
                RecurrentTimestep<TCell>.Forward(layer, layer.Step, sample, unit, c0, c1, c2, c3);
            return;
        }

        RunCell(layer, sample, unit, c0);
        RunCell(layer, sample, unit + TTile.Threads, c1);
        RunCell(layer, sample, unit + (2 * TTile.Threads), c2);
        RunCell(layer, sample, unit + (3 * TTile.Threads), c3);
    }

    private static void RunCell(RecurrentArguments layer, int sample, int unit, float sum)
    {
        if (unit < TCell.Units)
            RecurrentTimestep<TCell>.Forward(layer, layer.Step, sample, unit, sum, 0, 0, 0);
    }
}

/// <summary>
/// One timestep of a large recurrent layer backwards: dz·Uᵀ of the timestep after in tiles of samples and units, and then their cells.
/// </summary>
internal readonly struct StepBackwardKernel<TTile, TCell> : IDeviceKernel<RecurrentArguments>
    where TTile : struct, ITile
    where TCell : struct, IRecurrentCell
{
    public static void Run(RecurrentArguments layer)
    {
        var left = SharedMemory.Allocate1D<float, Stride1D.Dense>(TileProduct<TTile>.SharedFloats, default);
        var right = SharedMemory.Allocate1D<float, Stride1D.Dense>(TileProduct<TTile>.SharedFloats, default);
        var columns = TCell.Gates * TCell.Units;
        var after = IntrinsicMath.Min(layer.Step + 1, layer.Timesteps - 1);
        var operands = new ProductOperands
        {
            Left = (TCell.HasRecurrentPart ? layer.Kept : layer.PreActivations)
                .SubView(after * layer.Samples * columns, layer.Samples * columns),
            LeftRowStride = columns,
            LeftDepthStride = 1,
            Right = layer.RecurrentKernel,
            RightDepthStride = 1,
            RightColumnStride = columns,
            Rows = layer.Samples,
            Columns = TCell.Units,
        };
        var depth = TCell.HasRecurrentKernel && after > layer.Step ? columns : 0;
        var across = (TCell.Units + TileProduct<TTile>.Side - 1) / TileProduct<TTile>.Side;
        var down = (layer.Samples + TileProduct<TTile>.Side - 1) / TileProduct<TTile>.Side;
        for (var tile = Grid.IdxX; tile < across * down; tile += Grid.DimX)
        {
            var sample = tile / across * TileProduct<TTile>.Side;
            var unit = tile % across * TileProduct<TTile>.Side;
            var sums = TileProduct<TTile>.Run(operands, left, right, sample, unit, TTile.Threads, TCell.Units, 0, depth);
            sample += Group.IdxX / TTile.Threads;
            unit += Group.IdxX % TTile.Threads;
            RunRow(layer, sample, unit, sums.C00, sums.C01, sums.C02, sums.C03);
            RunRow(layer, sample + TTile.Threads, unit, sums.C10, sums.C11, sums.C12, sums.C13);
            RunRow(layer, sample + (2 * TTile.Threads), unit, sums.C20, sums.C21, sums.C22, sums.C23);
            RunRow(layer, sample + (3 * TTile.Threads), unit, sums.C30, sums.C31, sums.C32, sums.C33);
        }
    }

    private static void RunRow(RecurrentArguments layer, int sample, int unit, float c0, float c1, float c2, float c3)
    {
        RunCell(layer, sample, unit, c0);
        RunCell(layer, sample, unit + TTile.Threads, c1);
        RunCell(layer, sample, unit + (2 * TTile.Threads), c2);
        RunCell(layer, sample, unit + (3 * TTile.Threads), c3);
    }

    private static void RunCell(RecurrentArguments layer, int sample, int unit, float carried)
    {
        if (sample < layer.Samples && unit < TCell.Units)
            RecurrentTimestep<TCell>.Backward(layer, layer.Step, sample, unit, carried);
    }
}
