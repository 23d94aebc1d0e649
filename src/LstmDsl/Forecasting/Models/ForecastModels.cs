namespace LstmDsl;

/// <summary>What is done with any model that is declared with <see cref="ForecastAttribute"/>.</summary>
public static class ForecastModels
{
    /// <summary>The model as what backtests, reports and calibrations take, beside baselines.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">A model that was trained on windows of its own, or loaded.</param>
    /// <param name="name">What it is called in tables. Default: its class.</param>
    public static IForecaster AsForecaster<TModel>(this TModel model, string? name = null) where TModel : class, IDeclaredForecast<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelForecaster<TModel>(model, name);
    }

    /// <summary>
    /// Forecasts the past as the model would have forecast it then, beside baselines; known columns as observed. It must have learnt from
    /// none of the rows that are forecast.
    /// </summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">A model that was trained on windows of its own, or loaded.</param>
    /// <param name="series">The series, with the columns that are needed.</param>
    /// <param name="origins">
    /// From how many rows to forecast: the last ones that have all they need and all that came, or with <paramref name="from"/> the first
    /// ones. Default: all.
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
    /// <exception cref="InvalidOperationException">The model was not trained on windows of its own.</exception>
    public static BacktestResult Backtest<TModel>(this TModel model, TimeSeries series, int? origins = null, TimeStep? stride = null,
        ItemTime? from = null, IReadOnlyList<Baseline>? baselines = null, bool allowTrainingRows = false)
        where TModel : class, IDeclaredForecast<TModel>
    {
        var forecaster = AsForecaster(model);
        ArgumentNullException.ThrowIfNull(series);
        // Before its rows' times are compared with those that the model learnt from.
        ForecastPipeline.RequireFit(ForecastPipeline.Required(model), series);
        return LstmDsl.Backtest.Run(forecaster, series, origins, stride, from, baselines, allowTrainingRows);
    }

    /// <summary>
    /// Cuts windows of a series as the model's own <c>Windows</c> does, but scaled with the numbers that the model was trained with: to train it
    /// further, on newer rows, where <see cref="ForecastTrainer{TModel}.Refit"/> begins anew. Its calibration ends with that training.
    /// </summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">A model that was trained on windows of its own, or loaded.</param>
    /// <param name="parts">The series in three parts.</param>
    /// <param name="batchSize">Windows of a batch.</param>
    /// <param name="sequenceStride">Rows from one window to the next.</param>
    /// <param name="shuffle">Whether the training windows come in another order in each epoch.</param>
    /// <param name="seed">What the orders follow from; by default they differ from run to run.</param>
    /// <exception cref="ArgumentException">The series has other columns, steps, units or clocks, or a part gets no window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    /// <exception cref="InvalidOperationException">The model was not trained on windows of its own, or the series is scaled already.</exception>
    /// <exception cref="InvalidDataException">A value is too large for a float, or has no logarithm where one is asked for.</exception>
    public static ForecastWindows<TModel> WindowsAsTrained<TModel>(this TModel model, SplitSeries parts, int batchSize = 64, int sequenceStride = 1,
        bool shuffle = true, int? seed = null)
        where TModel : class, IDeclaredForecast<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(parts);
        var pipeline = ForecastPipeline.Required(model);
        ForecastPipeline.RequireFit(pipeline, parts.Series);
        return CompilerServices.DeclaredForecasts.Windows<TModel>(parts, batchSize, sequenceStride, shuffle, seed, pipeline);
    }

    /// <summary>
    /// Moves the ends of the model's intervals, step by step, so far that the errors of windows that it did not learn from lie within (see
    /// <see cref="Calibration"/>, which says what that promises and what not). All its forecasts are calibrated from then on, and files carry
    /// it; training anew forgets it.
    /// </summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">A model that was trained on windows of its own, or loaded.</param>
    /// <param name="heldOut">Windows that it did not learn from, such as those of the validation.</param>
    /// <returns>The calibration, to be looked at.</returns>
    /// <exception cref="ArgumentException">It learnt from rows that the windows forecast, or they are another model's.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model forecasts no intervals, was not trained on windows of its own, is being trained, or there are too few windows.
    /// </exception>
    public static Calibration Calibrate<TModel>(this TModel model, WindowedDataset<TModel> heldOut)
        where TModel : class, IDeclaredForecast<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(heldOut);
        model.State.RequireIdle();
        var pipeline = ForecastPipeline.Required(model);
        FitChecks.Pipelines(model.State, heldOut, null);
        // What others forecast meanwhile is calibrated as before.
        var forecaster = new ModelForecaster<TModel>(model, name: null) { Calibrates = false };
        var rows = LastRows(heldOut);
        LearntRows.CheckHeldOut(forecaster, heldOut.Series!, rows, nameof(heldOut));
        var calibration = Calibration.Of(ForecasterRun.Outcome(forecaster, heldOut.Series!, rows), heldOut.Series!.Zone);
        model.State.Pipeline = pipeline.WithCalibration(calibration.ToJson());
        return calibration;
    }

    /// <summary>
    /// Paths that what follows a series may take, as far as is asked for, also beyond the horizon: each is the medians with one past origin's
    /// whole horizon of errors, and each further horizon is forecast from the path's own values, with errors of its own. Quantiles of a step
    /// or of a total come from these. The same seed gives the same bits whatever the number of threads.
    /// </summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">A model that was trained on windows of its own, or loaded.</param>
    /// <param name="errors">Its errors on rows that it did not learn from: <c>model.Backtest(…).ErrorPaths()</c>.</param>
    /// <param name="series">The known rows; the last one is where the forecast begins.</param>
    /// <param name="known">The known columns at the steps ahead; null where the model knows none.</param>
    /// <param name="steps">Steps ahead. Default: the horizon.</param>
    /// <param name="paths">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="ArgumentException">
    /// Something that is needed is missing, the errors are another model's, or there are steps beyond the horizon and a column is known until
    /// now only.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model was not trained on windows of its own, or a path reaches a value that its scaling cannot go on from.
    /// </exception>
    public static SampledPaths SamplePaths<TModel>(this TModel model, ErrorPaths errors, TimeSeries series, TimeSeries? known = null,
        int? steps = null, int paths = 1000, int seed = 42)
        where TModel : class, IDeclaredForecast<TModel>
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(paths);
        var ahead = new ForecastAhead<TModel>(model, series, known, steps);
        var forecast = ahead.Table();
        if (!ahead.IsBeyond)
            return errors.Sample(forecast, paths, seed);
        errors.RequireAlike(TModel.Forecasting, nameof(errors));
        return new(forecast, ahead.Paths(errors, paths, seed));
    }

    /// <summary>The last known rows of a set's windows, rising.</summary>
    internal static int[] LastRows(WindowedDataset windows) => [.. windows.Source.Starts.Select(start => windows.Windows!.LastRow(start))];
}
