using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A loss of whole rows: over classes, over the direction of a vector, over several quantiles.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
internal sealed record RowLoss<TFunction>(string LossName, TFunction Function) : Loss where TFunction : struct, IRowLoss
{
    /// <summary>What targets must be.</summary>
    public TargetValues Targets { get; init; }

    /// <summary>Of how many outputs the head must have a multiple, and at least so many.</summary>
    public int OutputsMultiple { get; init; } = 1;

    /// <summary>Whether the outputs are classes, of which there are two at least.</summary>
    public bool IsOverClasses { get; init; }

    /// <inheritdoc/>
    public override string Name => LossName;

    /// <inheritdoc/>
    internal override TargetValues TargetValues => Targets;

    /// <inheritdoc/>
    internal override bool TakesColumnOfEachClass => IsOverClasses && Targets != TargetValues.ClassIndices;

    /// <inheritdoc/>
    internal override bool IsOfClasses => IsOverClasses || base.IsOfClasses;

    /// <inheritdoc/>
    internal override int TargetColumns(int outputs) => Function.TargetColumns(outputs);

    /// <inheritdoc/>
    internal override string? Misfit(int outputs)
    {
        if (IsOverClasses && outputs < 2)
            return "needs an output a class, two at least; for two classes in one output take Loss.BinaryCrossentropy()";
        return outputs % OutputsMultiple == 0
            ? null
            : $"needs {OutputsMultiple} outputs for each target, so a multiple of {OutputsMultiple}";
    }

    /// <inheritdoc/>
    internal override double Sum<TBackend>(ref TBackend backend, in LossOffsets offsets, int rows, int columns, double scale) =>
        backend.RowLoss(Function, offsets, rows, columns, scale);
}
