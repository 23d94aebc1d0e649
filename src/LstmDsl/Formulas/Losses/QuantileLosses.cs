using System.Runtime.CompilerServices;

namespace LstmDsl.CompilerServices;

/// <summary>
/// The mean of the pinball loss over several quantiles of each target: the output holds them side by side, the quantile varying fastest,
/// and the target once.
/// </summary>
internal readonly unsafe struct PinballErrors : IRowLoss, IEquatable<PinballErrors>
{
    /// <summary>As many levels as fit: an array could not be passed to a device.</summary>
    public const int MaximumLevels = 32;

    private readonly int count;
    private readonly Levels levels;

    public PinballErrors(ReadOnlySpan<double> levels)
    {
        count = levels.Length;
        for (var index = 0; index < count; index++)
            this.levels.Values[index] = levels[index];
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
            var error = new PinballError(levels.Values[column % count]);
            var (y, p) = (rows.Target(column / count), rows.Prediction(column));
            value += error.Value(y, p);
            if (rows.WantsGradient)
                rows.SetGradient(column, share * error.Derivative(y, p));
        }

        return share * value;
    }

    /// <inheritdoc/>
    public bool Equals(PinballErrors other)
    {
        for (var index = 0; index < count; index++)
        {
            if (count != other.count || levels.Values[index] != other.levels.Values[index])
                return false;
        }

        return count == other.count;
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
