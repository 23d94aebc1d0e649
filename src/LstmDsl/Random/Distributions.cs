namespace LstmDsl;

/// <summary>Turns random words into random numbers.</summary>
internal static class Distributions
{
    /// <summary>Uniform on [0, 1): the upper 24 bits, which is what a float can tell apart evenly.</summary>
    public static float UniformSingle(uint word) => (word >> 8) * (1f / (1 << 24));

    /// <summary>Uniform on [0, 1): the upper 53 of 64 bits.</summary>
    public static double UniformDouble(uint high, uint low) => ((((ulong)high << 32) | low) >> 11) * (1.0 / (1L << 53));

    /// <summary>
    /// Two independent standard normal numbers (Box and Muller, 1958): √(−2 ln u)·cos(2πv) and √(−2 ln u)·sin(2πv), with u on (0, 1] so
    /// that the logarithm exists. From 32 bits the largest is 6.66, which a true draw exceeds once in 10¹⁰. The last bit may follow the
    /// platform's logarithm, sine and cosine.
    /// </summary>
    public static (double First, double Second) Normal(uint word0, uint word1)
    {
        const double Step = 1.0 / (1L << 32);
        var radius = Math.Sqrt(-2 * Math.Log((word0 + 1.0) * Step));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * Step * word1);
        return (radius * cosine, radius * sine);
    }

    /// <summary>
    /// Uniform on 0, …, bound − 1: the upper half of word × bound, 64 bits each. No value's probability is off by more than 2⁻⁶⁴, far
    /// below what any number of draws could show, so none is rejected and one draw is always enough.
    /// </summary>
    public static int Below(int bound, uint high, uint low) => (int)Math.BigMul(((ulong)high << 32) | low, (ulong)bound, out _);
}
