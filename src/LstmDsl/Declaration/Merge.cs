namespace LstmDsl;

/// <summary>How a bidirectional layer puts its two outputs together, by Keras's name.</summary>
public enum Merge
{
    /// <summary>One behind the other: twice as wide.</summary>
    Concat,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their product, number by number.</summary>
    Mul,

    /// <summary>Their mean.</summary>
    Ave,
}
