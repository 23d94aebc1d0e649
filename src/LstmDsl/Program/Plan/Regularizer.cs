using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// What the size of some numbers x costs: L1 · Σ|x| + L2 · Σx². The factors are floats whatever the device computes with, since Keras on
/// TensorFlow rounds them so even in a float64 run.
/// </summary>
/// <param name="L1">Factor of the magnitudes; at least 0.</param>
/// <param name="L2">Factor of the squares; at least 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Regularizer(float L1, float L2)
{
    /// <summary>Whether it costs nothing.</summary>
    public bool IsNone => L1 == 0 && L2 == 0;
}
