namespace LstmDsl.Tests;

internal static class Near
{
    /// <summary>
    /// Compares floats with a reference in double, relative to the largest magnitude of the tensor (or one, where all are smaller): a sum's
    /// rounding follows its terms, not what is left of them.
    /// </summary>
    public static void Assert(string name, ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        var largest = 1.0;
        foreach (var value in expected) largest = Math.Max(largest, Math.Abs(value));
        for (var i = 0; i < expected.Length; i++)
        {
            // Written so that NaN fails.
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance * largest))
            {
                Xunit.Assert.Fail($"{name}[{i}] is {actual[i]:R}, not {expected[i]:R} (largest {largest:R}, tolerance {tolerance:R}).");
            }
        }
    }
}
