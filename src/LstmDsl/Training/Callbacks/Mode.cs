namespace LstmDsl;

/// <summary>How a callback tells a better value from a worse one.</summary>
public enum Mode
{
    /// <summary>By the value's own direction: losses are minimised, metrics say themselves.</summary>
    Auto,

    /// <summary>Smaller is better.</summary>
    Min,

    /// <summary>Larger is better.</summary>
    Max,
}
