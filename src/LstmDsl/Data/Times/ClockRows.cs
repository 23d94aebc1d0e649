namespace LstmDsl;

/// <summary>
/// Rows that lie some steps apart by the clocks of a zone rather than by the time that has passed: an hour of the day stays that hour when
/// clocks change. Where steps are days or longer, or no zone is known, both are the same.
/// </summary>
internal sealed class ClockRows
{
    private readonly TimeAxis axis;
    private readonly long stepTicks;
    private readonly long[] offsets = [];

    /// <summary>Takes an axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="rows">The first rows, whose clocks are looked up now, since all of them will be asked about; others are when they are.</param>
    public ClockRows(TimeAxis axis, int rows = 0)
    {
        this.axis = axis;
        if (axis is not { Step: FixedStep step, Zone: not (null or TimeAxis.Utc) })
            return;
        stepTicks = step.Ticks;
        offsets = new long[rows];
        for (var row = 0; row < rows; row++)
            offsets[row] = axis[row]!.Value.Offset.Ticks;
    }

    /// <summary>The row that shows the same clock time, so many steps before; perhaps before the first.</summary>
    /// <param name="row">The row.</param>
    /// <param name="steps">How many steps.</param>
    public int Before(int row, int steps)
    {
        var plain = row - steps;
        if (stepTicks == 0 || plain < 0)
            return plain;
        var moved = Offset(row) - Offset(plain);
        // A row that falls between two steps, as half an hour does between hours, stays where it is.
        return moved % stepTicks == 0 ? Math.Min(plain + (int)(moved / stepTicks), row) : plain;
    }

    /// <summary>What the last row of a phase is that is known: a season before a row, or as many as lead to no later one than the last known.</summary>
    /// <param name="row">The row.</param>
    /// <param name="season">Steps of a season.</param>
    /// <param name="last">The last known row.</param>
    public int LastOfPhase(int row, int season, int last) => Before(row, SeasonsBack(row, season, last) * season);

    /// <summary>How many seasons before a row <see cref="LastOfPhase"/> is.</summary>
    /// <param name="row">The row.</param>
    /// <param name="season">Steps of a season.</param>
    /// <param name="last">The last known row.</param>
    public int SeasonsBack(int row, int season, int last)
    {
        var seasons = 1;
        while (Before(row, seasons * season) > last)
            seasons++;
        return seasons;
    }

    private long Offset(int row) => row < offsets.Length ? offsets[row] : axis[row]!.Value.Offset.Ticks;
}
