namespace LstmDsl;

/// <summary>An activation function, by Keras's name.</summary>
public enum Activation
{
    /// <summary>f(x) = x.</summary>
    Linear,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>The logistic function, 1 / (1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>Keras's piecewise linear sigmoid: relu6(x + 3) / 6.</summary>
    HardSigmoid,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6,

    /// <summary>
    /// x where it is positive, else 0.2·x: the slope of Keras's function. As a layer of its own, <c>[Activation]</c>, it may have another.
    /// </summary>
    LeakyRelu,

    /// <summary>x where it is positive, else eˣ − 1 (Clevert, Unterthiner and Hochreiter, 2015).</summary>
    Elu,

    /// <summary>1.0507 times x where it is positive, else 1.0507 · 1.6733 · (eˣ − 1) (Klambauer et al., 2017).</summary>
    Selu,

    /// <summary>x where it is positive, else eˣ − 1: Keras's celu with its default α of 1 (Barron, 2017).</summary>
    Celu,

    /// <summary>ln(1 + eˣ).</summary>
    Softplus,

    /// <summary>x / (1 + |x|).</summary>
    Softsign,

    /// <summary>eˣ.</summary>
    Exponential,

    /// <summary>x − 0.5 above 0.5, x + 0.5 below −0.5, 0 between them.</summary>
    SoftShrink,

    /// <summary>ln(1 / (1 + e⁻ˣ)).</summary>
    LogSigmoid,

    /// <summary>x·Φ(x), Φ the normal distribution's cumulative function (Hendrycks and Gimpel, 2016).</summary>
    Gelu,

    /// <summary>Keras's gelu with <c>approximate=True</c>: x·(1 + tanh(√(2/π)·(x + 0.044715·x³))) / 2.</summary>
    GeluTanh,

    /// <summary>x / (1 + e⁻ˣ), also called swish.</summary>
    Silu,

    /// <summary>x·tanh(ln(1 + eˣ)) (Misra, 2019).</summary>
    Mish,

    /// <summary>x·relu6(x + 3) / 6.</summary>
    HardSilu,

    /// <summary>min(max(x, −1), 1).</summary>
    HardTanh,

    /// <summary>x − tanh x.</summary>
    TanhShrink,

    /// <summary>eˣ over its sum along the last axis, so that a row's values are probabilities. Not within a recurrent layer.</summary>
    Softmax,

    /// <summary>The logarithm of <see cref="Softmax"/>. Not within a recurrent layer.</summary>
    LogSoftmax,

    /// <summary>
    /// What Keras 2 calls <c>hard_sigmoid</c>, min(max(0.2·x + 0.5, 0), 1), for models that it trained; Keras 3's is
    /// <see cref="HardSigmoid"/>. Its slope at x = ±2.5 is taken as 0. Keras 3 does not have it, so that it cannot be saved as <c>.keras</c>.
    /// </summary>
    HardSigmoidKeras2,
}
