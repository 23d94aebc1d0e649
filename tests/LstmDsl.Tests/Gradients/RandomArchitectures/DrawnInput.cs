namespace LstmDsl.Tests;

/// <summary>What an input of an architecture holds.</summary>
/// <param name="Timesteps">Its timesteps.</param>
/// <param name="Features">Values at each.</param>
/// <param name="Numbers">How many numbers an embedding chooses from; 0 where none reads it.</param>
/// <param name="Padding">What stands in timesteps that are padding; null where none are.</param>
internal sealed record DrawnInput(int Timesteps, int Features, int Numbers, float? Padding)
{
    /// <summary>Values of a sample.</summary>
    public int Length => Timesteps * Features;

    /// <summary>An input that some layers read.</summary>
    public static DrawnInput Of(ArchitectureLayer input, IReadOnlyList<ArchitectureLayer> readers) => new(
        input.Sizes[0],
        input.Sizes[1],
        readers.FirstOrDefault(reader => reader.Kind == "Embedding")?.Sizes[0] ?? 0,
        readers.Select(PaddingOf).FirstOrDefault(padding => padding is not null));

    private static float? PaddingOf(ArchitectureLayer reader) => reader switch
    {
        { Kind: "Masking", Options: [] } => 0,
        { Kind: "Masking" } => LayerDrawer.MaskValue,
        { Kind: "Embedding", Options: not [] } => 0,
        _ => null,
    };
}
