using ILGPU;

namespace LstmDsl.Kernels;

/// <summary>Floats rounded to fewer bits; what is no number, or infinite, stays so.</summary>
internal static class Rounding
{
    private const uint Infinity = 0x7F80_0000;
    private const uint AllButSign = 0x7FFF_FFFF;

    /// <summary>To the 11 bits of TF32, halves away from zero, as PTX's <c>cvt.rna.tf32.f32</c> does.</summary>
    public static float ToTensorFloat32(float value)
    {
        var bits = Interop.FloatAsInt(value);
        return (bits & AllButSign) > Infinity ? value : Interop.IntAsFloat((bits + 0x1000) & ~0x1FFFu);
    }

    /// <summary>To the 8 bits of bfloat16, halves to even, as PTX's <c>cvt.rn.bf16x2.f32</c> does.</summary>
    public static float ToBFloat16(float value)
    {
        var bits = Interop.FloatAsInt(value);
        return (bits & AllButSign) > Infinity ? value : Interop.IntAsFloat((bits + 0x7FFF + ((bits >> 16) & 1)) & ~0xFFFFu);
    }
}
