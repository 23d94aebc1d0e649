namespace LstmDsl;

/// <summary>How often a <see cref="ModelCheckpoint"/> writes.</summary>
public readonly record struct SaveFrequency
{
    private SaveFrequency(int batches) => BatchCount = batches;

    /// <summary>At each epoch's end, after its validation; the default.</summary>
    public static SaveFrequency Epoch => default;

    /// <summary>Batches from one file to the next; 0 for <see cref="Epoch"/>.</summary>
    public int BatchCount { get; }

    /// <summary>After every so many batches, counted on from epoch to epoch.</summary>
    /// <param name="count">Number of batches, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public static SaveFrequency Batches(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new(count);
    }

    /// <summary>A number stands for that many batches, as in Keras.</summary>
    /// <param name="batches">Number of batches, at least 1.</param>
    public static implicit operator SaveFrequency(int batches) => Batches(batches);

    /// <inheritdoc/>
    public override string ToString() => BatchCount == 0 ? "epoch" : FormattableString.Invariant($"{BatchCount} batches");
}
