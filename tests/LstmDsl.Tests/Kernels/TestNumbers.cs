namespace LstmDsl.Tests;

/// <summary>Numbers that look random and are the same in every run: SplitMix64.</summary>
internal struct TestNumbers(ulong seed)
{
    private ulong state = seed * 0x9E3779B97F4A7C15 + 1;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    /// <summary>A float between −<paramref name="scale"/> and <paramref name="scale"/>.</summary>
    public float Float(float scale) => (float)(((Next() >> 11) * (2.0 / (1UL << 53))) - 1) * scale;
}
