namespace DampedOscillation;

/// <summary>exp(−x/5)·cos(x) at 200 points of [0, 5π], and its windows.</summary>
internal static class Curve
{
    /// <summary>Points of the curve.</summary>
    public const int Points = 200;

    /// <summary>Timesteps of a window.</summary>
    public const int Timesteps = 20;

    /// <summary>Windows: the last one still has a next value for each of its timesteps.</summary>
    public const int Windows = Points - Timesteps;

    /// <summary>Where the points stand.</summary>
    public static double[] Places { get; } = [.. Enumerable.Range(0, Points).Select(point => point * 5 * Math.PI / (Points - 1))];

    /// <summary>The points.</summary>
    public static float[] Values { get; } = [.. Places.Select(x => (float)(Math.Exp(-x / 5) * Math.Cos(x)))];

    /// <summary>The windows that start <paramref name="moved"/> points after the first, (180, 20, 1).</summary>
    public static float[,,] Cut(int moved)
    {
        var windows = new float[Windows, Timesteps, 1];
        for (var window = 0; window < Windows; window++)
        {
            for (var t = 0; t < Timesteps; t++)
                windows[window, t, 0] = Values[window + t + moved];
        }

        return windows;
    }
}
