namespace LstmDsl;

/// <summary>Where an HDF5 file begins: sizes of numbers, and the address of the root group.</summary>
internal static class Hdf5Superblock
{
    /// <summary>The first eight bytes of every HDF5 file.</summary>
    public static ReadOnlySpan<byte> Signature => FileKind.Hdf5Signature;

    private const string Place = "the superblock";

    /// <summary>Reads it into the image.</summary>
    /// <returns>The address of the root group's header.</returns>
    public static ulong Read(Hdf5Image image)
    {
        var cursor = Find(image);
        var version = cursor.Version(0, 3, Place);
        if (version >= 2)
        {
            ReadSizes(image, ref cursor);
            cursor.Skip(1);
            ReadBase(image, ref cursor);
            cursor.Skip(2 * image.OffsetSize);
            return cursor.RequiredAddress("the root group");
        }

        cursor.Skip(4);
        ReadSizes(image, ref cursor);
        cursor.Skip(version == 1 ? 13 : 9);
        ReadBase(image, ref cursor);
        cursor.Skip(4 * image.OffsetSize);
        return cursor.RequiredAddress("the root group");
    }

    /// <summary>The signature stands at the start, or behind what somebody put before it, at 512, 1024, 2048 …</summary>
    private static Hdf5Cursor Find(Hdf5Image image)
    {
        for (var start = 0L; start + Signature.Length <= image.Length; start = start == 0 ? 512 : 2 * start)
        {
            var cursor = new Hdf5Cursor(image, start, image.Length, Place);
            if (cursor.Bytes(Signature.Length).SequenceEqual(Signature))
                return cursor;
        }

        throw image.Fault(0, Place, FileKind.Other(image.Start, FileKind.Hdf5) is { } other ? other.TrimEnd('.') : "its signature is missing");
    }

    private static void ReadSizes(Hdf5Image image, ref Hdf5Cursor cursor)
    {
        image.OffsetSize = cursor.U8();
        image.LengthSize = cursor.U8();
        if (image.OffsetSize is not (4 or 8) || image.LengthSize is not (4 or 8))
            throw cursor.Fault($"addresses of {image.OffsetSize} and lengths of {image.LengthSize} bytes are not read; 4 and 8 are");
    }

    private static void ReadBase(Hdf5Image image, ref Hdf5Cursor cursor)
    {
        var address = cursor.RequiredAddress("what addresses are counted from");
        if (address > (ulong)image.Length)
            throw cursor.Fault($"addresses are counted from {address}, outside the file");
        image.BaseAddress = (long)address;
    }
}
