namespace LstmDsl;

/// <summary>
/// An initializer of weights, by Keras's name. The arguments that it takes are properties of the weight's attribute
/// (<c>WeightAttribute</c>). Fan in and fan out are a tensor's rows and columns, all gates of a recurrent layer together; a bias
/// counts its length as either.
/// </summary>
public enum Init
{
    /// <summary>Uniform on ±√(6 / (fan in + fan out)) (Glorot and Bengio, 2010).</summary>
    GlorotUniform,

    /// <summary>
    /// A random matrix with orthonormal rows or columns, whichever are fewer (Saxe et al., 2014), times the attribute's <c>Gain</c>. Not
    /// for a bias.
    /// </summary>
    Orthogonal,

    /// <summary>All zeros.</summary>
    Zeros,

    /// <summary>All ones.</summary>
    Ones,

    /// <summary>One value everywhere: the attribute's <c>Value</c>.</summary>
    Constant,

    /// <summary>Uniform from the attribute's <c>MinValue</c> to its <c>MaxValue</c>.</summary>
    RandomUniform,

    /// <summary>Normal, with the attribute's <c>Mean</c> and <c>StdDev</c>.</summary>
    RandomNormal,

    /// <summary>
    /// Normal, with the attribute's <c>Mean</c> and <c>StdDev</c>; a number more than two deviations from the mean is drawn again, so that
    /// the deviation of what is left is 0.88 of <c>StdDev</c>.
    /// </summary>
    TruncatedNormal,

    /// <summary>
    /// Random with mean 0 and the variance <c>Scale</c> / fan, where the attribute's <c>Mode</c> says which fan and its <c>Distribution</c>
    /// what is drawn.
    /// </summary>
    VarianceScaling,

    /// <summary>Truncated normal with the deviation √(2 / (fan in + fan out)) (Glorot and Bengio, 2010).</summary>
    GlorotNormal,

    /// <summary>Uniform on ±√(6 / fan in) (He et al., 2015).</summary>
    HeUniform,

    /// <summary>Truncated normal with the deviation √(2 / fan in) (He et al., 2015).</summary>
    HeNormal,

    /// <summary>Uniform on ±√(3 / fan in) (LeCun et al., 1998).</summary>
    LecunUniform,

    /// <summary>Truncated normal with the deviation √(1 / fan in) (LeCun et al., 1998).</summary>
    LecunNormal,

    /// <summary>Zeros, with the attribute's <c>Gain</c> on the diagonal. Only for a square weight.</summary>
    Identity,
}
