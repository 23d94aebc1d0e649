using ILGPU;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// Runs programs on a device: each call launches kernels and returns at once. Sums go to the program's totals and not to the caller, who
/// gets 0.
/// </summary>
internal readonly struct IlgpuBackend(DeviceProgram program) : ITrainingBackend
{
    private ArrayView<double> Partials => program.Totals is { } totals ? totals.Partials : default;

    /// <inheritdoc/>
    public void LstmForward<TShape>(in LstmOffsets offsets, int samples, int timesteps) where TShape : struct, ILstmShape =>
        DeviceRecurrence<LstmDeviceCell<TShape>>.Forward(program, RecurrentPlaces.Of<TShape>(offsets, samples, timesteps));

    /// <inheritdoc/>
    public void LstmBackward<TShape>(in LstmOffsets offsets, int samples, int timesteps) where TShape : struct, ILstmShape =>
        DeviceRecurrence<LstmDeviceCell<TShape>>.Backward(program, RecurrentPlaces.Of<TShape>(offsets, samples, timesteps));

    /// <inheritdoc/>
    public void LstmGradients<TShape>(in LstmOffsets offsets, int samples, int timesteps) where TShape : struct, ILstmShape =>
        DeviceRecurrence<LstmDeviceCell<TShape>>.Gradients(program, RecurrentPlaces.Of<TShape>(offsets, samples, timesteps));

    /// <inheritdoc/>
    public void SimpleRnnForward<TShape>(in SimpleRnnOffsets offsets, int samples, int timesteps) where TShape : struct, ISimpleRnnShape =>
        DeviceRecurrence<SimpleRnnDeviceCell<TShape>>.Forward(program, RecurrentPlaces.Of<TShape>(offsets, samples, timesteps));

    /// <inheritdoc/>
    public void SimpleRnnBackward<TShape>(in SimpleRnnOffsets offsets, int samples, int timesteps) where TShape : struct, ISimpleRnnShape =>
        DeviceRecurrence<SimpleRnnDeviceCell<TShape>>.Backward(program, RecurrentPlaces.Of<TShape>(offsets, samples, timesteps));

    /// <inheritdoc/>
    public void SimpleRnnGradients<TShape>(in SimpleRnnOffsets offsets, int samples, int timesteps)
        where TShape : struct, ISimpleRnnShape =>
        DeviceRecurrence<SimpleRnnDeviceCell<TShape>>.Gradients(program, RecurrentPlaces.Of<TShape>(offsets, samples, timesteps));

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
    public void AddActivityPenalty(in ActivityPenalty penalty)
    {
        if (program.Totals is not { } totals)
            return;
        // Divided by the batch's samples like the loss, which is added up times them.
        totals.Index = 0;
        totals.Factor = 1;
        AddPenalty(new PenaltyArguments
        {
            Numbers = program.Activation(penalty.Output, penalty.Length),
            Gradient = program.Activation(penalty.OutputGradient, penalty.Length),
            HasGradient = penalty.OutputGradient >= 0 ? 1 : 0,
            Regularizer = penalty.Regularizer,
            Length = penalty.Length,
            Scale = (float)(1.0 / program.BatchSamples),
        });
    }

    /// <inheritdoc/>
    public double AddWeightPenalty(Regularizer regularizer, int from, int to)
    {
        AddPenalty(new PenaltyArguments
        {
            Numbers = program.Parameter(from, to - from),
            Gradient = program.Trains ? program.Gradient(from, to - from) : program.Parameter(from, to - from),
            HasGradient = program.Trains ? 1 : 0,
            Regularizer = regularizer,
            Length = to - from,
            Scale = 1,
        });
        return 0;
    }

    /// <inheritdoc/>
    public double ElementwiseLoss<TFunction>(in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IElementwiseLoss
    {
        var length = rows * columns;
        var groups = program.Plan.SumGroups(length);
        program.Launch<LossSumKernel<TFunction>, LossArguments>(groups, program.Plan.ElementGroup, new LossArguments
        {
            Targets = program.Activation(offsets.Targets, length),
            Predictions = program.Activation(offsets.Predictions, length),
            Gradient = program.Activation(offsets.Gradient, length),
            Partials = Partials,
            HasGradient = offsets.Gradient >= 0 ? 1 : 0,
            Length = length,
            Scale = (float)scale,
        });
        program.Totals?.Add(groups);
        return 0;
    }

    /// <inheritdoc/>
    public void Update<TRule>(in TRule rule, int from, int to) where TRule : struct, IUpdateRule =>
        program.LaunchElements<DeviceUpdateKernel<TRule>, UpdateArguments<TRule>>(to - from, new UpdateArguments<TRule>
        {
            Weights = program.Parameters,
            Gradients = program.Gradients,
            Slot0 = program.Slot(0, TRule.SlotCount),
            Slot1 = program.Slot(1, TRule.SlotCount),
            Rule = rule,
            From = from,
            To = to,
        });

    private void AddPenalty(PenaltyArguments arguments)
    {
        var groups = program.Plan.SumGroups(arguments.Length);
        arguments.Partials = Partials;
        program.Launch<PenaltySumKernel, PenaltyArguments>(groups, program.Plan.ElementGroup, arguments);
        program.Totals?.Add(groups);
    }
}
