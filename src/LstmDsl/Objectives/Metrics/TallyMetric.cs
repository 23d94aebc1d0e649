using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A metric that counts over rows; larger is better.</summary>
/// <typeparam name="TTally">What is counted.</typeparam>
internal sealed record TallyMetric<TTally>(string MetricName, TTally Tally) : Metric where TTally : struct, ITally
{
    /// <summary>What targets must be.</summary>
    public TargetValues Targets { get; init; }

    /// <summary>Fewest outputs that make sense.</summary>
    public int FewestOutputs { get; init; } = 1;

    /// <inheritdoc/>
    public override string Name => MetricName;

    /// <inheritdoc/>
    public override Direction Direction => Direction.Maximize;

    /// <inheritdoc/>
    internal override TargetValues TargetValues => Targets;

    /// <inheritdoc/>
    internal override int TargetColumns(int outputs) => Tally.TargetColumns(outputs);

    /// <inheritdoc/>
    internal override string? Misfit(int outputs) => outputs < FewestOutputs ? $"needs at least {FewestOutputs} outputs" : null;

    /// <inheritdoc/>
    internal override int Sums(int outputs) => Tally.Sums(outputs);

    /// <inheritdoc/>
    internal override void Add<TBackend>(
        ref TBackend backend, in LossOffsets offsets, int rows, int columns, double weights, Span<double> sums) =>
        backend.Tally(Tally, offsets, rows, columns, sums);

    /// <inheritdoc/>
    internal override double Result(ReadOnlySpan<double> sums, int outputs) => Tally.Result(sums, outputs);
}
