using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>The mean of a loss over all rows of an epoch, each with its weight; without weights each weighs 1.</summary>
/// <param name="MetricName">Keras's name.</param>
/// <param name="Rows">What is averaged; its own reduction does not matter.</param>
internal sealed record MeanMetric(string MetricName, Loss Rows) : Metric
{
    /// <summary>Whether the square root of the mean is taken.</summary>
    public bool TakesRoot { get; init; }

    /// <summary>What the mean is multiplied with.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Which way it improves.</summary>
    public Direction Improves { get; init; }

    /// <inheritdoc/>
    public override string Name => MetricName;

    /// <inheritdoc/>
    public override Direction Direction => Improves;

    /// <inheritdoc/>
    internal override TargetValues TargetValues => Rows.TargetValues;

    /// <inheritdoc/>
    internal override Metric? OnLogitsOf(Activation? head) => Rows.OnLogitsOf(head) is { } rows ? this with { Rows = rows } : null;

    /// <inheritdoc/>
    internal override int TargetColumns(int outputs) => Rows.TargetColumns(outputs);

    /// <inheritdoc/>
    internal override string? Misfit(int outputs) => Rows.Misfit(outputs);

    /// <inheritdoc/>
    internal override int Sums(int outputs) => 2;

    /// <inheritdoc/>
    internal override void Add<TBackend>(
        ref TBackend backend, in LossOffsets offsets, int rows, int columns, double weights, Span<double> sums)
    {
        sums[0] += Rows.Sum(ref backend, offsets, rows, columns, scale: 0);
        sums[1] += weights;
    }

    /// <inheritdoc/>
    internal override double Result(ReadOnlySpan<double> sums, int outputs)
    {
        var mean = sums[1] == 0 ? 0 : Factor * Rows.Share(outputs) * sums[0] / sums[1];
        return TakesRoot ? Math.Sqrt(mean) : mean;
    }
}
