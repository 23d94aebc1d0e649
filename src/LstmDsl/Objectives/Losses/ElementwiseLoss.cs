using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A loss whose rows are the mean, or the sum, of a function of target and prediction over the columns.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
internal sealed record ElementwiseLoss<TFunction>(string LossName, TFunction Function) : Loss where TFunction : struct, IElementwiseLoss
{
    /// <summary>Whether columns are summed rather than averaged.</summary>
    public bool SumsColumns { get; init; }

    /// <summary>What targets must be.</summary>
    public TargetValues Targets { get; init; }

    /// <summary>Whether targets are the labels of two classes, whatever numbers stand for them.</summary>
    public bool TakesLabels { get; init; }

    /// <inheritdoc/>
    public override string Name => LossName;

    /// <inheritdoc/>
    internal override TargetValues TargetValues => Targets;

    /// <inheritdoc/>
    internal override bool IsOfClasses => TakesLabels || base.IsOfClasses;

    /// <inheritdoc/>
    internal override double Share(int columns) => SumsColumns ? 1 : 1.0 / columns;

    /// <inheritdoc/>
    internal override double Sum<TBackend>(ref TBackend backend, in LossOffsets offsets, int rows, int columns, double scale) =>
        backend.ElementwiseLoss(Function, offsets, rows, columns, scale * Share(columns));
}
