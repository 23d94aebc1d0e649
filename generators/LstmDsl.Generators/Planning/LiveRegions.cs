namespace LstmDsl.Generators;

/// <summary>
/// Lays out regions of a block, each alive from one layer to another; what is dead lends its place to what comes later. Offsets and sizes
/// are per sample and multiples of 16, so that a region starts on 64 bytes whatever the number of samples.
/// </summary>
internal sealed class LiveRegions
{
    /// <summary>Regions that stay alive to the end.</summary>
    public const int Forever = int.MaxValue;

    private const int Alignment = 16;

    /// <summary>What is placed, by where it starts.</summary>
    private readonly List<(long Start, long End, int From, int To)> placed = [];

    /// <summary>Size of the whole block per sample.</summary>
    public long Floats { get; private set; }

    /// <summary>Rounds a number of floats up to 64 bytes.</summary>
    public static long Align(long floats) => (floats + Alignment - 1) / Alignment * Alignment;

    /// <summary>Places a region at the lowest offset that nothing alive at the same time takes.</summary>
    /// <param name="floats">Values per sample.</param>
    /// <param name="from">The first layer that uses it.</param>
    /// <param name="to">The last layer that uses it.</param>
    public long Place(long floats, int from = 0, int to = Forever)
    {
        var size = Align(floats);
        long start = 0;
        foreach (var other in placed)
        {
            if (start + size <= other.Start)
                break;
            if (other.From <= to && from <= other.To)
                start = Math.Max(start, other.End);
        }

        var next = 0;
        while (next < placed.Count && placed[next].Start <= start)
            next++;
        placed.Insert(next, (start, start + size, from, to));
        Floats = Math.Max(Floats, start + size);
        return start;
    }
}
