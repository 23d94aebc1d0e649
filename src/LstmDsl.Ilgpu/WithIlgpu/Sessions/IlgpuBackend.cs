using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// Runs programs on a device: each call launches kernels and returns at once. Sums go to the program's totals; a caller who does not wait
/// for them (<see cref="DeviceTotals.Waits"/>) gets 0.
/// </summary>
internal readonly partial struct IlgpuBackend(DeviceProgram program) : ITrainingBackend
{
    /// <inheritdoc/>
    public void RecurrentForward<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell
    {
        var sized = SizedRecurrentOffsets.Of<TCell>(offsets, samples, timesteps);
        if (TCell.ResetsBefore)
            DeviceResetBefore<TCell>.Forward(program, sized);
        else
            DeviceRecurrence<TCell>.Forward(program, sized);
    }

    /// <inheritdoc/>
    public void RecurrentBackward<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell
    {
        var sized = SizedRecurrentOffsets.Of<TCell>(offsets, samples, timesteps);
        if (TCell.ResetsBefore)
            DeviceResetBefore<TCell>.Backward(program, sized);
        else
            DeviceRecurrence<TCell>.Backward(program, sized);
    }

    /// <inheritdoc/>
    public void RecurrentGradients<TCell>(in RecurrentOffsets offsets, int samples, int timesteps) where TCell : struct, IRecurrentCell
    {
        var sized = SizedRecurrentOffsets.Of<TCell>(offsets, samples, timesteps);
        if (TCell.ResetsBefore)
            DeviceResetBefore<TCell>.Gradients(program, sized);
        else
            DeviceRecurrence<TCell>.Gradients(program, sized);
    }

    /// <inheritdoc/>
    public void DenseForward<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape =>
        DeviceDense<TShape>.Forward(program, offsets, rows);

    /// <inheritdoc/>
    public void DenseBackward<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape =>
        DeviceDense<TShape>.Backward(program, offsets, rows);

    /// <inheritdoc/>
    public void DenseGradients<TShape>(in DenseOffsets offsets, int rows) where TShape : struct, IDenseShape =>
        DeviceDense<TShape>.Gradients(program, offsets, rows);

    /// <inheritdoc/>
    public void AddActivityPenalty(in ActivityPenalty penalty) => DeviceSums.AddActivityPenalty(program, penalty);

    /// <inheritdoc/>
    public double AddWeightPenalty(Regularizer regularizer, int from, int to) =>
        DeviceSums.AddWeightPenalty(program, regularizer, from, to);

    /// <inheritdoc/>
    public double ElementwiseLoss<TFunction>(in TFunction function, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IElementwiseLoss =>
        DeviceSums.ElementwiseLoss(program, function, offsets, rows, columns, scale);

    /// <inheritdoc/>
    public double RowLoss<TFunction>(in TFunction function, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IRowLoss =>
        DeviceSums.RowLoss(program, function, offsets, rows, columns, scale);

    /// <inheritdoc/>
    public void Tally<TTally>(in TTally tally, in LossOffsets offsets, int rows, int columns, Span<double> sums)
        where TTally : struct, ITally =>
        DeviceSums.Tally(program, tally, offsets, rows, columns, sums);

    /// <inheritdoc/>
    public void Update<TRule>(in TRule rule, int firstSlot, int from, int to) where TRule : struct, IUpdateRule =>
        program.LaunchElements<DeviceUpdateKernel<TRule>, UpdateArguments<TRule>>(to - from, new UpdateArguments<TRule>
        {
            Weights = program.Parameters,
            Gradients = program.Gradients,
            Slot0 = TRule.SlotCount > 0 ? program.Slot(firstSlot) : program.Parameters,
            Slot1 = TRule.SlotCount > 1 ? program.Slot(firstSlot + 1) : program.Parameters,
            Slot2 = TRule.SlotCount > 2 ? program.Slot(firstSlot + 2) : program.Parameters,
            Rule = rule,
            From = from,
            To = to,
        });

    /// <inheritdoc/>
    public void Constrain(in ConstrainedTensor tensor)
    {
        var arguments = new ConstraintArguments
        {
            Weights = program.Part(program.Parameters, tensor.From, tensor.Before * tensor.Length * tensor.After),
            Constraint = tensor.Constraint,
            Before = tensor.Before,
            Length = tensor.Length,
            After = tensor.After,
        };
        if (tensor.Constraint.Kind == Constraint.NonNeg)
            program.LaunchElements<NonNegativeKernel, ConstraintArguments>(tensor.Before * tensor.Length * tensor.After, arguments);
        else
            program.LaunchElements<NormKernel, ConstraintArguments>(tensor.Before * tensor.After, arguments);
    }

    /// <inheritdoc/>
    public double SumOfSquares(UpdateBlock block, int from, int to) => DeviceSums.SumOfSquares(program, block, from, to);

    /// <inheritdoc/>
    public void NormalizeByFactors(in UpdateRegion region, double keep, double epsilon)
    {
        var arguments = new FactorArguments
        {
            Gradients = program.Gradient(region.From, region.To - region.From),
            RowMeans = program.Part(program.Slot(0), region.From, region.To - region.From),
            ColumnMeans = program.Part(program.Slot(1), region.From, region.To - region.From),
            Groups = region.Groups,
            Rows = region.Rows,
            Columns = region.Columns,
            Keep = keep,
            Epsilon = epsilon,
        };
        program.LaunchElements<FactorRowKernel, FactorArguments>(region.Groups * region.Rows, arguments);
        program.LaunchElements<FactorColumnKernel, FactorArguments>(region.Groups * region.Columns, arguments);
        program.LaunchElements<FactorGradientKernel, FactorArguments>(region.Groups * region.Rows, arguments);
    }
}
