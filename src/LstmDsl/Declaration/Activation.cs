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
}
