using System.Runtime.Intrinsics;

namespace LstmDsl;

/// <summary>
/// Which vector width the CPU backend computes with: the widest that this processor runs in hardware, or the one that the environment
/// variable <c>LSTMDSL_VECTOR_WIDTH</c> names. Any of the three runs anywhere; one that the hardware lacks is put together from narrower
/// ones by .NET and slow.
/// </summary>
internal static class CpuVectorWidth
{
    /// <summary>The environment variable's name.</summary>
    public const string Variable = "LSTMDSL_VECTOR_WIDTH";

    private static int bits;

    /// <summary>The width in bits: 512, 256 or 128. Chosen at the first call.</summary>
    /// <exception cref="FormatException">The environment variable is none of the three.</exception>
    public static int Bits => bits != 0 ? bits : bits = Choose(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The widest vectors that this processor runs in hardware, in bits.</summary>
    public static int Widest => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>The width for a value of the environment variable; null or empty leaves the choice to the processor.</summary>
    /// <exception cref="FormatException">The value is none of the three.</exception>
    internal static int Choose(string? value) => value?.Trim() switch
    {
        null or "" => Widest,
        "128" => 128,
        "256" => 256,
        "512" => 512,
        _ => throw new FormatException(
            $"The environment variable {Variable} is \"{value}\"; "
            + $"expected 128, 256 or 512 (bits), or nothing for the widest of this processor, {Widest}."),
    };
}
