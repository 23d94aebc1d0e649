namespace LstmDsl;

/// <summary>What becomes of steps that have no row of their own.</summary>
public enum Fill
{
    /// <summary>They are holes, which no window crosses.</summary>
    None,

    /// <summary>The value before is repeated; a sum is spread evenly over the steps of its row.</summary>
    Forward,

    /// <summary>
    /// They lie on the straight line between the values before and after. The line looks ahead: a forecast from such a row knows something
    /// of what comes. Words, and true and false, are repeated instead.
    /// </summary>
    Linear,
}
