namespace LstmDsl;

/// <summary>
/// Files in the safetensors format (https://huggingface.co/docs/safetensors): the header's length in 8 bytes, a JSON header, then the
/// tensors' elements, row-major and little-endian, as they also lie in memory on every platform that this library runs on.
/// </summary>
internal static class Safetensors
{
    /// <summary>Reads a whole file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not what it claims to be; nothing was allocated for its tensors.</exception>
    public static CheckpointContent Read(string path)
    {
        using var reader = SafetensorsReader.Open(path);
        return new()
        {
            Tensors = [.. reader.Header.Entries.Select(reader.Read)],
            Metadata = reader.Header.Metadata,
        };
    }
}
