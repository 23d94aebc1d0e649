using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>Losses, metrics and penalties in launches: what ends in a number.</summary>
internal static class DeviceSums
{
    /// <summary>See <see cref="IBackend.AddActivityPenalty"/>; added to the loss.</summary>
    public static void AddActivityPenalty(DeviceProgram program, in ActivityPenalty penalty)
    {
        if (program.Totals is not { } totals)
            return;
        // Divided by the batch's samples like the loss, which is added up times them.
        totals.AddTo(index: 0, factor: 1);
        AddPenalty(program, new PenaltyArguments
        {
            Numbers = program.Activation(penalty.Output, penalty.Length),
            Gradient = program.Activation(penalty.OutputGradient, penalty.Length),
            HasGradient = penalty.OutputGradient >= 0 ? 1 : 0,
            Regularizer = penalty.Regularizer,
            Length = penalty.Length,
            Scale = (float)(1.0 / program.BatchSamples),
        });
    }

    /// <summary>See <see cref="ITrainingBackend.AddWeightPenalty"/>.</summary>
    public static double AddWeightPenalty(DeviceProgram program, Regularizer regularizer, int from, int to) =>
        AddPenalty(program, new PenaltyArguments
        {
            Numbers = program.Parameter(from, to - from),
            Gradient = program.Trains ? program.Gradient(from, to - from) : program.Parameter(from, to - from),
            HasGradient = program.Trains ? 1 : 0,
            Regularizer = regularizer,
            Length = to - from,
            Scale = 1,
        });

    /// <summary>See <see cref="ITrainingBackend.SumOfSquares"/>; waits for the device.</summary>
    public static double SumOfSquares(DeviceProgram program, UpdateBlock block, int from, int to)
    {
        var length = to - from;
        var groups = program.Plan.SumGroups(length);
        var waits = program.Totals?.Waits ?? false;
        program.Totals?.Waits = true;
        program.Launch<SquaresSumKernel, SquaresArguments>(groups, program.Plan.ElementGroup, new SquaresArguments
        {
            Numbers = block == UpdateBlock.Weights ? program.Parameter(from, length) : program.Gradient(from, length),
            Sums = Places(program),
            Length = length,
        });
        var sum = Add(program, groups);
        program.Totals?.Waits = waits;
        return sum;
    }

    /// <summary>See <see cref="ITrainingBackend.ElementwiseLoss"/>.</summary>
    public static double ElementwiseLoss<TFunction>(
        DeviceProgram program, in TFunction function, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IElementwiseLoss
    {
        var groups = program.Plan.SumGroups(rows * columns);
        var arguments = Arguments(program, function, offsets, rows, columns, columns, scale);
        program.Launch<DeviceElementwiseLossKernel<TFunction>, LossArguments<TFunction>>(groups, program.Plan.ElementGroup, arguments);
        return Add(program, groups);
    }

    /// <summary>See <see cref="ITrainingBackend.RowLoss"/>.</summary>
    public static double RowLoss<TFunction>(
        DeviceProgram program, in TFunction function, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IRowLoss
    {
        var groups = program.Plan.SumGroups(rows);
        var arguments = Arguments(program, function, offsets, rows, columns, function.TargetColumns(columns), scale);
        program.Launch<DeviceRowLossKernel<TFunction>, LossArguments<TFunction>>(groups, program.Plan.ElementGroup, arguments);
        return Add(program, groups);
    }

    /// <summary>See <see cref="ITrainingBackend.Tally"/>; waits for targets and predictions, and counts here.</summary>
    public static void Tally<TTally>(
        DeviceProgram program, in TTally tally, in LossOffsets offsets, int rows, int columns, Span<double> sums)
        where TTally : struct, ITally
    {
        var targetColumns = tally.TargetColumns(columns);
        var targets = program.Read(place: 0, offsets.Targets, rows * targetColumns);
        var predictions = program.Read(place: 1, offsets.Predictions, rows * columns);
        var weights = offsets.Weights < 0 ? [] : program.Read(place: 2, offsets.Weights, rows);
        RowTally.Run<TTally, float>(tally, targets, predictions, weights, columns, sums);
    }

    private static LossArguments<TFunction> Arguments<TFunction>(
        DeviceProgram program, in TFunction function, in LossOffsets offsets, int rows, int columns, int targetColumns, double scale)
        where TFunction : struct => new()
        {
            Function = function,
            Targets = program.Activation(offsets.Targets, (long)rows * targetColumns),
            Predictions = program.Activation(offsets.Predictions, (long)rows * columns),
            Gradient = program.Activation(offsets.Gradient, (long)rows * columns),
            Weights = program.Activation(offsets.Weights, rows),
            Sums = Places(program),
            HasGradient = offsets.Gradient >= 0 ? 1 : 0,
            HasWeights = offsets.Weights >= 0 ? 1 : 0,
            Rows = rows,
            Columns = columns,
            TargetColumns = targetColumns,
            Scale = scale,
        };

    private static double AddPenalty(DeviceProgram program, PenaltyArguments arguments)
    {
        var groups = program.Plan.SumGroups(arguments.Length);
        arguments.Sums = Places(program);
        program.Launch<PenaltySumKernel, PenaltyArguments>(groups, program.Plan.ElementGroup, arguments);
        return Add(program, groups);
    }

    private static double Add(DeviceProgram program, int groups) => program.Totals?.Add(groups) ?? 0;

    private static SumPlaces Places(DeviceProgram program) => program.Totals?.Places ?? default;
}
