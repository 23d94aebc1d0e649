namespace LstmDsl;

/// <summary>What an activation's derivative needs; shared with the generator, which plans for it.</summary>
internal static class ActivationKinds
{
    /// <summary>Whether a value depends on its whole row, not on one number.</summary>
    public static bool WorksOnRows(this Activation activation) => activation is Activation.Softmax or Activation.LogSoftmax;

    /// <summary>
    /// Whether the derivative cannot be told from the output: where the function is not monotone, flat at both ends with a slope at the
    /// border (as TensorFlow has it), or without an inverse that is cheaper than the function.
    /// </summary>
    public static bool NeedsInput(this Activation activation) => activation is Activation.Gelu or Activation.GeluTanh or Activation.Silu
        or Activation.Mish or Activation.HardSilu or Activation.HardTanh or Activation.TanhShrink;
}
