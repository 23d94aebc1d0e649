using System.Globalization;

namespace LstmDsl;

/// <summary>
/// What a backtest gave: forecasts from many rows of the past beside what came, those of baselines beside them, and the errors by step,
/// origin, weekday, hour and level. All in the targets' units; targets are never put together.
/// </summary>
public sealed class BacktestResult
{
    private readonly IReadOnlyList<ForecasterRun> runs;
    private readonly ErrorScale[] scales;

    /// <summary>Takes runs, the model's first.</summary>
    internal BacktestResult(
        TimeSeries series, ForecastPlan plan, IReadOnlyList<ForecasterRun> runs, int scaleRows, IReadOnlyList<string> warnings)
    {
        (Series, Plan, this.runs, Warnings) = (series, plan, runs, warnings);
        scales = [.. Outcomes[0].Forecast.Targets.Select(target =>
            ErrorScale.Of(series, series.ColumnIndex(target, nameof(series)), scaleRows, plan.MaseLag))];
    }

    private BacktestResult(BacktestResult like, IReadOnlyList<ForecasterRun> runs, IReadOnlyList<string> warnings) =>
        (Series, Plan, this.runs, scales, Warnings, Description, HoldsLearntRows, Calibration) =
        (like.Series, like.Plan, runs, like.scales, warnings, like.Description, like.HoldsLearntRows, like.Calibration);

    /// <summary>The model's name.</summary>
    public string Model => runs[0].Name;

    /// <summary>All forecasters' names, the model's first.</summary>
    public IReadOnlyList<string> Forecasters => [.. runs.Select(run => run.Name)];

    /// <summary>The targets' names.</summary>
    public IReadOnlyList<string> Targets => Outcomes[0].Forecast.Targets;

    /// <summary>The model's forecasts beside what came, in the order of time.</summary>
    public IReadOnlyList<ForecastOutcome> Outcomes => runs[0].Outcomes;

    /// <summary>Number of steps ahead.</summary>
    public int Steps => Outcomes[0].Forecast.Steps;

    /// <summary>What everyone who reads these numbers should know.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>What the model says of its inside, for reports; null where it says nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the model learnt from some of the rows that it forecasts here.</summary>
    internal bool HoldsLearntRows { get; init; }

    /// <summary>What the model's intervals were moved by before it forecast here; null where they are as they were trained.</summary>
    internal Calibration? Calibration { get; init; }

    /// <summary>The series.</summary>
    internal TimeSeries Series { get; }

    /// <summary>What is forecast.</summary>
    internal ForecastPlan Plan { get; }

    /// <summary>A forecaster's forecasts beside what came.</summary>
    /// <param name="forecaster">One of <see cref="Forecasters"/>.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public IReadOnlyList<ForecastOutcome> OutcomesOf(string forecaster) => Run(forecaster).Outcomes;

    /// <summary>What scaled errors of a target are divided by.</summary>
    /// <param name="target">The target; may be left out where there is one.</param>
    public ErrorScale Scale(string? target = null) => scales[TargetIndex(target)];

    /// <summary>Errors over all origins and steps.</summary>
    /// <param name="target">The target; may be left out where there is one.</param>
    /// <param name="forecaster">One of <see cref="Forecasters"/>; default: the model.</param>
    /// <exception cref="ArgumentException">There is no such target or forecaster, or several targets and none is named.</exception>
    public ForecastErrors Errors(string? target = null, string? forecaster = null) =>
        ErrorGroups.Of(Run(forecaster).Outcomes, TargetIndex(target), Scale(target), (_, _) => 0).Single().Errors;

    /// <summary>All forecasters' errors, the model's first.</summary>
    /// <inheritdoc cref="Errors"/>
    public ErrorTable ByForecaster(string? target = null) =>
        new("forecaster", [.. Forecasters.Select(name => new ErrorRow(name, Errors(target, name)))]);

    /// <summary>Errors by step ahead, from 1.</summary>
    /// <inheritdoc cref="Errors"/>
    public ErrorTable ByStep(string? target = null, string? forecaster = null) =>
        Group("step", target, forecaster, (_, step) => step, (step, _) => (step + 1).ToString(CultureInfo.InvariantCulture));

    /// <summary>Errors by origin, in the order of time; a row is named by its last known row's time.</summary>
    /// <inheritdoc cref="Errors"/>
    public ErrorTable ByOrigin(string? target = null, string? forecaster = null) =>
        Group("origin", target, forecaster, (outcome, _) => outcome.LastRow, (row, _) => TimeSeriesText.Time(Series, row));

    /// <summary>Errors by day of the week of the time that is forecast, Monday first, by the clocks of the zone.</summary>
    /// <inheritdoc cref="Errors"/>
    /// <exception cref="InvalidOperationException">Rows have no times.</exception>
    public ErrorTable ByWeekday(string? target = null, string? forecaster = null) =>
        Group("weekday", target, forecaster, (outcome, step) => ErrorGroups.Weekday(Clock(outcome, step)), (day, _) => ErrorGroups.WeekdayName(day));

    /// <summary>Errors by hour of the day of the time that is forecast, by the clocks of the zone: <c>00</c> to <c>23</c>.</summary>
    /// <inheritdoc cref="Errors"/>
    /// <exception cref="InvalidOperationException">Rows have no times.</exception>
    public ErrorTable ByHour(string? target = null, string? forecaster = null) =>
        Group(
            "hour", target, forecaster, (outcome, step) => Clock(outcome, step).Hour,
            (hour, _) => hour.ToString("00", CultureInfo.InvariantCulture));

    /// <summary>A table of errors, by the steps of all origins.</summary>
    internal ErrorTable Group(string by, string? target, string? forecaster, Func<ForecastOutcome, int, int> key, Func<int, int, string> name)
    {
        var groups = ErrorGroups.Of(Run(forecaster).Outcomes, TargetIndex(target), Scale(target), key);
        return new(by, [.. groups.Select((group, place) => new ErrorRow(name(group.Key, place), group.Errors))]);
    }

    /// <summary>When a step is, by the clocks of the zone.</summary>
    internal static DateTime Clock(ForecastOutcome outcome, int step) => outcome.Forecast.Times[step]?.DateTime
        ?? throw new InvalidOperationException("Rows have no times, so that they have no weekday and no hour.");

    /// <summary>Whether rows follow each other by less than a day, so that hours differ.</summary>
    internal bool HasHours => Series.Axis.Step is FixedStep { Ticks: < TimeSpan.TicksPerDay };

    /// <summary>Whether rows follow each other by less than a week, so that weekdays differ.</summary>
    internal bool HasWeekdays => HasHours || Series.Axis.Step is BusinessDayStep { Length: < 5 } or DayStep { Length: < 7 };

    /// <summary>
    /// A calibration by all these origins, for forecasts of later rows: <c>model.Backtest(…).Calibrate()</c> on rows that come before those
    /// that are forecast.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The model forecasts no intervals, it learnt from some of these rows, or there are too few origins; the message says how many.
    /// </exception>
    public Calibration Calibrate()
    {
        RequireHeldOut("bands by them are too narrow");
        return LstmDsl.Calibration.Of(Outcomes, Series.Zone);
    }

    /// <summary>The same backtest with the model's forecasts calibrated.</summary>
    /// <param name="calibration">A calibration by other rows.</param>
    /// <exception cref="ArgumentException">It is another model's, or was made by rows that are forecast here.</exception>
    public BacktestResult With(Calibration calibration)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        calibration.RequireEarlierThan(Outcomes);
        var calibrated = new ForecasterRun(Model, [.. Outcomes.Select(outcome => outcome.With(calibration.Apply(outcome.Forecast)))]);
        return new(this, [calibrated, .. runs.Skip(1)], [.. Warnings, Calibrated(calibration)]);
    }

    private string Calibrated(Calibration calibration) => Calibration is { } own
        ? $"Intervals calibrated twice: the model's own {own}, and on top of that {calibration}."
        : $"Intervals calibrated: {calibration}.";

    /// <summary>Whole horizons of errors, for sampled paths of later forecasts: totals, and quantiles of totals.</summary>
    /// <exception cref="InvalidOperationException">The model learnt from some of these rows.</exception>
    public ErrorPaths ErrorPaths()
    {
        RequireHeldOut("paths by them lie too close to each other");
        return LstmDsl.ErrorPaths.Of(Outcomes, Series.Zone);
    }

    /// <summary>What a forecaster would look at first: errors in units beside the baselines', best and worst origins, coverage, warnings.</summary>
    public override string ToString() => BacktestText.Of(this);

    /// <summary>Writes all errors as CSV, a row for each target, forecaster and group; an existing file is replaced as a whole.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveCsv(string path) => BacktestFiles.SaveErrors(this, path);

    /// <summary>
    /// Writes all forecasts as CSV, a row for each origin, step and target: what came, the model's numbers, the baselines'. An existing file
    /// is replaced as a whole.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveForecasts(string path) => BacktestFiles.SaveForecasts(this, path);

    /// <summary>Writes the tables as Markdown; an existing file is replaced as a whole.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveMarkdown(string path) => BacktestFiles.SaveMarkdown(this, path);

    /// <summary>A target's place.</summary>
    internal int TargetIndex(string? target)
    {
        if (target is null && Targets.Count > 1)
        {
            throw new ArgumentException(
                $"There are several targets, and no number is over all of them; name one of '{string.Join("', '", Targets)}'.", nameof(target));
        }

        for (var place = 0; place < Targets.Count; place++)
        {
            if (target is null || Targets[place] == target)
                return place;
        }

        throw new ArgumentException($"There is no target '{target}'; there are '{string.Join("', '", Targets)}'.", nameof(target));
    }

    private ForecasterRun Run(string? forecaster) => forecaster is null ? runs[0] : runs.FirstOrDefault(run => run.Name == forecaster)
        ?? throw new ArgumentException($"There is no forecaster '{forecaster}'; there are '{string.Join("', '", Forecasters)}'.", nameof(forecaster));

    private void RequireHeldOut(string consequence)
    {
        if (HoldsLearntRows)
        {
            throw new InvalidOperationException(
                $"{Model} learnt from some of these rows: errors there are smaller than those of other rows, and {consequence}. Backtest rows that "
                + "came later, such as those of the validation.");
        }
    }
}
