namespace LstmDsl;

/// <summary>Numbers of 16 bits that are the upper half of a float.</summary>
internal static class BFloat16
{
    /// <summary>The float.</summary>
    public static float ToSingle(ushort upperHalf) => BitConverter.UInt32BitsToSingle((uint)upperHalf << 16);
}
