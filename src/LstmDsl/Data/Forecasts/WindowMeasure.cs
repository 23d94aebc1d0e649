namespace LstmDsl;

/// <summary>What a window's own scaling takes of its values, in their units.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Spread">
/// Their standard deviation, but at least <see cref="LeastShare"/> of their mean size; 0 for a window of zeros.
/// </param>
/// <param name="IsByLevel">Whether that least share is the larger one, though the values differ.</param>
internal readonly record struct WindowMeasure(double Mean, double Spread, bool IsByLevel)
{
    /// <summary>The share of the values' size that a spread has at least.</summary>
    public const double LeastShare = 0.001;

    /// <summary>Measures a window.</summary>
    public static WindowMeasure Of(ReadOnlySpan<double> window)
    {
        double sum = 0, magnitude = 0, squares = 0;
        foreach (var value in window)
            (sum, magnitude) = (sum + value, magnitude + Math.Abs(value));
        var mean = sum / window.Length;
        foreach (var value in window)
            squares += (value - mean) * (value - mean);
        var (deviation, least) = (Math.Sqrt(squares / window.Length), LeastShare * magnitude / window.Length);
        return new(mean, Math.Max(deviation, least), deviation < least && window.IndexOfAnyExcept(window[0]) >= 0);
    }
}
