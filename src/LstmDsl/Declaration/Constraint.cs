namespace LstmDsl;

/// <summary>What a weight is made to satisfy after each update, by Keras's name. A norm is √Σw² along <c>NormAxis</c>.</summary>
public enum Constraint
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Norms are at most <c>MaxNorm</c>: w · min(norm, max) / (1e-7 + norm).</summary>
    MaxNorm,

    /// <summary>No value is below 0: max(w, 0).</summary>
    NonNeg,

    /// <summary>Norms are 1: w / (1e-7 + norm).</summary>
    UnitNorm,

    /// <summary>
    /// Norms lie between <c>MinNorm</c> and <c>MaxNorm</c>, or are moved towards there by
    /// <c>NormRate</c>: w · (rate · clamp(norm, min, max) + (1 − rate) · norm) / (1e-7 + norm).
    /// </summary>
    MinMaxNorm,
}
