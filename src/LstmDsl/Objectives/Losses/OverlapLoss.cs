using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>What a batch's targets and predictions have in common, and each of them alone.</summary>
internal readonly record struct OverlapSums(double Shared, double Targets, double Predictions)
{
    /// <summary>The sums over two parts of a batch.</summary>
    public static OverlapSums operator +(OverlapSums left, OverlapSums right) =>
        new(left.Shared + right.Shared, left.Targets + right.Targets, left.Predictions + right.Predictions);
}

/// <summary>
/// A loss of a whole batch, which all of its values make together: 1 − a·S / (b·S + c·T + d·P + ε), where S is the sum of target ×
/// prediction, T that of the targets and P that of the predictions. A block of samples cannot know its gradient before all blocks have
/// been summed. Weights multiply the one number, as in Keras: only their sum matters.
/// </summary>
/// <param name="LossName">Keras's name.</param>
/// <param name="A">a.</param>
/// <param name="B">b.</param>
/// <param name="C">c.</param>
/// <param name="D">d.</param>
internal sealed record OverlapLoss(string LossName, double A, double B, double C, double D) : Loss
{
    /// <inheritdoc/>
    public override string Name => LossName;

    /// <inheritdoc/>
    internal override bool IsOfClasses => true;

    /// <summary>The sums over a block.</summary>
    public static OverlapSums Collect<TBackend>(ref TBackend backend, in LossOffsets offsets, int rows, int columns)
        where TBackend : struct, ITrainingBackend
    {
        var values = offsets with { Gradient = Offset.None, Weights = Offset.None };
        return new(
            backend.ElementwiseLoss(default(SharedTerm), values, rows, columns, 0),
            backend.ElementwiseLoss(default(TargetTerm), values, rows, columns, 0),
            backend.ElementwiseLoss(default(PredictionTerm), values, rows, columns, 0));
    }

    /// <summary>The loss.</summary>
    public double Value(OverlapSums sums) => 1 - (A * sums.Shared / Divisor(sums));

    /// <summary>Writes a block's gradient times <paramref name="scale"/>.</summary>
    public void Differentiate<TBackend>(
        ref TBackend backend, in LossOffsets offsets, int rows, int columns, OverlapSums sums, double scale)
        where TBackend : struct, ITrainingBackend
    {
        var divisor = Divisor(sums);
        var toShared = A * ((B * sums.Shared) - divisor) / (divisor * divisor);
        var toPredictions = A * sums.Shared * D / (divisor * divisor);
        backend.ElementwiseLoss(new OverlapSlope(toShared, toPredictions), offsets with { Weights = Offset.None }, rows, columns, scale);
    }

    /// <inheritdoc/>
    internal override double Divisor(double rows, double? weights) => weights is null ? rows : base.Divisor(rows, weights);

    /// <inheritdoc/>
    internal override double Sum<TBackend>(ref TBackend backend, in LossOffsets offsets, int rows, int columns, double scale) =>
        throw new InvalidOperationException($"{Name} is known for a whole batch only.");

    private double Divisor(OverlapSums sums) => (B * sums.Shared) + (C * sums.Targets) + (D * sums.Predictions) + LaneMath.Epsilon;
}
