using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Gathers errors of one target, in the order in which they come, so that the sums' bits depend on nothing else.</summary>
/// <param name="target">The target's place.</param>
internal sealed class ErrorTally(int target)
{
    private ForecastTable? like;
    private LevelPair[] pairs = [];
    private double[] pinball = [], below = [], covered = [], width = [], missed = [];
    private double absolute, squared, bias, symmetric, magnitude;
    private long count;

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty => count == 0;

    /// <summary>Adds all steps of a forecast.</summary>
    public void Add(ForecastOutcome outcome)
    {
        for (var step = 0; step < outcome.Forecast.Steps; step++)
            Add(outcome, step);
    }

    /// <summary>Adds a step.</summary>
    public void Add(ForecastOutcome outcome, int step)
    {
        var forecast = outcome.Forecast;
        Begin(forecast);
        var (actual, point) = (outcome.Actual(step, target), forecast.Point(step, target));
        var error = Math.Abs(actual - point);
        var high = (forecast.Plan.HasMean ? forecast.Mean(step, target) : point) - actual;
        absolute += error;
        squared += high * high;
        bias += high;
        magnitude += Math.Abs(actual);
        symmetric += error == 0 ? 0 : 200 * error / (Math.Abs(actual) + Math.Abs(point));
        count++;
        for (var level = 0; level < pinball.Length; level++)
        {
            var quantile = forecast.At(forecast.Levels[level], step, target);
            pinball[level] += new PinballError(forecast.Levels[level]).Value<Scalar<double>>(new(actual), new(quantile)).Value;
            below[level] += actual <= quantile ? 1 : 0;
        }

        for (var pair = 0; pair < pairs.Length; pair++)
        {
            var (lower, upper) = (forecast.At(pairs[pair].Lower, step, target), forecast.At(pairs[pair].Upper, step, target));
            width[pair] += upper - lower;
            covered[pair] += actual >= lower && actual <= upper ? 1 : 0;
            missed[pair] += Math.Max(0, Math.Max(lower - actual, actual - upper));
        }
    }

    /// <summary>What was gathered.</summary>
    /// <param name="scale">What scaled errors are divided by.</param>
    public ForecastErrors Errors(ErrorScale scale)
    {
        var levels = pinball.Select((sum, level) => new LevelErrors(like!.Levels[level], below[level] / count, 2 * sum / count)).ToArray();
        double? quantileLoss = levels.Length == 0 ? null : levels.Average(level => level.QuantileLoss);
        return new()
        {
            Target = like!.Targets[target],
            Unit = like.Units[target],
            Count = count,
            MeanAbsoluteError = absolute / count,
            RootMeanSquaredError = Math.Sqrt(squared / count),
            Bias = bias / count,
            WeightedAbsolutePercentageError = Divided(100 * absolute, magnitude),
            SymmetricMeanAbsolutePercentageError = symmetric / count,
            MeanAbsoluteScaledError = Divided(absolute / count, scale.MeanAbsolute),
            RootMeanSquaredScaledError = Divided(Math.Sqrt(squared / count), scale.RootMeanSquare),
            MeanQuantileLoss = quantileLoss,
            WeightedQuantileLoss = quantileLoss is { } loss ? Divided(loss, magnitude / count) : null,
            Levels = levels,
            Intervals = [.. pairs.Select((pair, place) => Interval(pair, place, scale))],
        };
    }

    // Of numbers whose squares no double holds nothing can be told by dividing.
    private static double? Divided(double value, double by) => by > 0 && double.IsFinite(by) && double.IsFinite(value) ? value / by : null;

    private IntervalErrors Interval(LevelPair pair, int place, ErrorScale scale)
    {
        var score = (width[place] + (2 / (1 - pair.Nominal) * missed[place])) / count;
        return new(pair.Lower, pair.Upper, pair.Nominal, covered[place] / count, width[place] / count, Divided(score, scale.MeanAbsolute));
    }

    private void Begin(ForecastTable forecast)
    {
        if (like is not null)
            return;
        like = forecast;
        pairs = [.. LevelPair.Of(forecast.Levels)];
        (pinball, below) = (new double[forecast.Levels.Count], new double[forecast.Levels.Count]);
        (covered, width, missed) = (new double[pairs.Length], new double[pairs.Length], new double[pairs.Length]);
    }
}
