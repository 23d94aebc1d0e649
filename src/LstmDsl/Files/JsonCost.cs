namespace LstmDsl;

/// <summary>What reading a text of JSON takes, for a file's allowance.</summary>
internal static class JsonCost
{
    /// <summary>The text as characters and as bytes, and copies of its texts.</summary>
    private const long OfByte = 6;

    /// <summary>An entry of the parser's tables, copied as they grow, and a number or text in a list.</summary>
    private const long OfElement = 100;

    /// <summary>At most as many bytes as reading it allocates.</summary>
    public static long Of(ReadOnlySpan<byte> utf8) =>
        (OfByte * utf8.Length) + (OfElement * (1L + utf8.Count((byte)',') + utf8.Count((byte)':') + utf8.Count((byte)'[') + utf8.Count((byte)'{')));
}
