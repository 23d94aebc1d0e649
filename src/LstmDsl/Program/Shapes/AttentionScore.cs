using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>How a query q is compared with a key k.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum AttentionScore
{
    /// <summary>s · Σ q·k, with one weight s.</summary>
    Dot,

    /// <summary>c · Σ tanh(s · (q + k)), with weights s and c.</summary>
    Concat,

    /// <summary>Σ s · tanh(q + k), with a weight s for each unit.</summary>
    Additive,
}
