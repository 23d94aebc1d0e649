namespace LstmDsl;

/// <summary>The curve whose area <see cref="Metric.Auc"/> measures.</summary>
public enum AucCurve
{
    /// <summary>Recall over the rate of false positives.</summary>
    Roc,

    /// <summary>Precision over recall, interpolated after Davis and Goadrich (2006).</summary>
    PrecisionRecall,
}
