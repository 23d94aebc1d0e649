namespace LstmDsl.Kernels;

/// <summary>The error function in double, for the scalar reference.</summary>
internal static class ErrorFunction
{
    /// <summary>From here on the result is 1 to the last bit.</summary>
    private const double Saturated = 6;

    /// <summary>
    /// 2/√π · e^−x² · Σ 2ⁿ·x²ⁿ⁺¹ / (1·3·…·(2n + 1)) (Abramowitz and Stegun, 7.1.6). All terms have one sign, so nothing cancels; below the
    /// bound they end after some hundred.
    /// </summary>
    public static double Value(double x)
    {
        if (Math.Abs(x) >= Saturated)
            return Math.Sign(x);

        double term = x, sum = x;
        for (var n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
