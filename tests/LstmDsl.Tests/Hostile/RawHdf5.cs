using System.Buffers.Binary;
using System.Text;

namespace LstmDsl.Tests;

/// <summary>HDF5 files made byte by byte, in the newer structures, so that they may claim whatever a test wants. Checksums are left 0.</summary>
internal sealed class RawHdf5
{
    public const int Dataspace = 0x01;
    public const int Datatype = 0x03;
    public const int Link = 0x06;
    public const int Layout = 0x08;
    public const int Filters = 0x0B;
    public const int Continuation = 0x10;
    private const int SuperblockBytes = 48;

    private readonly List<byte> bytes = [.. new byte[SuperblockBytes]];

    /// <summary>A float of four bytes.</summary>
    public static byte[] Float32 => [0x11, 0x20, 0x1f, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0];

    /// <summary>Texts of one length.</summary>
    public static byte[] Text(int length) => [0x13, 0, 0, 0, .. U32(length)];

    /// <summary>Texts of any length, in a collection.</summary>
    public static byte[] AnyText => [0x19, 1, 0, 0, 16, 0, 0, 0, 0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0];

    public static byte[] Shape(params long[] sizes) => [2, (byte)sizes.Length, 0, 1, .. sizes.SelectMany(U64)];

    public static byte[] Contiguous(long address, long length) => [3, 1, .. U64(address), .. U64(length)];

    /// <summary>One chunk of one dimension, stored through filters.</summary>
    public static byte[] OneChunk(long elements, int elementSize, long address, long stored) =>
        [4, 2, 2, 2, 8, .. U64(elements), .. U64(elementSize), 1, .. U64(stored), 0, 0, 0, 0, .. U64(address)];

    /// <summary>So many filters, each gzip.</summary>
    public static byte[] Gzip(int count) => [2, (byte)count, .. Enumerable.Repeat(new byte[] { 1, 0, 0, 0, 0, 0 }, count).SelectMany(filter => filter)];

    public static byte[] LinkTo(string name, long address) => [1, 0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. U64(address)];

    public static byte[] ContinuedAt(long address, long length) => [.. U64(address), .. U64(length)];

    /// <summary>A message of an object header.</summary>
    public static byte[] Message(int kind, byte[] body) => [(byte)kind, .. U16(body.Length), 0, .. body];

    /// <summary>Appends bytes.</summary>
    /// <returns>Their address.</returns>
    public long Add(byte[] data)
    {
        var address = bytes.Count;
        bytes.AddRange(data);
        return address;
    }

    /// <summary>Appends an object's header.</summary>
    /// <returns>Its address.</returns>
    public long AddObject(params byte[][] messages)
    {
        byte[] body = [.. messages.SelectMany(message => message)];
        return Add([.. "OHDR"u8, 2, 2, .. U32(body.Length), .. body, 0, 0, 0, 0]);
    }

    /// <summary>The file, whose root group is at that address.</summary>
    public byte[] File(long root)
    {
        byte[] superblock = [.. Hdf5Superblock.Signature, 2, 8, 8, 0, .. U64(0), .. U64(-1), .. U64(bytes.Count), .. U64(root), 0, 0, 0, 0];
        return [.. superblock, .. bytes.Skip(SuperblockBytes)];
    }

    private static byte[] U16(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] U32(int value)
    {
        var four = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, value);
        return four;
    }

    private static byte[] U64(long value)
    {
        var eight = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(eight, value);
        return eight;
    }
}
