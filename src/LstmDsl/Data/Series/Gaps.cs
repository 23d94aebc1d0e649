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
}
