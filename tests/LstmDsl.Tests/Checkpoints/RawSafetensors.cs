using System.Buffers.Binary;
using System.Text;

namespace LstmDsl.Tests;

/// <summary>Files of any header, right or wrong.</summary>
internal static class RawSafetensors
{
    /// <summary>A file with this header and these data.</summary>
    public static byte[] Bytes(string header, byte[] data) => Bytes(Encoding.UTF8.GetBytes(header), data);

    /// <summary>A file with this header, byte by byte, and these data.</summary>
    public static byte[] Bytes(byte[] header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. data];
    }
}
