using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>The values that an optimizer keeps for each weight, off the device: a block of the parameters' layout for each of its slots.</summary>
internal sealed class OptimizerSlots
{
    private readonly ModelPlan plan;
    private readonly float[] blocks;

    /// <summary>Makes the slots as they are before the first step.</summary>
    public OptimizerSlots(ModelPlan plan, Optimizer optimizer)
    {
        this.plan = plan;
        Names = optimizer.Slots;
        blocks = new float[plan.ParameterFloats * Names.Count];
        for (var slot = 0; slot < Names.Count; slot++)
            Block(slot).Fill((float)optimizer.InitialValue(slot));
    }

    /// <summary>The slots' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>All blocks, one after the other.</summary>
    public Span<float> All => blocks;

    /// <summary>A slot's block.</summary>
    public Span<float> Block(int slot) => blocks.AsSpan(slot * plan.ParameterFloats, plan.ParameterFloats);
}

/// <summary>What a checkpoint holds of a trainer beside the model.</summary>
internal sealed record TrainerCheckpoint
{
    public required Optimizer Optimizer { get; init; }

    public required OptimizerSlots Slots { get; init; }

    public required long Iteration { get; init; }

    public required double LearningRate { get; init; }

    public required int NextEpoch { get; init; }

    public required int Seed { get; init; }

    public required IReadOnlyDictionary<string, CallbackState> Callbacks { get; init; }

    public required RunPosition Run { get; init; }

    public required RunRecord History { get; init; }

    public required int? VectorWidth { get; init; }

    /// <summary>What was minimised; null where there was nothing yet.</summary>
    public Loss? Loss { get; init; }

    /// <summary>What was reported beside the loss.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>What was reported beside the loss and saw weights.</summary>
    public IReadOnlyList<Metric> WeightedMetrics { get; init; } = [];
}
