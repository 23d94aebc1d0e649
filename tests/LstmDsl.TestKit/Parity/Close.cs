using System.Globalization;

namespace LstmDsl.Tests;

/// <summary>Compares tensors as the fixtures' own error is measured: the largest difference over the largest magnitude.</summary>
internal static class Close
{
    public static double RelativeError(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        double difference = 0, magnitude = 0;
        for (var index = 0; index < expected.Count; index++)
        {
            difference = Math.Max(difference, Math.Abs(expected[index] - actual[index]));
            magnitude = Math.Max(magnitude, Math.Abs(expected[index]));
            if (double.IsNaN(actual[index]) != double.IsNaN(expected[index]))
                return double.PositiveInfinity;
        }

        return difference / Math.Max(magnitude, 1e-30);
    }

    public static void Relative(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string what)
    {
        var error = RelativeError(expected, actual);
        Assert.True(
            error <= tolerance,
            string.Create(CultureInfo.InvariantCulture, $"{what}: relative error {error:e2}, tolerated {tolerance:e2}"));
    }

    public static void Relative(IReadOnlyList<double> expected, IReadOnlyList<float> actual, double tolerance, string what) =>
        Relative(expected, [.. actual.Select(value => (double)value)], tolerance, what);
}
