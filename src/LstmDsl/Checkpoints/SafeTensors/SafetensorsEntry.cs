namespace LstmDsl;

/// <summary>One tensor as a safetensors header describes it, checked against the file's length.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its shape; empty for a single number.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte behind its last one.</param>
internal sealed record SafetensorsEntry(string Name, SafetensorsType Type, int[] Shape, long Begin, long End)
{
    /// <summary>The checksum of its bytes; null in a file of another program.</summary>
    public uint? Checksum { get; init; }

    /// <summary>Number of elements.</summary>
    public int Count => (int)((End - Begin) / Type.Size());
}
