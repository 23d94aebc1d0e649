namespace LstmDsl;

/// <summary>Which way a value improves.</summary>
public enum Direction
{
    /// <summary>Smaller is better.</summary>
    Minimize,

    /// <summary>Larger is better.</summary>
    Maximize,
}
