namespace LstmDsl.CompilerServices;

/// <summary>
/// Offsets into activations as a plan has them, of one sample: as tensors lie time-major, each lies as many times as far in a block as the
/// block has samples.
/// </summary>
internal static class PerSample
{
    /// <summary>An offset in a block; −1 stays what it is, for there is no such tensor.</summary>
    public static int Times(int offset, int samples) => offset < 0 ? offset : offset * samples;
}
