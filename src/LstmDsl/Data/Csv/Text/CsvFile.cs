using System.Globalization;
using System.IO.Compression;

namespace LstmDsl;

/// <summary>A file of text on a disk, unpacked as it is read where it is a gzip or a zip by its first bytes.</summary>
internal sealed class CsvFile : IDisposable
{
    private const int SignatureBytes = 4;
    private static readonly string[] TextExtensions = [".csv", ".tsv", ".txt"];

    private readonly FileStream file;
    private readonly ZipArchive? zip;

    private CsvFile(FileStream file, string name, string? member)
    {
        this.file = file;
        var start = JoinedStream.Look(file, SignatureBytes, out var signature);
        switch (signature)
        {
            case [0x1F, 0x8B, ..]:
                (Content, Packing) = (Bounded(new WholeGzip(start), name), "gzip");
                break;
            case [(byte)'P', (byte)'K', 3, 4]:
                (zip, var entry, var content) = Unpacked(file, name, member);
                (Content, Packing) = (Bounded(content, name), $"'{Excerpt.Of(entry)}' of a zip");
                break;
            default:
                Content = start;
                break;
        }

        if (member is not null && zip is null)
            throw CsvOptions.Wrong($"ZipMember is '{member}', but {name} is no zip");
    }

    /// <summary>Its text, as bytes.</summary>
    public Stream Content { get; }

    /// <summary>What it was packed in; null where it was not.</summary>
    public string? Packing { get; }

    /// <summary>How many bytes of the file have been read; null where that does not say how much is still to come.</summary>
    public (long Read, long Length)? Progress => file.CanSeek && zip is null ? (file.Position, file.Length) : null;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="member">Which file of a zip; null for the only one.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is a damaged zip, or one from which no file can be chosen.</exception>
    public static CsvFile Open(string path, string? member)
    {
        if (Directory.Exists(path))
            throw new UnauthorizedAccessException($"'{path}' is a folder, not a file.");
        // What reads it has a buffer of its own.
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            return new CsvFile(file, path, member);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Content.Dispose();
        zip?.Dispose();
        file.Dispose();
    }

    private BoundedStream Bounded(Stream unpacked, string name) => new(unpacked, name, file.CanSeek ? file.Length : 0);

    private static (ZipArchive Zip, string Member, Stream Content) Unpacked(FileStream file, string name, string? member)
    {
        if (!file.CanSeek)
            throw new InvalidDataException($"{name} is a zip, which is not read from a pipe; unpack it first.");
        ZipArchiveEntry[] files;
        ZipArchive zip;
        try
        {
            zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            files = [.. zip.Entries.Where(entry => !entry.FullName.EndsWith('/'))];
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException($"{name} is a zip that is damaged: {problem.Message}", problem);
        }

        var chosen = Member(files, name, member);
        try
        {
            return (zip, chosen.FullName, new CheckedStream(chosen.Open(), chosen.Crc32));
        }
        catch (Exception problem) when (problem is InvalidDataException or NotSupportedException)
        {
            throw new InvalidDataException(
                $"{name} is a zip whose file '{Excerpt.Of(chosen.FullName)}' cannot be unpacked: {problem.Message}", problem);
        }
    }

    private static ZipArchiveEntry Member(ZipArchiveEntry[] files, string name, string? member)
    {
        if (member is not null)
        {
            return files.FirstOrDefault(entry => entry.FullName == member)
                ?? throw CsvOptions.Wrong($"ZipMember is '{Excerpt.Of(member)}', but {name} holds {Names(files)}");
        }

        static bool IsText(ZipArchiveEntry entry) =>
            TextExtensions.Contains(Path.GetExtension(entry.FullName), StringComparer.OrdinalIgnoreCase);
        ZipArchiveEntry[] texts = [.. files.Where(IsText)];
        if (files.Length == 1)
            return files[0];
        if (texts.Length == 1)
            return texts[0];
        throw new InvalidDataException($"{name} is a zip that holds {Names(files)}; name the one to read by CsvOptions.ZipMember.");
    }

    private static string Names(ZipArchiveEntry[] files)
    {
        const int Most = 10;
        var names = string.Join(", ", files.Take(Most).Select(entry => $"'{Excerpt.Of(entry.FullName)}'"));
        return files.Length == 0 ? "no file"
            : files.Length > Most ? string.Create(CultureInfo.InvariantCulture, $"{names} and {files.Length - Most} more") : names;
    }
}
