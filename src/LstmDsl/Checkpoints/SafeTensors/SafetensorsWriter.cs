using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LstmDsl;

/// <summary>Writes the header and the data of a safetensors file. What cannot be written is refused before the first byte.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Data start on a multiple of this, so that a reader may map them; the header is padded with spaces.</summary>
    private const int Alignment = 8;

    /// <summary>Elements written at once: their bytes must be countable by an int.</summary>
    private const int LongestSlice = 1 << 24;

    /// <summary>The header, from the length in its first 8 bytes to its padding.</summary>
    /// <exception cref="ArgumentException">A tensor cannot be written; the message names it.</exception>
    public static byte[] Header(CheckpointContent content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(stackalloc byte[SafetensorsHeader.LengthBytes]);
        // The text is read by JSON readers alone, never set into a web page, so quotes may stay readable.
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(json, content);
        }

        var padding = -buffer.WrittenCount & (Alignment - 1);
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        var header = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - SafetensorsHeader.LengthBytes);
        return header;
    }

    /// <summary>Writes a tensor's elements.</summary>
    public static void Write(Stream stream, StoredTensor tensor) => Pass(tensor, stream.Write);

    private delegate void TakeBytes(ReadOnlySpan<byte> bytes);

    /// <summary>Passes on a tensor's elements as they lie in a file.</summary>
    private static void Pass(StoredTensor tensor, TakeBytes take)
    {
        switch (tensor.Values)
        {
            case float[] values:
                Pass(values, take);
                break;
            case double[] values:
                Pass(values, take);
                break;
            case int[] values:
                Pass(values, take);
                break;
            default:
                Pass((long[])tensor.Values, take);
                break;
        }
    }

    private static void Pass<T>(T[] values, TakeBytes take) where T : unmanaged
    {
        for (var from = 0; from < values.Length; from += LongestSlice)
        {
            take(MemoryMarshal.AsBytes(values.AsSpan(from, Math.Min(LongestSlice, values.Length - from))));
        }
    }

    /// <summary>The checksums of the metadata and of each tensor: the format has none of its own.</summary>
    private static string Checksums(CheckpointContent content)
    {
        List<uint> checksums = [Checksum.Crc32C(Encoding.UTF8.GetBytes(content.Metadata!))];
        foreach (var tensor in content.Tensors)
        {
            var checksum = 0u;
            Pass(tensor, bytes => checksum = Checksum.Crc32C(bytes, checksum));
            checksums.Add(checksum);
        }

        return SafetensorsChecksums.Text(checksums);
    }

    private static void Write(Utf8JsonWriter json, CheckpointContent content)
    {
        json.WriteStartObject();
        if (content.Metadata is not null)
        {
            json.WriteStartObject(SafetensorsHeader.MetadataName);
            json.WriteString(SafetensorsHeader.OwnMetadataName, content.Metadata);
            json.WriteString(SafetensorsChecksums.Name, Checksums(content));
            json.WriteEndObject();
        }

        HashSet<string> names = [SafetensorsHeader.MetadataName];
        var offset = 0L;
        foreach (var tensor in content.Tensors)
        {
            var type = CheckedType(tensor);
            if (!names.Add(tensor.Name))
            {
                throw new ArgumentException($"The name '{tensor.Name}' is taken: a file holds one tensor of a name.", nameof(content));
            }

            var end = offset + ((long)tensor.Values.Length * type.Size());
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", type.Name());
            json.WriteStartArray("shape");
            foreach (var dimension in tensor.Shape)
            {
                json.WriteNumberValue(dimension);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            json.WriteNumberValue(end);
            json.WriteEndArray();
            json.WriteEndObject();
            offset = end;
        }

        json.WriteEndObject();
    }

    private static SafetensorsType CheckedType(StoredTensor tensor)
    {
        var type = SafetensorsTypes.Of(tensor.Values) ?? throw new ArgumentException(
            $"Tensor '{tensor.Name}' is a {tensor.Values.GetType().Name}; a file takes float[], double[], int[] and long[].",
            nameof(tensor));
        // Beyond any array's length the product stays where it is, so that it cannot wrap around to a length that fits.
        var count = tensor.Shape.Aggregate(1L, (product, dimension) => Math.Min(product * dimension, Array.MaxLength + 1L));
        return count == tensor.Values.Length && tensor.Shape.All(dimension => dimension >= 0)
            ? type
            : throw new ArgumentException(
                $"Tensor '{tensor.Name}' has shape ({string.Join(", ", tensor.Shape)}), but {tensor.Values.Length} values.",
                nameof(tensor));
    }
}
