namespace LstmDsl;

/// <summary>
/// Philox 4×32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011): a keyed scrambling of a counter.
/// It has no state, so a draw depends on nothing but key and counter, whatever the order, the thread or the device.
/// </summary>
internal static class Philox
{
    private const int Rounds = 10;

    // The paper's constants: the multipliers, then the steps of the key (the golden ratio and √3 − 1, in 32 bits).
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;

    /// <summary>Draws four words for a counter.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">What the draw is for.</param>
    /// <param name="word0">The counter's first word.</param>
    /// <param name="word1">Its second word.</param>
    /// <param name="word2">Its third word.</param>
    /// <param name="word3">Its fourth word.</param>
    public static PhiloxWords Draw(int seed, RandomPurpose purpose, uint word0, uint word1 = 0, uint word2 = 0, uint word3 = 0) =>
        Draw((uint)seed, (uint)purpose, new(word0, word1, word2, word3));

    /// <summary>The scrambling itself: key and counter in, four words out.</summary>
    public static PhiloxWords Draw(uint key0, uint key1, PhiloxWords counter)
    {
        unchecked
        {
            for (var round = 0; round < Rounds; round++)
            {
                var product0 = (ulong)Multiplier0 * counter.Word0;
                var product1 = (ulong)Multiplier1 * counter.Word2;
                counter = new(
                    (uint)(product1 >> 32) ^ counter.Word1 ^ key0,
                    (uint)product1,
                    (uint)(product0 >> 32) ^ counter.Word3 ^ key1,
                    (uint)product0);
                key0 += KeyStep0;
                key1 += KeyStep1;
            }

            return counter;
        }
    }
}
