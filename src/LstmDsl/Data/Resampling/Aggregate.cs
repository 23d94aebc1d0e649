namespace LstmDsl;

/// <summary>What becomes of the values of rows that come together in one step.</summary>
public enum Aggregate
{
    /// <summary>Their mean: what columns of numbers have unless said otherwise.</summary>
    Mean,

    /// <summary>Their sum, such as that of rain or of sales; never of a part of a step.</summary>
    Sum,

    /// <summary>The first: what columns of words, and of true and false, have unless said otherwise.</summary>
    First,

    /// <summary>The last, such as a price at the close.</summary>
    Last,

    /// <summary>The smallest.</summary>
    Min,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>The one in the middle, or the mean of the two there.</summary>
    Median,
}
