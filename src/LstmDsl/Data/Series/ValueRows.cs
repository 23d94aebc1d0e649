namespace LstmDsl;

/// <summary>
/// Rows of values that come one after the other. Where it is known how much of their source was read, the array is made as long as they
/// will need, so that hardly more memory is taken than the values fill.
/// </summary>
/// <param name="columns">Values in a row.</param>
internal sealed class ValueRows(int columns)
{
    private const int FirstLength = 1_024;

    /// <summary>From here on copying costs, and enough was read to tell how much will come.</summary>
    private const int LongLength = 1 << 20;

    /// <summary>What the estimate is made longer by.</summary>
    private const double Margin = 1.01;

    private double[] values = [];
    private int used;

    /// <summary>All values, (rows, columns); until the next row is added.</summary>
    public Span<double> All => values.AsSpan(0, used);

    /// <summary>Adds a row.</summary>
    /// <param name="row">Its values.</param>
    /// <param name="progress">How much of the source was read, from 0 to 1; null where that is not known.</param>
    public void Add(ReadOnlySpan<double> row, Func<double?>? progress)
    {
        if (used + columns > values.Length)
            Grow(progress?.Invoke());
        row.CopyTo(values.AsSpan(used));
        used += columns;
    }

    /// <summary>The array, which begins with the values and is hardly longer.</summary>
    public double[] Take()
    {
        if (values.Length - used > used / 16)
            Array.Resize(ref values, used);
        return values;
    }

    private void Grow(double? progress)
    {
        var needed = (long)used + columns;
        var longer = Math.Max(needed, Math.Max(FirstLength, 2L * values.Length));
        if (values.Length >= LongLength && progress is > 0 and < 1)
            longer = Math.Max(needed, (long)Math.Max(Margin * used / progress.Value, 1.125 * used));
        if (needed > Array.MaxLength)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"A series holds up to {Array.MaxLength:N0} values, and there are more; read fewer columns, or rows of a longer step."));
        }

        var grown = GC.AllocateUninitializedArray<double>((int)Math.Min(longer, Array.MaxLength));
        All.CopyTo(grown);
        values = grown;
    }
}
