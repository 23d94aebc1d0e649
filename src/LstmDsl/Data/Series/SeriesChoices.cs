namespace LstmDsl;

/// <summary>What becomes of what is wrong with a series.</summary>
internal readonly record struct SeriesChoices(Missing Missing, Gaps Gaps, Duplicates Duplicates)
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
            throw new ArgumentOutOfRangeException("gaps", Gaps, "Choose Gaps.Error, Gaps.Hole or Gaps.Forward.");
        }
        if (!Enum.IsDefined(Duplicates))
        {
            throw new ArgumentOutOfRangeException("duplicates", Duplicates, "Choose Duplicates.Error or Duplicates.Last.");
        }
    }
}
