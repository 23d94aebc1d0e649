using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Checks what several losses are made with.</summary>
internal static class LossChecks
{
    /// <summary>A label smoothing, from 0 to 1.</summary>
    public static void Smoothing(double labelSmoothing)
    {
        if (labelSmoothing is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, "The label smoothing lies between 0 and 1.");
    }

    /// <summary>A quantile, between 0 and 1.</summary>
    public static double Level(double level, string name) => level is > 0 and < 1
        ? level
        : throw new ArgumentOutOfRangeException(name, level, "A quantile lies between 0 and 1, both excluded.");

    /// <summary>Quantiles.</summary>
    public static ReadOnlySpan<double> Levels(ReadOnlySpan<double> levels)
    {
        if (levels.Length is < 1 or > PinballErrors.MaximumLevels)
        {
            throw new ArgumentException(
                $"There are 1 to {PinballErrors.MaximumLevels} quantiles; found {levels.Length}.", nameof(levels));
        }

        foreach (var level in levels)
            Level(level, nameof(levels));
        return levels;
    }
}
