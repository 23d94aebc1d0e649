namespace LstmDsl.CompilerServices;

/// <summary>Where a tensor starts in a block, in elements.</summary>
internal static class Offset
{
    /// <summary>Of a tensor that there is none of. Offsets are asked whether they are negative.</summary>
    public const int None = -1;
}
