namespace LstmDsl;

/// <summary>
/// How a column's raw values become the network's. The first five take numbers that are measured on the training part alone; the others take
/// them from each window's own past, so they belong to models that are declared with <c>[Forecast]</c>.
/// </summary>
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

    /// <summary>
    /// z = (x − mean of the window) / spread of the window, its population standard deviation, no less than 0.001 of its mean magnitude: for
    /// series whose level wanders.
    /// </summary>
    WindowMean,

    /// <summary>
    /// z = (x − last value of the window) / spread of the window, as for <see cref="WindowMean"/>: for series that go on from where they are.
    /// </summary>
    WindowLast,

    /// <summary>
    /// The change from row to row, divided by the changes' standard deviation σ in the training part; a target h rows ahead is what it lies
    /// above the last known value, divided by σ·√h, as far as a random walk goes. For series that wander without bound.
    /// </summary>
    Difference,

    /// <summary>
    /// The change from the row a season before, the first of the declaration's, divided by the changes' standard deviation in the training
    /// part; a target is what it lies above the last known value of its phase.
    /// </summary>
    Seasonal,
}
