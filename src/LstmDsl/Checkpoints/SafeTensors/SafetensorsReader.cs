using System.Runtime.InteropServices;

namespace LstmDsl;

/// <summary>An open safetensors file, whose tensors are read one at a time. The header has been checked once it is open.</summary>
internal sealed class SafetensorsReader : IDisposable
{
    /// <summary>Elements read at once where they need converting.</summary>
    private const int ChunkLength = 1 << 12;

    /// <summary>Elements read at once where they do not: their bytes must be countable by an int.</summary>
    private const int LongestSlice = 1 << 24;

    private readonly Stream stream;
    private readonly string file;
    private uint checksum;

    /// <summary>Checks the header of an open file, which it then owns.</summary>
    /// <param name="stream">The file, at its start; it can be sought in.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="InvalidDataException">The file is not what it claims to be.</exception>
    public SafetensorsReader(Stream stream, string file)
    {
        this.stream = stream;
        this.file = file;
        Header = SafetensorsHeader.Read(stream, file);
    }

    /// <summary>What the file says of itself.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not what it claims to be.</exception>
    public static SafetensorsReader Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new UnauthorizedAccessException($"'{path}' is a folder, not a safetensors file.");
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            Span<byte> start = stackalloc byte[FileKind.StartBytes];
            start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            if (FileKind.Other(start, FileKind.Safetensors) is { } other)
                throw SafetensorsHeader.Fault(path, other);
            stream.Position = 0;
            return new(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads one tensor.</summary>
    /// <param name="entry">One of the header's entries, of a type that is read.</param>
    /// <exception cref="InvalidDataException">The file became shorter, or its bytes are not those of the entry's checksum.</exception>
    public StoredTensor Read(SafetensorsEntry entry)
    {
        try
        {
            stream.Position = Header.DataStart + entry.Begin;
            checksum = 0;
            Array values = entry.Type switch
            {
                SafetensorsType.F16 => ReadConverted<Half>(entry.Count, half => (float)half),
                SafetensorsType.BF16 => ReadConverted<ushort>(entry.Count, BFloat16.ToSingle),
                SafetensorsType.F32 => ReadArray<float>(entry.Count),
                SafetensorsType.F64 => ReadArray<double>(entry.Count),
                SafetensorsType.I32 => ReadArray<int>(entry.Count),
                _ => ReadArray<long>(entry.Count),
            };
            return entry.Checksum is null || entry.Checksum == checksum
                ? new(entry.Name, entry.Shape, values)
                : throw SafetensorsChecksums.Damaged(file, $"tensor '{entry.Name}'");
        }
        catch (EndOfStreamException exception)
        {
            throw SafetensorsHeader.Fault(file, $"it became shorter while tensor '{entry.Name}' was read.", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private T[] ReadArray<T>(int count) where T : unmanaged
    {
        var values = GC.AllocateUninitializedArray<T>(count);
        for (var from = 0; from < count; from += LongestSlice)
        {
            ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(from, Math.Min(LongestSlice, count - from))));
        }

        return values;
    }

    private float[] ReadConverted<T>(int count, Func<T, float> convert) where T : unmanaged
    {
        var values = GC.AllocateUninitializedArray<float>(count);
        var chunk = new T[Math.Min(ChunkLength, count)];
        for (var from = 0; from < count; from += ChunkLength)
        {
            var stored = chunk.AsSpan(0, Math.Min(ChunkLength, count - from));
            ReadExactly(MemoryMarshal.AsBytes(stored));
            for (var i = 0; i < stored.Length; i++)
            {
                values[from + i] = convert(stored[i]);
            }
        }

        return values;
    }

    private void ReadExactly(Span<byte> bytes)
    {
        stream.ReadExactly(bytes);
        checksum = Checksum.Crc32C(bytes, checksum);
    }
}
