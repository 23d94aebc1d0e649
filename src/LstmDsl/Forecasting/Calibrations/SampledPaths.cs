namespace LstmDsl;

/// <summary>
/// Paths that a forecast may take, in the targets' units. A total's quantile is that of the paths' totals; the sum of the steps' quantiles
/// would be another number, too far out, since not all hours err the same way.
/// </summary>
public sealed class SampledPaths
{
    private readonly ForecastTable forecast;
    private readonly double[][] values;

    internal SampledPaths(ForecastTable forecast, double[][] values) => (this.forecast, this.values) = (forecast, values);

    /// <summary>Number of paths.</summary>
    public int Count => values.Length;

    /// <summary>Number of steps ahead.</summary>
    public int Steps => forecast.Steps;

    /// <summary>When each step is; null where rows have no times.</summary>
    public IReadOnlyList<DateTimeOffset?> Times => forecast.Times;

    /// <summary>The targets' names.</summary>
    public IReadOnlyList<string> Targets => forecast.Targets;

    /// <summary>The targets' units; null where one is not known.</summary>
    public IReadOnlyList<string?> Units => forecast.Units;

    /// <summary>A path's value at a step.</summary>
    /// <param name="path">The path, from 0.</param>
    /// <param name="step">The step ahead, from 0.</param>
    /// <param name="target">The target, from 0.</param>
    public double this[int path, int step, int target = 0]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(path);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(path, Count);
            ArgumentOutOfRangeException.ThrowIfNegative(step);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Steps);
            RequireTarget(target);
            return values[path][(step * Targets.Count) + target];
        }
    }

    /// <summary>A quantile of the paths at a step; between two paths' values linearly.</summary>
    /// <param name="level">The level, from 0 to 1.</param>
    /// <param name="step">The step ahead, from 0.</param>
    /// <param name="target">The target, from 0.</param>
    public double Quantile(double level, int step, int target = 0)
    {
        RequireLevel(level);
        return ColumnDescription.Quantile([.. Enumerable.Range(0, Count).Select(path => this[path, step, target]).Order()], level);
    }

    /// <summary>Each path's sum over steps.</summary>
    /// <param name="steps">The steps; default: all.</param>
    /// <param name="target">The target, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The forecast does not have these steps or this target.</exception>
    public IReadOnlyList<double> Totals(Range? steps = null, int target = 0)
    {
        RequireTarget(target);
        var (start, length) = (steps ?? ..).GetOffsetAndLength(Steps);
        return [.. values.Select(path => Enumerable.Range(start, length).Sum(step => path[(step * Targets.Count) + target]))];
    }

    /// <summary>A quantile of the sum over steps; between two paths' sums linearly.</summary>
    /// <param name="level">The level, from 0 to 1.</param>
    /// <param name="steps">The steps; default: all.</param>
    /// <param name="target">The target, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is out of range, or the forecast does not have these steps or this target.</exception>
    public double TotalQuantile(double level, Range? steps = null, int target = 0)
    {
        RequireLevel(level);
        return ColumnDescription.Quantile([.. Totals(steps, target).Order()], level);
    }

    private static void RequireLevel(double level)
    {
        if (level is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1.");
    }

    private void RequireTarget(int target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(target);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, Targets.Count);
    }
}
