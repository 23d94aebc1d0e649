namespace LstmDsl;

/// <summary>What becomes of what is wrong with a series, and what its times are known to be.</summary>
/// <param name="Missing">What becomes of missing values.</param>
/// <param name="Gaps">What becomes of rows that are absent.</param>
/// <param name="Duplicates">What becomes of rows of the same time.</param>
/// <param name="Step">The step; null where it is found.</param>
/// <param name="Zone">The time zone whose clocks showed times that come without an offset; null where that is not known.</param>
internal readonly record struct SeriesChoices(Missing Missing, Gaps Gaps, Duplicates Duplicates, TimeStep? Step = null, string? Zone = null)
{
    /// <summary>Refuses numbers that name no choice.</summary>
    public void Check()
    {
        if (!Enum.IsDefined(Missing))
        {
            throw new ArgumentOutOfRangeException("missing", Missing, "Choose Missing.Error, Missing.Hole or Missing.Forward.");
        }
        if (!Enum.IsDefined(Gaps))
        {
            throw new ArgumentOutOfRangeException("gaps", Gaps, "Choose Gaps.Error, Gaps.Hole, Gaps.Forward or Gaps.Close.");
        }
        if (!Enum.IsDefined(Duplicates))
        {
            throw new ArgumentOutOfRangeException("duplicates", Duplicates, "Choose Duplicates.Error or Duplicates.Last.");
        }
    }
}
