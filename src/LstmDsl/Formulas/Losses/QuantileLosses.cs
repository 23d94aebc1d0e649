using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>
/// The mean of the pinball loss over several quantiles of each target: the output holds them side by side, the quantile varying fastest,
/// and the target once. Behind the quantiles there may stand the target's mean.
/// </summary>
internal readonly unsafe struct PinballErrors : IRowLoss, IEquatable<PinballErrors>
{
    /// <summary>As many levels as fit: an array could not be passed to a device.</summary>
    public const int MaximumLevels = 32;

    private readonly int count, quantiles;
    private readonly Levels levels;
    private readonly Levels growths;

    public PinballErrors(ReadOnlySpan<double> levels)
    {
        count = quantiles = levels.Length;
        for (var index = 0; index < count; index++)
            this.levels.Values[index] = levels[index];
    }

    /// <summary>Takes quantiles and, behind them, the mean.</summary>
    /// <param name="levels">The quantiles' levels.</param>
    /// <param name="growths">For each target by what power of e a unit of the network multiplies it; 0 where it adds.</param>
    public PinballErrors(ReadOnlySpan<double> levels, ReadOnlySpan<double> growths)
        : this(levels)
    {
        count = levels.Length + 1;
        for (var index = 0; index < growths.Length; index++)
            this.growths.Values[index] = growths[index];
    }

    /// <inheritdoc/>
    public int TargetColumns(int columns) => columns / count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Run<TLanes, TRows>(in TRows rows)
        where TLanes : unmanaged, ILanes<TLanes>
        where TRows : struct, ILossRows<TLanes>
    {
        var share = TLanes.Constant(1.0 / rows.Columns);
        var value = TLanes.Constant(0);
        for (var column = 0; column < rows.Columns; column++)
        {
            var (y, p) = (rows.Target(column / count), rows.Prediction(column));
            if (column % count == quantiles)
            {
                var mean = new MeanError(growths.Values[column / count]);
                value += mean.Value(y, p);
                if (rows.WantsGradient)
                    rows.SetGradient(column, share * mean.Derivative(y, p));
                continue;
            }

            var error = new PinballError(levels.Values[column % count]);
            value += error.Value(y, p);
            if (rows.WantsGradient)
                rows.SetGradient(column, share * error.Derivative(y, p));
        }

        return share * value;
    }

    /// <inheritdoc/>
    public bool Equals(PinballErrors other)
    {
        if (count != other.count || quantiles != other.quantiles)
            return false;
        for (var index = 0; index < MaximumLevels; index++)
        {
            if (levels.Values[index] != other.levels.Values[index] || growths.Values[index] != other.growths.Values[index])
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PinballErrors other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(count, levels.Values[0]);

    internal struct Levels
    {
        public fixed double Values[MaximumLevels];
    }
}
