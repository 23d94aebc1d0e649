using System.Buffers.Binary;
using System.Numerics;

namespace LstmDsl;

/// <summary>
/// Checksums of 32 bits, as files have them. Both can be continued: what comes next is checked from the checksum of what came before, 0 at first.
/// </summary>
internal static class Checksum
{
    /// <summary>The reversed polynomial of <see cref="Crc32"/>.</summary>
    private const uint Polynomial = 0xEDB88320;

    /// <summary>Bytes that <see cref="Crc32"/> takes at once, each by a table of its own.</summary>
    private const int Stride = 8;

    private const int Values = 256;

    private static readonly uint[] Tables = MakeTables();

    /// <summary>CRC-32 (ISO 3309), which zips have.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var crc = ~before;
        ReadOnlySpan<uint> tables = Tables;
        for (; bytes.Length >= Stride; bytes = bytes[Stride..])
        {
            var low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[(7 * Values) + (int)(low & 0xFF)] ^ tables[(6 * Values) + (int)((low >> 8) & 0xFF)]
                ^ tables[(5 * Values) + (int)((low >> 16) & 0xFF)] ^ tables[(4 * Values) + (int)(low >> 24)]
                ^ tables[(3 * Values) + (int)(high & 0xFF)] ^ tables[(2 * Values) + (int)((high >> 8) & 0xFF)]
                ^ tables[Values + (int)((high >> 16) & 0xFF)] ^ tables[(int)(high >> 24)];
        }

        foreach (var value in bytes)
            crc = tables[(int)((crc ^ value) & 0xFF)] ^ (crc >> 8);
        return ~crc;
    }

    /// <summary>CRC-32C (Castagnoli), for which processors have an instruction.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var crc = ~before;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    /// <summary>What a byte makes of the checksum, and in the tables behind it with as many zeros behind it.</summary>
    private static uint[] MakeTables()
    {
        var tables = new uint[Stride * Values];
        for (var value = 0; value < Values; value++)
        {
            var crc = (uint)value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            tables[value] = crc;
        }

        for (var i = Values; i < tables.Length; i++)
            tables[i] = (tables[i - Values] >> 8) ^ tables[(int)(tables[i - Values] & 0xFF)];
        return tables;
    }
}
