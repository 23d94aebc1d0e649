using System.Numerics;

namespace LstmDsl;

/// <summary>
/// The checksum of TFRecord files: CRC-32C (Castagnoli), rotated and offset, since the checksum of data that hold their own is no check.
/// </summary>
internal static class MaskedCrc
{
    private const uint MaskOffset = 0xa282ead8;

    /// <summary>The masked checksum.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) =>
        unchecked(BitOperations.RotateRight(Checksum.Crc32C(bytes), 15) + MaskOffset);
}
