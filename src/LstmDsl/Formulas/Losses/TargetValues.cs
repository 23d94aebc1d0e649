namespace LstmDsl;

/// <summary>What a loss or a metric asks of targets.</summary>
internal enum TargetValues
{
    /// <summary>Any finite number.</summary>
    Any,

    /// <summary>Numbers from 0 to 1.</summary>
    Probabilities,

    /// <summary>Whole numbers from 0 to one below the outputs.</summary>
    ClassIndices,
}
