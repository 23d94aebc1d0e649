using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace LstmDsl;

/// <summary>
/// The header of a safetensors file: 8 bytes that give its length, little-endian, then JSON that lists the tensors. Everything it claims
/// is checked against the file's length here, so that who reads the tensors may trust it.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>Bytes of the number that a file starts with.</summary>
    public const int LengthBytes = sizeof(ulong);

    /// <summary>The entry of the header that describes the file rather than a tensor.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>Where this library's own JSON lies in <see cref="MetadataName"/>.</summary>
    public const string OwnMetadataName = "lstmdsl";

    /// <summary>The format's own limit on the JSON.</summary>
    private const long LongestJson = 100_000_000;

    private SafetensorsHeader(long dataStart, IReadOnlyList<SafetensorsEntry> entries, string? metadata)
    {
        DataStart = dataStart;
        Entries = entries;
        Metadata = metadata;
    }

    /// <summary>Where the data start in the file.</summary>
    public long DataStart { get; }

    /// <summary>The tensors, in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>This library's own JSON; null in a file of another program.</summary>
    public string? Metadata { get; }

    /// <summary>Reads and checks the header; leaves the stream where the data start.</summary>
    /// <param name="stream">The file, at its start; its length must be known.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="InvalidDataException">The file is not what it claims to be.</exception>
    public static SafetensorsHeader Read(Stream stream, string file)
    {
        var fileLength = stream.Length;
        if (fileLength < LengthBytes)
        {
            throw Fault(file, $"it is {fileLength} bytes long, but the first 8 must give the length of its header.");
        }

        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        stream.ReadExactly(lengthBytes);
        var jsonLength = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (jsonLength > LongestJson)
        {
            throw Fault(file, $"its header claims {jsonLength} bytes, where the format allows {LongestJson}.");
        }

        if (jsonLength > (ulong)(fileLength - LengthBytes))
        {
            throw Fault(file, $"its header claims {jsonLength} bytes, but only {fileLength - LengthBytes} follow: the file is cut short.");
        }

        var json = new byte[jsonLength];
        stream.ReadExactly(json);
        var dataStart = LengthBytes + (long)jsonLength;
        var (entries, metadata, checksums) = Parse(json, fileLength - dataStart, file);
        var ordered = InDataOrder(entries, fileLength - dataStart, file);
        return new(dataStart, SafetensorsChecksums.Checked(checksums, metadata, ordered, file), metadata);
    }

    /// <summary>An exception that names the file.</summary>
    public static InvalidDataException Fault(string file, string what, Exception? cause = null) =>
        new($"'{file}' is not a valid safetensors file: {what}", cause);

    /// <summary>An exception that names a type that is not read.</summary>
    public static InvalidDataException UnreadType(string file, string tensor, string type) =>
        Fault(file, $"tensor '{tensor}' has dtype {type}; this library reads {SafetensorsTypes.Known}.");

    private static (List<SafetensorsEntry> Entries, string? Metadata, string? Checksums) Parse(ReadOnlySpan<byte> json, long dataLength, string file)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw Fault(file, "its header does not begin with '{'.");
        }

        if (!Utf8.IsValid(json))
        {
            throw Fault(file, "its header is not UTF-8.");
        }

        try
        {
            return new SafetensorsHeaderParser(json, dataLength, file).Parse();
        }
        catch (JsonException exception)
        {
            throw Fault(file, $"its header is not valid JSON. {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // What the JSON reader throws for an escaped lone surrogate.
            throw Fault(file, $"its header holds text that is not valid. {exception.Message}", exception);
        }
    }

    /// <summary>Sorts the tensors by their place in the file, where they must follow each other without holes or overlaps.</summary>
    private static SafetensorsEntry[] InDataOrder(List<SafetensorsEntry> entries, long dataLength, string file)
    {
        SafetensorsEntry[] ordered = [.. entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        var end = 0L;
        string? before = null;
        foreach (var entry in ordered)
        {
            if (entry.Begin < end)
            {
                throw Fault(file, $"tensor '{entry.Name}' begins at byte {entry.Begin} and overlaps {Before(before)}, which ends at byte {end}.");
            }

            if (entry.Begin > end)
            {
                throw Fault(file, $"tensor '{entry.Name}' begins at byte {entry.Begin}, a hole behind {Before(before)} at byte {end}.");
            }

            end = entry.End;
            before = entry.Name;
        }

        if (end != dataLength)
        {
            throw Fault(file, $"its tensors end at byte {end} of the data, but {dataLength} bytes of data follow the header.");
        }

        return ordered;

        static string Before(string? tensor) => tensor is null ? "the start of the data" : $"tensor '{tensor}'";
    }
}
