namespace LstmDsl;

/// <summary>Which number of connections <see cref="Init.VarianceScaling"/> divides its scale by, by Keras's name.</summary>
public enum FanMode
{
    /// <summary>Rows of the tensor: how many inputs one output sums.</summary>
    FanIn,

    /// <summary>Columns of the tensor: how many outputs one input reaches.</summary>
    FanOut,

    /// <summary>The mean of the two.</summary>
    FanAvg,
}
