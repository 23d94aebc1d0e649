using System.IO.Compression;
using System.Text;

namespace LstmDsl;

/// <summary>The zip around Keras 3's files. Members are read by name alone and never unpacked to a folder.</summary>
internal static class KerasArchive
{
    /// <summary>What a file may hold beside weights grows with its length; this much is free.</summary>
    private const long FreeBytes = 1 << 20;

    /// <summary>How many bytes one byte of the file may become.</summary>
    private const long LargestExpansion = 64;

    private const int MostMembers = 1000;

    /// <summary>A date that every member has: the file is the same bytes whenever it is written.</summary>
    private static readonly DateTimeOffset Date = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads the members that are wanted.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="wanted">Names of members.</param>
    /// <returns>Their contents; members that are not there are left out.</returns>
    /// <exception cref="InvalidDataException">It is no such file, or a member claims too much.</exception>
    public static Dictionary<string, byte[]> Read(byte[] bytes, string file, IReadOnlyCollection<string> wanted)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostMembers)
                throw Fault(file, $"it has {archive.Entries.Count} members, where up to {MostMembers} are read");
            var remaining = FreeBytes + (LargestExpansion * bytes.Length);
            var contents = new Dictionary<string, byte[]>();
            foreach (var entry in archive.Entries)
            {
                if (IsTrick(entry.FullName))
                    throw Fault(file, $"its member '{entry.FullName}' leads out of the archive");
                if (!wanted.Contains(entry.FullName))
                    continue;
                if (entry.Length > remaining || entry.Length > Array.MaxLength)
                    throw Fault(file, $"its member '{entry.FullName}' claims {entry.Length} bytes, more than a file of {bytes.Length} may become");
                remaining -= entry.Length;
                if (!contents.TryAdd(entry.FullName, Content(entry, file)))
                    throw Fault(file, $"it has member '{entry.FullName}' twice");
            }

            return contents;
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw Fault(file, "it is damaged", exception);
        }
        catch (InvalidDataException exception) when (!exception.Message.Contains(file, StringComparison.Ordinal))
        {
            throw Fault(file, "it is damaged", exception);
        }
    }

    /// <summary>Writes members, stored as they are.</summary>
    public static void Write(Stream stream, IEnumerable<(string Name, byte[] Content)> members)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        foreach (var (name, content) in members)
        {
            var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
            entry.LastWriteTime = Date;
            using var member = entry.Open();
            member.Write(content);
        }
    }

    private static bool IsTrick(string name) =>
        name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Split('/').Contains("..");

    private static byte[] Content(ZipArchiveEntry entry, string file)
    {
        using var stream = entry.Open();
        var content = new byte[entry.Length];
        if (stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length || stream.ReadByte() >= 0)
            throw Fault(file, $"its member '{entry.FullName}' has not the {entry.Length} bytes that it claims");
        return content;
    }

    private static InvalidDataException Fault(string file, string what, Exception? cause = null) =>
        new($"'{file}' is no .keras file that can be read: {what}.{(cause is null ? "" : " " + cause.Message)}", cause);
}
