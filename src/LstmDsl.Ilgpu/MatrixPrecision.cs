using System.Diagnostics.CodeAnalysis;

namespace LstmDsl;

/// <summary>
/// How precisely a device multiplies matrices: the numbers are rounded as they are read, and their products summed in 32-bit floats. Weights,
/// activations, gradients, and everything but products in tiles, stay 32-bit floats. What a GPU's tensor cores gain in speed they pay with
/// these roundings.
/// </summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The field's word; none of .NET's.")]
public enum MatrixPrecision
{
    /// <summary>32-bit floats, 24 bits of precision: the default.</summary>
    Float32,

    /// <summary>
    /// TF32: the range of a 32-bit float with 11 bits of precision. A number is wrong by 2⁻¹¹ of itself at most, a product of two by 2⁻¹⁰.
    /// </summary>
    TensorFloat32,

    /// <summary>
    /// bfloat16: the range of a 32-bit float with 8 bits of precision. A number is wrong by 2⁻⁸ of itself at most, a product of two by 2⁻⁷.
    /// </summary>
    BFloat16,
}
