using System.Globalization;

namespace LstmDsl;

/// <summary>
/// How much wider or narrower a model's intervals have to be, by step ahead, for the errors of rows that it did not learn from to lie within:
/// conformal prediction for quantiles (Romano, Patterson and Candès, Conformalized Quantile Regression, 2019). Of each interval and step the
/// ⌈(n + 1)·nominal⌉-th smallest of the n numbers max(lower − y, y − upper) is added at both ends; it is negative where intervals were too
/// wide. No coverage is guaranteed: errors of a series depend on each other, and tomorrow may differ. It does not change.
/// </summary>
public sealed class Calibration
{
    private readonly double[] margins;
    private readonly LevelPair[] pairs;

    /// <summary>Takes margins, (steps, targets, pairs of levels).</summary>
    internal Calibration(CalibrationRows rows, int lead, int steps, IReadOnlyList<string> targets, IReadOnlyList<double> levels, double[] margins)
    {
        (Rows, Lead, Steps, Targets, Levels, this.margins) = (rows, lead, steps, targets, levels, margins);
        pairs = [.. LevelPair.Of(levels)];
    }

    /// <summary>By which rows it was made.</summary>
    public CalibrationRows Rows { get; }

    /// <summary>The targets' names.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>The forecasts' levels.</summary>
    public IReadOnlyList<double> Levels { get; }

    /// <summary>Number of steps ahead.</summary>
    public int Steps { get; }

    /// <summary>Rows between the last known one and the first that is forecast.</summary>
    internal int Lead { get; }

    /// <summary>All margins, (steps, targets, pairs of levels).</summary>
    internal ReadOnlySpan<double> Margins => margins;

    /// <summary>How far an interval's ends move outwards, in the target's unit; below 0 inwards.</summary>
    /// <param name="coverage">The interval's nominal share, such as 0.8 for the levels 0.1 and 0.9.</param>
    /// <param name="step">The step ahead, from 0.</param>
    /// <param name="target">The target, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such interval, step or target.</exception>
    public double Margin(double coverage, int step, int target = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Steps);
        ArgumentOutOfRangeException.ThrowIfNegative(target);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, Targets.Count);
        return margins[Place(step, target, Array.IndexOf(pairs, LevelPair.Find(Levels, coverage, nameof(coverage))))];
    }

    /// <summary>
    /// A forecast with its intervals moved. Levels still rise: an end stops at the level next to it on the way to the median, which itself
    /// stays, as do levels without a counterpart, and targets that are never below 0 stay so.
    /// </summary>
    /// <param name="forecast">A forecast of the model that the calibration was made for, within its horizon.</param>
    /// <exception cref="ArgumentException">It has other targets, levels, another horizon or lead, or steps beyond the horizon.</exception>
    public ForecastTable Apply(ForecastTable forecast)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        RequireAlike(forecast);
        var plan = forecast.Plan;
        bool[] nonNegative = [.. plan.Targets.Select(target => target.NonNegative)];
        var values = forecast.Values.ToArray();
        for (var step = 0; step < forecast.Steps; step++)
        {
            for (var target = 0; target < Targets.Count; target++)
            {
                var quantiles = values.AsSpan(((step * Targets.Count) + target) * plan.OutputsPerTarget, Levels.Count);
                foreach (var (level, move) in Moves(step, target))
                    quantiles[level] += move;
                Order(quantiles, PlaceOf(0.5), nonNegative[target]);
            }
        }

        return new(plan, forecast.Units, forecast.Origin, [.. forecast.Times], values);
    }

    /// <summary>Which levels move, by their places, and how far, before they are put in order.</summary>
    internal IEnumerable<(int Level, double Move)> Moves(int step, int target)
    {
        for (var pair = 0; pair < pairs.Length; pair++)
        {
            var margin = margins[Place(step, target, pair)];
            yield return (PlaceOf(pairs[pair].Lower), -margin);
            yield return (PlaceOf(pairs[pair].Upper), margin);
        }
    }

    /// <summary>The calibration as JSON.</summary>
    public string ToJson() => CalibrationJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> gave.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of another version.</exception>
    public static Calibration FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return CalibrationJson.Read(json);
    }

    /// <summary>On how many rows it rests, and which.</summary>
    public override string ToString() => $"by the errors of {Rows}";

    /// <summary>Measures how far what came lay outside of intervals.</summary>
    /// <param name="heldOut">Forecasts of rows that were not learnt from, beside what came.</param>
    /// <param name="zone">The zone by whose clocks their times are.</param>
    /// <exception cref="InvalidOperationException">There are no intervals, or too few origins.</exception>
    internal static Calibration Of(IReadOnlyList<ForecastOutcome> heldOut, string? zone)
    {
        var like = heldOut[0].Forecast;
        LevelPair[] pairs = [.. LevelPair.Of(like.Levels)];
        if (pairs.Length == 0)
        {
            throw new InvalidOperationException(
                "A calibration moves the ends of intervals, and the forecast has none; declare some with [Quantiles(0.1, 0.5, 0.9)].");
        }

        foreach (var pair in pairs)
        {
            if (Rank(heldOut.Count, pair.Nominal) > heldOut.Count)
            {
                var needed = Enumerable.Range(heldOut.Count, int.MaxValue - heldOut.Count).First(count => Rank(count, pair.Nominal) <= count);
                throw new InvalidOperationException($"The interval of {LevelPair.Percent(pair.Nominal)} is calibrated by at least "
                    + $"{Counted.Of(needed, "origin")}; there {(heldOut.Count == 1 ? "is" : "are")} {heldOut.Count}.");
            }
        }

        var margins = new List<double>(like.Steps * like.Targets.Count * pairs.Length);
        for (var step = 0; step < like.Steps; step++)
        {
            for (var target = 0; target < like.Targets.Count; target++)
                margins.AddRange(pairs.Select(pair => Margin(heldOut, pair, step, target)));
        }

        return new(CalibrationRows.Of(heldOut, zone), like.Plan.Lead, like.Steps, like.Targets, like.Levels, [.. margins]);
    }

    /// <summary>Refuses to be measured on the rows that it was made by.</summary>
    /// <exception cref="ArgumentException">Its last row is not known yet at the first of these origins.</exception>
    internal void RequireEarlierThan(IReadOnlyList<ForecastOutcome> outcomes)
    {
        RequireAlike(outcomes[0].Forecast);
        if (Rows.Until is { } until && outcomes[0].Origin is { } origin && until.UtcTicks > origin.UtcTicks)
        {
            throw new ArgumentException($"The calibration was made {this}, and the first forecast here is made at {Rows.Text(origin)}: "
                + "coverage measured on rows that it was made by says nothing. Calibrate on earlier rows.");
        }
    }

    /// <summary>Refuses a file's calibration of forecasts that are not those of its model.</summary>
    /// <exception cref="InvalidDataException">It has other targets, levels, another horizon or lead.</exception>
    internal void RequireOwn(ForecastPlan plan)
    {
        if (IsOf(plan))
            return;
        throw new InvalidDataException($"The calibration is one of {Words(Targets, Steps, Lead, Levels)}; the model forecasts "
            + $"{Words(plan.Targets.Select(target => target.Name), plan.Horizon, plan.Lead, plan.Levels)}.");
    }

    private static double Margin(IReadOnlyList<ForecastOutcome> heldOut, LevelPair pair, int step, int target)
    {
        double[] outside =
        [
            .. heldOut.Select(outcome => Math.Max(
                outcome.Forecast.At(pair.Lower, step, target) - outcome.Actual(step, target),
                outcome.Actual(step, target) - outcome.Forecast.At(pair.Upper, step, target))).Order(),
        ];
        return outside[Rank(outside.Length, pair.Nominal) - 1];
    }

    // ⌈(n + 1)·nominal⌉; 5·0.8 is 4, though the product in double is more.
    private static int Rank(int count, double nominal) => (int)Math.Ceiling(((count + 1.0) * nominal) - 1e-9);

    private static void Order(Span<double> quantiles, int median, bool nonNegative)
    {
        for (var place = median - 1; place >= 0; place--)
            quantiles[place] = Math.Min(quantiles[place], quantiles[place + 1]);
        for (var place = median + 1; place < quantiles.Length; place++)
            quantiles[place] = Math.Max(quantiles[place], quantiles[place - 1]);
        if (!nonNegative)
            return;
        foreach (ref var quantile in quantiles)
            quantile = Math.Max(0, quantile);
    }

    private void RequireAlike(ForecastTable forecast)
    {
        if (forecast.Steps > Steps || !IsOf(forecast.Plan))
        {
            var own = Words(Targets, Steps, Lead, Levels);
            var other = Words(forecast.Targets, Math.Max(forecast.Steps, forecast.Plan.Horizon), forecast.Plan.Lead, forecast.Levels);
            throw new ArgumentException($"The calibration is one of {own}; the forecast is one of {other}.", nameof(forecast));
        }
    }

    private bool IsOf(ForecastPlan plan) => plan.Horizon == Steps && plan.Lead == Lead && plan.Levels.SequenceEqual(Levels)
        && plan.Targets.Select(target => target.Name).SequenceEqual(Targets, StringComparer.Ordinal);

    private static string Words(IEnumerable<string> targets, int steps, int lead, IEnumerable<double> levels) => string.Create(
        CultureInfo.InvariantCulture, $"{string.Join(", ", targets)}, {steps} steps, lead {lead}, levels {ListedLevels(levels)}");

    private static string ListedLevels(IEnumerable<double> levels) =>
        string.Join(", ", levels.Select(level => level.ToString(CultureInfo.InvariantCulture)));

    private int Place(int step, int target, int pair) => (((step * Targets.Count) + target) * pairs.Length) + pair;

    private int PlaceOf(double level)
    {
        var place = 0;
        while (Levels[place] != level)
            place++;
        return place;
    }
}
