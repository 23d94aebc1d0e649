using System.IO.Compression;
using System.Text;

namespace LstmDsl;

/// <summary>The zip around Keras 3's files. Members are read by name alone and never unpacked to a folder.</summary>
internal static class KerasArchive
{
    private const int MostMembers = 1000;

    /// <summary>What a member's entry takes beside its name.</summary>
    private const long EntryBytes = 512;

    /// <summary>What a member takes to be read beside its content: streams and their buffer.</summary>
    private const long StreamBytes = 10 << 10;

    /// <summary>A date that every member has: the file is the same bytes whenever it is written.</summary>
    private static readonly DateTimeOffset Date = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads the members that are wanted.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="wanted">Names of members.</param>
    /// <param name="allowance">What may be made of the file; null for as much as of any file of its length.</param>
    /// <returns>Their contents; members that are not there are left out.</returns>
    /// <exception cref="InvalidDataException">It is no such file, or a member claims too much.</exception>
    public static Dictionary<string, byte[]> Read(
        byte[] bytes, string file, IReadOnlyCollection<string> wanted, FileAllowance? allowance = null)
    {
        allowance ??= new FileAllowance(bytes.Length);
        if (FileKind.Other(bytes.AsSpan(0, Math.Min(bytes.Length, FileKind.StartBytes)), FileKind.Keras) is { } other)
            throw Fault(file, other.TrimEnd('.'));
        if (ZipDirectory.Count(bytes, MostMembers) is not var (members, directoryBytes))
            throw Fault(file, "it is no zip, or cut short: its directory is missing");
        if (members > MostMembers)
            throw Fault(file, $"it has more than {MostMembers} members, the most that are read");
        // Names, extra fields and comments are copied, and made texts of.
        allowance.Take((members * EntryBytes) + (4 * directoryBytes), file, "its list of members");
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            var contents = new Dictionary<string, byte[]>();
            foreach (var entry in archive.Entries)
            {
                if (IsTrick(entry.FullName))
                    throw Fault(file, $"its member '{Excerpt.Of(entry.FullName)}' leads out of the archive");
                if (!wanted.Contains(entry.FullName))
                    continue;
                if (entry.Length > Array.MaxLength || !allowance.TryTake(entry.Length + StreamBytes))
                    throw Fault(file, $"its member '{entry.FullName}' claims {entry.Length} bytes, {allowance.Limit}");
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
        // .NET reads a member whatever its checksum says.
        if (Checksum.Crc32(content) != entry.Crc32)
            throw Fault(file, $"its member '{entry.FullName}' is damaged: its bytes are not those of its checksum");
        return content;
    }

    private static InvalidDataException Fault(string file, string what, Exception? cause = null) =>
        new($"'{file}' is no .keras file that can be read: {what}.{(cause is null ? "" : " " + cause.Message)}", cause);
}
