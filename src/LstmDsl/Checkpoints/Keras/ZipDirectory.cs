using System.Buffers.Binary;

namespace LstmDsl;

/// <summary>
/// Counts the members of a zip before anything is made of them, by its directory at the end
/// (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 and 4.3.16). What the end claims is not believed: the entries
/// themselves are counted.
/// </summary>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const int EntryBytes = 46;
    private const int LongestComment = ushort.MaxValue;

    private static ReadOnlySpan<byte> EndSignature => "PK\x05\x06"u8;

    private static ReadOnlySpan<byte> EntrySignature => "PK\x01\x02"u8;

    /// <summary>How many members a zip lists, and how many bytes their entries take.</summary>
    /// <param name="zip">The whole file.</param>
    /// <param name="most">How many are counted; one more stands for all beyond.</param>
    /// <returns>Null where there is no directory that this library reads: the end is missing, or says that it lies elsewhere.</returns>
    public static (int Members, long Bytes)? Count(ReadOnlySpan<byte> zip, int most)
    {
        var tail = Math.Max(0, zip.Length - EndBytes - LongestComment);
        var end = zip[tail..].LastIndexOf(EndSignature);
        if (end < 0 || zip.Length - tail - end < EndBytes)
            return null;
        var position = (long)BinaryPrimitives.ReadUInt32LittleEndian(zip[(tail + end + 16)..]);
        if (position > zip.Length)
            return null;
        var (start, members) = (position, 0);
        while (members <= most && zip.Length - position >= EntryBytes && zip[(int)position..].StartsWith(EntrySignature))
        {
            var entry = zip[(int)position..];
            position += EntryBytes + BinaryPrimitives.ReadUInt16LittleEndian(entry[28..])
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
            position = Math.Min(position, zip.Length);
            members++;
        }

        return (members, position - start);
    }
}
