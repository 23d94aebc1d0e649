namespace LstmDsl;

/// <summary>An initializer of weights, by Keras's name.</summary>
public enum Init
{
    /// <summary>Uniform on ±√(6 / (fan in + fan out)), the fans those of the whole tensor (Glorot and Bengio, 2010).</summary>
    GlorotUniform,

    /// <summary>A random matrix with orthonormal rows or columns, whichever are fewer (Saxe et al., 2014).</summary>
    Orthogonal,

    /// <summary>All zeros.</summary>
    Zeros,

    /// <summary>All ones.</summary>
    Ones,

    /// <summary>One value everywhere: the attribute's <c>Value</c>.</summary>
    Constant,
}
