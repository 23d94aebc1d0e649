using System.Numerics;

namespace LstmDsl;

/// <summary>
/// The checksum of TFRecord files: CRC-32C (Castagnoli), rotated and offset, since the checksum of data that hold their own is no check.
/// </summary>
internal static class MaskedCrc
{
    private const uint MaskOffset = 0xa282ead8;

    /// <summary>The masked checksum.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = Crc32C(bytes);
        return unchecked(BitOperations.RotateRight(crc, 15) + MaskOffset);
    }

    /// <summary>The plain checksum.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
