using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// What happens between a batch's gradients and the next batch's weights: accumulation, clipping, decay, the optimizer's step, averages,
/// constraints.
/// Where all of that is elementwise it runs over any stretches of the block; where norms are needed it runs tensor by tensor. Each sum is
/// one call's, so results depend on neither threads nor cuts.
/// </summary>
/// <remarks>
/// A batch is <see cref="Begin"/>, then <see cref="Run{TBackend}"/> or, for who deals out the work, what that is made of:
/// <see cref="UpdateRange{TBackend}"/> for all stretches; or, with <see cref="WorksOnTensors"/>, <see cref="Accumulate{TBackend}"/> for all
/// stretches, with <see cref="MeasuresGradients"/> <see cref="Measure{TBackend}"/> for all tensors and <see cref="EndMeasuring"/>, then
/// <see cref="UpdateTensor{TBackend}"/> for all tensors. In the end <see cref="Constrain{TBackend}"/> for all that are constrained.
/// </remarks>
internal sealed class UpdateProgram
{
    private readonly Optimizer optimizer;
    private readonly UpdateRegion[] tensors;
    private readonly ConstrainedTensor[] constrained;
    private readonly TensorSlot[] movingAverages;
    private readonly double[] squares;
    private readonly int accumulatorSlot;
    private readonly int averageSlot;
    private readonly int accumulatedBatches;
    private UpdateStep step;
    private bool updates;
    private double averageMomentum;
    private bool takesAverages;
    private double globalScale;

    /// <param name="optimizer">Makes the updates.</param>
    /// <param name="tensors">The tensor table.</param>
    /// <param name="leavesOut">Whether tensors among the trained ones are not trained for now, so that it goes from one to the next.</param>
    public UpdateProgram(Optimizer optimizer, IReadOnlyList<TensorSlot> tensors, bool leavesOut = false)
    {
        this.optimizer = optimizer;
        this.tensors = [.. tensors.Where(tensor => tensor.IsTrained).Select(UpdateRegion.Of)];
        constrained = [.. tensors.Where(tensor => tensor.Constraint.Kind != Constraint.None && !tensor.IsFrozen).Select(ConstrainedTensor.Of)];
        movingAverages = [.. tensors.Where(tensor => tensor.Momentum is not null && !tensor.IsFrozen)];
        squares = new double[this.tensors.Length];
        averageSlot = optimizer.AverageSlot;
        accumulatorSlot = averageSlot + (optimizer.UseEma ? 1 : 0);
        accumulatedBatches = optimizer.GradientAccumulationSteps ?? 1;
        WorksOnTensors = leavesOut || optimizer.WorksOnTensors || optimizer.ClipNorm is not null || optimizer.GlobalClipNorm is not null;
    }

    /// <summary>Whether an update runs tensor by tensor.</summary>
    public bool WorksOnTensors { get; }

    /// <summary>Whether this batch's update needs the norm of all gradients first.</summary>
    public bool MeasuresGradients => updates && optimizer.GlobalClipNorm is not null;

    /// <summary>Number of tensors that are trained.</summary>
    public int Tensors => tensors.Length;

    /// <summary>Number of tensors that are constrained.</summary>
    public int ConstrainedTensors => constrained.Length;

    /// <summary>Begins the update of a batch.</summary>
    /// <param name="iteration">The batch's number, from 1.</param>
    /// <param name="learningRate">Its learning rate.</param>
    public void Begin(long iteration, double learningRate)
    {
        var update = ((iteration - 1) / accumulatedBatches) + 1;
        step = new(update, learningRate);
        updates = iteration % accumulatedBatches == 0;
        averageMomentum = update == 1 ? 0 : optimizer.EmaGrowth is { } growth ? 1 - ((growth + 1) / (update + growth)) : optimizer.EmaMomentum;
        takesAverages = optimizer.UseEma && update % optimizer.EmaOverwriteFrequency == 0;
        globalScale = 1;
    }

    /// <summary>The whole update of a block whose trained part is that long, one thing after the other.</summary>
    public void Run<TBackend>(ref TBackend backend, int length) where TBackend : struct, ITrainingBackend
    {
        if (WorksOnTensors)
            Accumulate(ref backend, 0, length);
        else
            UpdateRange(ref backend, 0, length);
        for (var tensor = 0; MeasuresGradients && tensor < Tensors; tensor++)
            Measure(ref backend, tensor);
        if (MeasuresGradients)
            EndMeasuring();
        for (var tensor = 0; WorksOnTensors && tensor < Tensors; tensor++)
            UpdateTensor(ref backend, tensor);
        for (var tensor = 0; tensor < ConstrainedTensors; tensor++)
            Constrain(ref backend, tensor);
    }

    /// <summary>The whole update of a stretch, where it does not work on tensors.</summary>
    public void UpdateRange<TBackend>(ref TBackend backend, int from, int to) where TBackend : struct, ITrainingBackend
    {
        Accumulate(ref backend, from, to);
        Update(ref backend, new(from, to));
    }

    /// <summary>Adds a stretch's gradients to those kept, or takes the mean of all.</summary>
    public void Accumulate<TBackend>(ref TBackend backend, int from, int to) where TBackend : struct, ITrainingBackend
    {
        if (accumulatedBatches == 1)
            return;
        if (updates)
            backend.Update(new MeanGradientRule(accumulatedBatches), accumulatorSlot, from, to);
        else
            backend.Update(default(AccumulateRule), accumulatorSlot, from, to);
    }

    /// <summary>Measures a tensor's gradient.</summary>
    public void Measure<TBackend>(ref TBackend backend, int tensor) where TBackend : struct, ITrainingBackend =>
        squares[tensor] = backend.SumOfSquares(UpdateBlock.Gradients, tensors[tensor].From, tensors[tensor].To);

    /// <summary>Turns what was measured into what all gradients are scaled with.</summary>
    public void EndMeasuring()
    {
        var sum = 0.0;
        foreach (var square in squares)
            sum += square;
        var limit = optimizer.GlobalClipNorm!.Value;
        // As in Keras, a gradient that is not finite spoils all, so that somebody notices.
        globalScale = double.IsFinite(sum) ? limit * Math.Min(1 / Math.Sqrt(sum), 1 / limit) : double.NaN;
    }

    /// <summary>The update of a tensor.</summary>
    public void UpdateTensor<TBackend>(ref TBackend backend, int tensor) where TBackend : struct, ITrainingBackend =>
        Update(ref backend, tensors[tensor]);

    /// <summary>
    /// Makes a constrained tensor satisfy its constraint. As in Keras it does so after every batch, also one that only accumulates.
    /// </summary>
    public void Constrain<TBackend>(ref TBackend backend, int tensor) where TBackend : struct, ITrainingBackend =>
        backend.Constrain(constrained[tensor]);

    /// <summary>
    /// Moves the averages that layers keep towards the batch's moments, which stand where their gradients would; an update on its own.
    /// </summary>
    public void UpdateMovingAverages<TBackend>(ref TBackend backend) where TBackend : struct, ITrainingBackend
    {
        foreach (var tensor in movingAverages)
            backend.Update(new MovingAverageRule(tensor.Momentum!.Value), 0, tensor.Offset, tensor.Offset + tensor.Length);
    }

    /// <summary>Puts the averages in the weights' place: the end of a fit.</summary>
    public void TakeAverages<TBackend>(ref TBackend backend, int from, int to) where TBackend : struct, ITrainingBackend
    {
        foreach (var tensor in tensors)
        {
            var (first, end) = (Math.Max(from, tensor.From), Math.Min(to, tensor.To));
            if (first < end)
                backend.Update(default(TakeAverageRule), averageSlot, first, end);
        }
    }

    private void Update<TBackend>(ref TBackend backend, in UpdateRegion region) where TBackend : struct, ITrainingBackend
    {
        if (updates)
        {
            Clip(ref backend, region);
            if (optimizer.WeightDecay is > 0 and var decay)
                backend.Update(new DecayRule(decay, step.LearningRate), 0, region.From, region.To);
            optimizer.Step(ref backend, step, region);
        }

        if (optimizer.UseEma)
            backend.Update(new AverageRule(averageMomentum), averageSlot, region.From, region.To);
        if (takesAverages)
            TakeAverages(ref backend, region.From, region.To);
    }

    private void Clip<TBackend>(ref TBackend backend, in UpdateRegion region) where TBackend : struct, ITrainingBackend
    {
        if (optimizer.ClipValue is { } limit)
        {
            backend.Update(new ClampGradientRule(limit), 0, region.From, region.To);
        }
        else if (optimizer.ClipNorm is { } largest)
        {
            var norm = Math.Sqrt(backend.SumOfSquares(UpdateBlock.Gradients, region.From, region.To));
            backend.Update(new ScaleGradientRule(largest, Math.Max(norm, largest)), 0, region.From, region.To);
        }
        else if (optimizer.GlobalClipNorm is not null)
        {
            backend.Update(new ScaleGradientRule(globalScale, 1), 0, region.From, region.To);
        }
    }
}
