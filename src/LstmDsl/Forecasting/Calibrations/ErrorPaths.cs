namespace LstmDsl;

/// <summary>
/// Errors of the past, a whole horizon for each origin: put to a later forecast they give paths that it may take, in which an hour too high
/// is followed by hours too high as it was (a bootstrap of residuals). Totals over steps come from these.
/// </summary>
public sealed class ErrorPaths
{
    private readonly double[][] errors;
    private readonly ForecastTable like;

    private ErrorPaths(ForecastTable like, double[][] errors, CalibrationRows rows) => (this.like, this.errors, Rows) = (like, errors, rows);

    /// <summary>By which forecasts they were made.</summary>
    public CalibrationRows Rows { get; }

    /// <summary>
    /// Draws paths: the medians (or the one number forecast) with the errors of one origin of the past each. The same seed gives the same
    /// bits on every machine.
    /// </summary>
    /// <param name="forecast">A forecast of the same model, within its horizon.</param>
    /// <param name="paths">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">The forecast has other targets, another horizon or lead, or steps beyond the horizon.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public SampledPaths Sample(ForecastTable forecast, int paths = 1000, int seed = 42)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(paths);
        RequireAlike(forecast.Plan, nameof(forecast));
        if (forecast.Steps > like.Steps)
        {
            throw new ArgumentException($"The forecast has {forecast.Steps} steps, the errors those of the horizon, {like.Steps}. Beyond it paths go "
                + "through the model: model.SamplePaths(errors, series, known, steps).", nameof(forecast));
        }

        bool[] nonNegative = [.. forecast.Plan.Targets.Select(target => target.NonNegative)];
        var targets = nonNegative.Length;
        var values = new double[paths][];
        for (var path = 0; path < paths; path++)
        {
            var drawn = Draw(seed, path);
            values[path] = new double[forecast.Steps * targets];
            for (var i = 0; i < values[path].Length; i++)
            {
                var value = forecast.Point(i / targets, i % targets) + drawn[i];
                values[path][i] = nonNegative[i % targets] ? Math.Max(0, value) : value;
            }
        }

        return new(forecast, values);
    }

    /// <summary>A whole horizon of one origin's errors, (steps, targets).</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="path">The path.</param>
    /// <param name="horizon">Which of the horizons of a path, from 0.</param>
    /// <param name="isBetween">Whether it lies between the last known row and the first step.</param>
    internal double[] Draw(int seed, int path, int horizon = 0, bool isBetween = false)
    {
        var words = Philox.Draw(seed, RandomPurpose.Paths, (uint)path, (uint)horizon, isBetween ? 1u : 0);
        return errors[Distributions.Below(errors.Length, words.Word0, words.Word1)];
    }

    /// <summary>Refuses forecasts of something else.</summary>
    /// <exception cref="ArgumentException">They have other targets or another horizon or lead.</exception>
    internal void RequireAlike(ForecastPlan plan, string parameter)
    {
        string[] targets = [.. plan.Targets.Select(target => target.Name)];
        if (plan.Horizon != like.Steps || plan.Lead != like.Plan.Lead || !targets.SequenceEqual(like.Targets, StringComparer.Ordinal))
        {
            throw new ArgumentException($"The errors are those of {string.Join(", ", like.Targets)}, {like.Steps} steps, lead {like.Plan.Lead}; "
                + $"the forecast is one of {string.Join(", ", targets)}, {plan.Horizon} steps, lead {plan.Lead}.", parameter);
        }
    }

    internal static ErrorPaths Of(IReadOnlyList<ForecastOutcome> heldOut, string? zone)
    {
        var like = heldOut[0].Forecast;
        var targets = like.Targets.Count;
        return new(
            like,
            [.. heldOut.Select(outcome => Enumerable.Range(0, like.Steps * targets).Select(i => outcome.Error(i / targets, i % targets)).ToArray())],
            CalibrationRows.Of(heldOut, zone));
    }
}
