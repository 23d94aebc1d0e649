namespace LstmDsl;

/// <summary>Tells a spread from rounding errors, before anything is divided by it.</summary>
internal static class Spread
{
    // The distance from 1 to the next double.
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>
    /// Whether a variance is no more than what rounding leaves of equal numbers: var ≤ n·ε·var + (n·mean·ε)², as scikit-learn's
    /// <c>StandardScaler</c> has it (Chan, Golub and LeVeque, 1983).
    /// </summary>
    /// <param name="variance">The population variance.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="count">How many numbers there are, or the sum of their weights.</param>
    public static bool IsRounding(double variance, double mean, double count)
    {
        double error = count * mean * Epsilon;
        return variance <= count * Epsilon * variance + error * error;
    }

    /// <summary>Whether a sum is no more than what rounding leaves where its terms cancel.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="magnitudes">The sum of the terms' magnitudes.</param>
    /// <param name="count">How many terms there are.</param>
    public static bool IsCancelled(double sum, double magnitudes, double count) => Math.Abs(sum) <= count * Epsilon * magnitudes;
}
