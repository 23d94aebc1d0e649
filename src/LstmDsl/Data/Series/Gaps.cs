namespace LstmDsl;

/// <summary>What becomes of a gap: rows that are absent, so that time advances by several steps at once.</summary>
public enum Gaps
{
    /// <summary>An error that names the first and counts the others.</summary>
    Error,

    /// <summary>The absent rows become holes, which no window crosses.</summary>
    Hole,

    /// <summary>The row before the gap is repeated until time has caught up.</summary>
    Forward,

    /// <summary>
    /// The absent times do not exist, such as days on which an exchange is closed: rows follow each other, whatever their times. Beyond the
    /// last, times go on by the step: business days where all rows fall on Mondays to Fridays, one a day. Rows at times of no step at all,
    /// such as a log of events, have no times beyond the last; <see cref="TimeSeries.Resample"/> brings them to one.
    /// </summary>
    Close,
}
