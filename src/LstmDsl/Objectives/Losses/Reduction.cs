namespace LstmDsl;

/// <summary>How the losses of a batch's rows become one number.</summary>
public enum Reduction
{
    /// <summary>
    /// Their sum divided by their number: samples, or samples × timesteps of a sequence. Weights multiply before the sum, and the divisor
    /// stays the number of rows. Keras's default.
    /// </summary>
    SumOverBatchSize,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their weighted sum divided by the sum of the weights; 0 where that is 0.</summary>
    MeanWithSampleWeight,
}
