using System.Globalization;

namespace LstmDsl;

/// <summary>
/// A forecast in the data's own units: for each step ahead each target's levels, which rise, or its one number, and its mean where the model
/// forecasts it. For code that is written for any model; a model's own <c>Forecast</c> gives the same with names.
/// </summary>
public sealed class ForecastTable
{
    private readonly double[] values;
    private readonly int perTarget;

    /// <summary>Takes the values, (steps, targets, outputs of a target).</summary>
    internal ForecastTable(ForecastPlan plan, IReadOnlyList<string?> units, DateTimeOffset? origin, DateTimeOffset?[] times, double[] values)
    {
        (Plan, Units, Origin, Times, this.values) = (plan, units, origin, times, values);
        Targets = [.. plan.Targets.Select(column => column.Name)];
        perTarget = plan.OutputsPerTarget;
    }

    /// <summary>
    /// A forecast that came from elsewhere, another library or a file, as one of these: to be measured, calibrated and drawn beside others.
    /// </summary>
    /// <param name="plan">What is forecast: its targets, steps, lead, levels and whether there is a mean.</param>
    /// <param name="series">The series, for times and units.</param>
    /// <param name="lastRow">The last known row.</param>
    /// <param name="values">The values, (steps, targets, rising levels or one number, then the mean where there is one).</param>
    /// <exception cref="ArgumentException">There are more or fewer values, one is no number, or quantiles fall with their levels.</exception>
    public static ForecastTable From(ForecastPlan plan, TimeSeries series, int lastRow, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfNegative(lastRow);
        ForecastTables.Check(plan, values);
        return ForecastTables.Of(plan, series, lastRow, values.ToArray());
    }

    /// <summary>The last known row's time; null where rows have no times.</summary>
    public DateTimeOffset? Origin { get; }

    /// <summary>When each step is; null where rows have no times.</summary>
    public IReadOnlyList<DateTimeOffset?> Times { get; }

    /// <summary>Number of steps ahead.</summary>
    public int Steps => Times.Count;

    /// <summary>
    /// How many steps are forecast at once. Those beyond it go on from the medians of those before: they have a median, or the one number, but
    /// no other level and no mean, which only <see cref="SampledPaths"/> have there.
    /// </summary>
    public int Horizon => Plan.Horizon;

    /// <summary>The targets' names.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>The targets' units; null where one is not known.</summary>
    public IReadOnlyList<string?> Units { get; }

    /// <summary>The quantiles' levels; none where one number a target is forecast.</summary>
    public IReadOnlyList<double> Levels => Plan.Levels;

    /// <summary>What was declared.</summary>
    internal ForecastPlan Plan { get; }

    /// <summary>A target at a step.</summary>
    /// <param name="step">The step ahead, from 0.</param>
    /// <param name="target">The target, from 0.</param>
    public ForecastValue this[int step, int target = 0] => new(this, step, target);

    /// <summary>The median, or the one number that is forecast.</summary>
    /// <param name="step">The step ahead, from 0.</param>
    /// <param name="target">The target, from 0.</param>
    public double Point(int step, int target = 0) => Value(step, target, Plan.PointOutput);

    /// <summary>A quantile.</summary>
    /// <param name="level">One of the levels.</param>
    /// <param name="step">The step ahead, from 0.</param>
    /// <param name="target">The target, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is none of the model's.</exception>
    /// <exception cref="InvalidOperationException">The step lies beyond the horizon, and the level is not the median's.</exception>
    public double At(double level, int step, int target = 0)
    {
        var place = Places.Of(Levels, level);
        if (place != Plan.PointOutput)
            RequireAtOnce(step, FormattableString.Invariant($"quantile {level}"));
        return Value(step, target, place);
    }

    /// <summary>The mean.</summary>
    /// <param name="step">The step ahead, from 0.</param>
    /// <param name="target">The target, from 0.</param>
    /// <exception cref="InvalidOperationException">
    /// The model forecasts no mean beside its quantiles, or the step lies beyond the horizon.
    /// </exception>
    public double Mean(int step, int target = 0)
    {
        if (!Plan.HasMean)
            throw new InvalidOperationException("The model forecasts no mean beside its quantiles; declare it with [Mean].");
        RequireAtOnce(step, "mean");
        return Value(step, target, perTarget - 1);
    }

    /// <summary>A step in one line: its time, and each target with its unit and its outer levels.</summary>
    /// <param name="step">The step ahead, from 0.</param>
    public string ToString(int step)
    {
        var time = Times[step] is { } at ? TimeText.Of(at, Origin is null ? null : "", dateOnly: false) + "  " : "";
        return time + string.Join(", ", Targets.Select((target, place) =>
        {
            var value = this[step, place];
            var band = Levels.Count < 3 || step >= Horizon
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $" ({value.At(Levels[0]):G7} … {value.At(Levels[^1]):G7})");
            return $"{target} {value.ToString()}{band}";
        }));
    }

    /// <summary>All steps, a line each.</summary>
    public override string ToString() => string.Join('\n', Enumerable.Range(0, Steps).Select(ToString));

    /// <summary>All values, (steps, targets, outputs of a target).</summary>
    internal ReadOnlySpan<double> Values => values;

    private void RequireAtOnce(int step, string what)
    {
        if (step < Horizon)
            return;
        throw new InvalidOperationException(
            $"Step {step + 1} lies beyond the horizon, {Horizon}, where the forecast goes on from its own medians and has no {what}. Sampled paths "
            + "have: model.SamplePaths(errors, series, known, steps).");
    }

    private double Value(int step, int target, int output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Steps);
        ArgumentOutOfRangeException.ThrowIfNegative(target);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, Targets.Count);
        return values[(((step * Targets.Count) + target) * perTarget) + output];
    }

    private static class Places
    {
        public static int Of(IReadOnlyList<double> levels, double level)
        {
            for (var i = 0; i < levels.Count; i++)
            {
                if (levels[i] == level)
                    return i;
            }

            throw new ArgumentOutOfRangeException(nameof(level), level, levels.Count == 0
                ? "The model forecasts one number a target; declare levels with [Quantiles(0.1, 0.5, 0.9)]."
                : FormattableString.Invariant($"The model's levels are {string.Join(", ", levels)}; choose one, or declare it."));
        }
    }
}
