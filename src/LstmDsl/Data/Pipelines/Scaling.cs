namespace LstmDsl;

/// <summary>How a column's raw values become the network's; its numbers are measured on the training part alone.</summary>
public enum Scaling
{
    /// <summary>z = (x − mean) / σ, with the population standard deviation σ.</summary>
    Standard,

    /// <summary>z = (x − minimum) / (maximum − minimum): from 0 to 1 in the training part.</summary>
    MinMax,

    /// <summary>The natural logarithm, then as <see cref="Standard"/>: for what grows by factors; all values are positive.</summary>
    Log,

    /// <summary>ln(1 + x), then as <see cref="Standard"/>: for counts, 0 among them; all values are greater than −1.</summary>
    Log1p,

    /// <summary>Raw values as they are, as classes and flags need it.</summary>
    None,
}
