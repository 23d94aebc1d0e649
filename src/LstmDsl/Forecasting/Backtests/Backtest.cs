namespace LstmDsl;

/// <summary>
/// Forecasts the past as it would have been forecast then, and measures it beside what came and beside baselines.
/// </summary>
public static class Backtest
{
    /// <summary>Backtests a forecaster as it is, which must have learnt from none of the rows that are forecast.</summary>
    /// <param name="forecaster">A trained model, or a baseline.</param>
    /// <param name="series">The series, with the columns that are needed.</param>
    /// <param name="origins">
    /// From how many rows to forecast: the last ones that have all they need and all that came, or with <paramref name="from"/> the first
    /// ones. Rows from which a baseline cannot forecast are passed over, too, and counted. Default: all.
    /// </param>
    /// <param name="stride">The time from one origin to the next; days and months go by the clocks of the zone. Default: the horizon.</param>
    /// <param name="from">The time of the first origin, its last known row. Default: as many origins as asked for before the end.</param>
    /// <param name="baselines">
    /// What to compare with. Default: naive, and seasonal naive for each season of the declaration; an empty list for none.
    /// </param>
    /// <param name="allowTrainingRows">Whether origins may lie within the rows that the model learnt from; it then says so.</param>
    /// <exception cref="ArgumentException">
    /// The series lacks a column or so many origins, or the model learnt from rows that would be forecast.
    /// </exception>
    public static BacktestResult Run(IForecaster forecaster, TimeSeries series, int? origins = null, TimeStep? stride = null,
        ItemTime? from = null, IReadOnlyList<Baseline>? baselines = null, bool allowTrainingRows = false)
    {
        ArgumentNullException.ThrowIfNull(forecaster);
        ArgumentNullException.ThrowIfNull(series);
        var plan = forecaster.Declared;
        baselines ??= Baseline.Usual(plan);
        var chosen = new BacktestOrigins(series, plan, baselines);
        return Run(forecaster, series, chosen.Choose(origins, stride, from), chosen.Skipped, baselines, allowTrainingRows);
    }

    /// <summary>Backtests a forecaster as it is from chosen rows.</summary>
    /// <param name="forecaster">A trained model, or a baseline.</param>
    /// <param name="series">The series.</param>
    /// <param name="rows">The last known rows, rising.</param>
    /// <param name="skipped">How many were passed over, since values are missing.</param>
    /// <param name="baselines">What to compare with.</param>
    /// <param name="allowTrainingRows">Whether origins may lie within the rows that the model learnt from.</param>
    internal static BacktestResult Run(
        IForecaster forecaster, TimeSeries series, int[] rows, int skipped, IReadOnlyList<Baseline> baselines, bool allowTrainingRows)
    {
        var plan = forecaster.Declared;
        var calibration = (forecaster as ICalibratedForecaster)?.Calibration;
        List<string> warnings =
        [
            .. LearntRows.Check(forecaster, series, rows, allowTrainingRows), .. BacktestWarnings.Of(plan, skipped),
            .. BacktestWarnings.Of(calibration, plan, series, rows),
        ];
        var learnt = forecaster.LearntUntil is { } until && series.Start is not null ? SeriesRows.NotBehind(series, until) + 1 : rows[0] + 1;
        return new(series, plan, Runs(forecaster, series, rows, baselines), Math.Max(learnt, 1), warnings)
        {
            Description = forecaster.Description,
            Calibration = calibration,
            HoldsLearntRows = LearntRows.Any(forecaster, series, rows),
        };
    }

    /// <summary>
    /// Backtests a way to make models: trains afresh on what was known at an origin, forecasts from the next ones, trains again, and so on.
    /// </summary>
    /// <param name="plan">What the models forecast: <c>DemandModel.Forecasting</c>.</param>
    /// <param name="series">The whole series.</param>
    /// <param name="recipe">
    /// Trains a model on the part that it is given, and on nothing else. With the same part and seed it has to make the same model.
    /// </param>
    /// <param name="origins">From how many rows to forecast.</param>
    /// <param name="stride">The time from one origin to the next. Default: the horizon.</param>
    /// <param name="from">The time of the first origin, its last known row. Default: as many origins as asked for before the end.</param>
    /// <param name="refitEvery">After how many origins a new model is trained. Default: never; the first one forecasts from all.</param>
    /// <param name="trainingRows">How many of the last known rows a model is trained on (rolling). Default: all (expanding).</param>
    /// <param name="seed">The seed that every training is given.</param>
    /// <param name="resumeFrom">
    /// A file, made at need, that keeps the forecasts of each model: a run that was killed goes on where it stood, with the same numbers.
    /// It is written as a whole after each model. Default: none.
    /// </param>
    /// <param name="baselines">What to compare with. Default: naive, and seasonal naive for each season of the declaration.</param>
    /// <param name="threads">
    /// How many models are trained at once, each on one thread; the recipe is then called on several, and has to bear that. No bit depends on
    /// it. Default: one after the other, each on all cores.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    /// <exception cref="ArgumentException">The series lacks a column or so many origins, or too few rows are known at the first.</exception>
    /// <exception cref="InvalidOperationException">A model learnt from rows behind its part.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds another backtest.</exception>
    public static BacktestResult Run(ForecastPlan plan, TimeSeries series, Func<BacktestPart, IForecaster> recipe, int origins,
        TimeStep? stride = null, ItemTime? from = null, int? refitEvery = null, int? trainingRows = null, int seed = 42,
        string? resumeFrom = null, IReadOnlyList<Baseline>? baselines = null, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(recipe);
        RequirePositive(refitEvery, nameof(refitEvery));
        RequirePositive(trainingRows, nameof(trainingRows));
        if (threads < 1)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "At least one thread is needed.");
        baselines ??= Baseline.Usual(plan);
        var chosen = new BacktestOrigins(series, plan, baselines);
        var rows = chosen.Choose(origins, stride, from);
        var refits = new RecipeRun(plan, series, recipe, rows, refitEvery ?? rows.Length, trainingRows, seed);
        var runs = new List<ForecasterRun> { refits.Run(resumeFrom, threads) };
        runs.AddRange(baselines.Select(baseline => Run(baseline, plan, series, rows)));
        return new(series, plan, runs, rows[0] + 1, [.. BacktestWarnings.Of(plan, chosen.Skipped)]) { Description = refits.Description };
    }

    private static List<ForecasterRun> Runs(IForecaster forecaster, TimeSeries series, int[] rows, IReadOnlyList<Baseline> baselines) =>
    [
        new(forecaster.Name, ForecasterRun.Outcome(forecaster, series, rows)),
        .. baselines.Select(baseline => Run(baseline, forecaster.Declared, series, rows)),
    ];

    private static ForecasterRun Run(Baseline baseline, ForecastPlan plan, TimeSeries series, int[] rows)
    {
        var forecaster = baseline.For(plan);
        return new(forecaster.Name, ForecasterRun.Outcome(forecaster, series, rows));
    }

    private static void RequirePositive(int? number, string parameter)
    {
        if (number is { } given)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(given, parameter);
    }
}
