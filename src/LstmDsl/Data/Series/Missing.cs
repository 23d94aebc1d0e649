namespace LstmDsl;

/// <summary>
/// What becomes of a value that is missing: in a file a field that is empty or reads <c>NaN</c>, <c>NA</c> or <c>null</c> (in any
/// case), elsewhere <see cref="double.NaN"/>.
/// </summary>
public enum Missing
{
    /// <summary>An error that names the first and counts the others.</summary>
    Error,

    /// <summary>The row becomes a hole, which no window crosses.</summary>
    Hole,

    /// <summary>The column's last value before it is repeated.</summary>
    Forward,
}
