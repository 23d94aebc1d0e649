namespace LstmDsl;

/// <summary>How an attention layer compares a query with a key; Keras's <c>score_mode</c>.</summary>
public enum ScoreMode
{
    /// <summary>By their product (Luong et al., 2015).</summary>
    Dot,

    /// <summary>By the sum of tanh of their sum, times a weight.</summary>
    Concat,
}
