using System.ComponentModel;
using System.Reflection;

namespace LstmDsl.CompilerServices;

/// <summary>What the generated members of declared forecasts call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeclaredForecasts
{
    /// <summary>
    /// Cuts windows as the model declares them, scaled with numbers of the training part alone. A window belongs to the part in which all its
    /// steps ahead lie; those that straddle a border are left out and counted.
    /// </summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="parts">The series in three parts.</param>
    /// <param name="batchSize">Windows of a batch.</param>
    /// <param name="sequenceStride">Rows from one window's start to the next, counted from the series' first row.</param>
    /// <param name="shuffle">Whether the training part gets a new order each epoch.</param>
    /// <param name="seed">The order's seed; by default that of the training.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    /// <exception cref="ArgumentException">A column is missing or not as declared, or a part gets no window.</exception>
    /// <exception cref="InvalidOperationException">The series is scaled already.</exception>
    /// <exception cref="InvalidDataException">A value is too large for a float, or has no logarithm where one is asked for.</exception>
    public static ForecastWindows<TModel> Windows<TModel>(SplitSeries parts, int batchSize, int sequenceStride, bool shuffle, int? seed)
        where TModel : class, IDeclaredForecast<TModel> =>
        Windows<TModel>(parts, batchSize, sequenceStride, shuffle, seed, trainedWith: null);

    /// <summary>The same, scaled with the numbers of a pipeline that a model was trained with; null for those of the training part.</summary>
    internal static ForecastWindows<TModel> Windows<TModel>(
        SplitSeries parts, int batchSize, int sequenceStride, bool shuffle, int? seed, Pipeline? trainedWith)
        where TModel : class, IDeclaredForecast<TModel>
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sequenceStride);
        if (parts.IsScaled)
        {
            throw new InvalidOperationException(
                $"The series is scaled already; {typeof(TModel).Name} scales as it declares. Give it what Split returns, without Scale or "
                + "Standardize; with the numbers of a model that is trained already: model.WindowsAsTrained(…).");
        }

        var sets = Cut<TModel>(
            parts.Series, [parts.TrainingRows.End.Value, parts.ValidationRows.End.Value, parts.Series.Count], parts.Warnings,
            batchSize, sequenceStride, shuffle, seed, trainedWith);
        return new(sets[0], sets[1], sets[2]);
    }

    /// <summary>Cuts windows over all of a series, scaled with numbers of all of it: to train on what there is once all else is decided.</summary>
    /// <exception cref="ArgumentException">A column is missing or not as declared, or no window fits.</exception>
    internal static WindowedDataset<TModel> Whole<TModel>(TimeSeries series, int batchSize, int sequenceStride, int? seed)
        where TModel : class, IDeclaredForecast<TModel> =>
        Cut<TModel>(series, [series.Count], [], batchSize, sequenceStride, shuffle: true, seed, trainedWith: null)[0];

    private static WindowedDataset<TModel>[] Cut<TModel>(TimeSeries series, int[] ends, IReadOnlyList<string> known,
        int batchSize, int sequenceStride, bool shuffle, int? seed, Pipeline? trainedWith)
        where TModel : class, IDeclaredForecast<TModel>
    {
        var plan = TModel.Forecasting;
        var rows = new FrameRows(plan, series);
        List<string> warnings = [.. known, .. rows.UndeclaredWords()];
        var scalings = trainedWith is null ? ForecastScalings.Fit(plan, rows, ends[0], warnings) : ForecastPipeline.Scalings(trainedWith);
        var last = series.TimeAt(ends[0] - 1);
        var pipeline = ForecastPipeline.Of(plan, series, scalings, trainedWith?.LearntUntil > last ? trainedWith.LearntUntil : last);
        var windows = new ForecastRows(new(plan, rows, scalings), pipeline);
        var (starts, straddling) = windows.Starts(sequenceStride, ends);
        return
        [
            .. starts.Select((own, part) => new WindowedDataset<TModel>(windows.Source(own), batchSize)
            {
                Name = SeriesWindows.PartNames[part],
                Windows = windows,
                Straddling = straddling[part],
                Shuffle = part == 0 && shuffle,
                Seed = seed,
                Warnings = part == 0 ? warnings : [],
            }),
        ];
    }

    /// <summary>Weights and pipeline from a checkpoint, which are those of this declaration or weights alone.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="path">The file; its extension names the format.</param>
    /// <exception cref="InvalidDataException">The file is damaged, of another network, or was trained for another declaration.</exception>
    public static ModelState<TModel> Load<TModel>(string path) where TModel : class, IDeclaredForecast<TModel> =>
        RequireOwn(ModelFiles.Load<TModel>(path), path);

    /// <summary>The same from a checkpoint that is a resource of an assembly.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="assembly">The assembly.</param>
    /// <param name="name">The resource.</param>
    /// <exception cref="InvalidDataException">The resource is missing, not a file of this model, or was trained for another declaration.</exception>
    public static ModelState<TModel> LoadResource<TModel>(Assembly assembly, string name) where TModel : class, IDeclaredForecast<TModel> =>
        RequireOwn(ModelFiles.LoadResource<TModel>(assembly, name), name);

    // Tensors of the same shapes say nothing of what the columns are, or how they were scaled.
    private static ModelState<TModel> RequireOwn<TModel>(ModelState<TModel> state, string file) where TModel : class, IDeclaredForecast<TModel>
    {
        if (state.Pipeline is not { } pipeline)
            return state;
        var name = typeof(TModel).Name;
        var difference = pipeline.Forecast is { } plan
            ? plan.FirstDifference(TModel.Forecasting) is { } first ? $"was trained for another declaration than {name}'s: {first}" : null
            : $"was trained on windows that are not {name}'s own";
        if (difference is not null)
            throw new InvalidDataException($"{file} {difference}. Load it as the model that it was saved from, or train {name} anew.");
        RequireCalibration(pipeline, TModel.Forecasting, file);
        return state;
    }

    // It is read where a forecast needs it; a program would meet there what is wrong with its file.
    private static void RequireCalibration(Pipeline pipeline, ForecastPlan plan, string file)
    {
        try
        {
            if (pipeline.Calibration is { } json)
                Calibration.FromJson(json).RequireOwn(plan);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException(
                $"{file} is damaged where it says how the model's intervals are calibrated. {fault.Message} Take another copy of the file.", fault);
        }
    }

    /// <summary>Forecasts what follows a series.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">A model that was trained, or loaded.</param>
    /// <param name="series">The known rows; the last one is where the forecast begins.</param>
    /// <param name="known">The known columns at the steps ahead; null where the model knows none.</param>
    /// <param name="steps">
    /// Steps ahead; null for the horizon. Fewer are the horizon's first ones; those beyond it go on from the medians of those before, and have
    /// no other levels.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Something that is needed is missing; the message says of which column from when to when. Or there are steps beyond the horizon, and a
    /// column is known until now only.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is not positive.</exception>
    /// <exception cref="InvalidOperationException">The model was not trained on windows of its own.</exception>
    public static ForecastTable Forecast<TModel>(TModel model, TimeSeries series, TimeSeries? known, int? steps = null)
        where TModel : class, IDeclaredForecast<TModel> =>
        new ForecastAhead<TModel>(model, series, known, steps).Table();

    /// <summary>Forecasts from windows of the model, each from its own last known row; known columns as they were observed.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <typeparam name="TPoint">Its point.</typeparam>
    /// <param name="model">A model that was trained on windows of its own, or loaded.</param>
    /// <param name="data">The windows.</param>
    /// <param name="pointAt">A step's point.</param>
    /// <exception cref="ArgumentException">The windows are scaled by other numbers than those that the model was trained with.</exception>
    /// <exception cref="InvalidOperationException">The model was not trained on windows of its own.</exception>
    public static IReadOnlyList<DatedForecast<TPoint>> Predict<TModel, TPoint>(
        TModel model, WindowedDataset<TModel> data, Func<ForecastTable, int, TPoint> pointAt)
        where TModel : class, IDeclaredForecast<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ForecastPipeline.Required(model);
        FitChecks.Pipelines(model.State, data, null);
        var tables = Forecaster.At(model, data.Series!, ForecastModels.LastRows(data));
        return [.. tables.Select(table => new DatedForecast<TPoint>(table, pointAt))];
    }

    /// <summary>What a forecast from a last known row needs.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">A model that was trained, or loaded.</param>
    /// <param name="last">The last known row's time.</param>
    /// <param name="steps">Steps ahead; null for the horizon.</param>
    /// <exception cref="ArgumentException">There are steps beyond the horizon, and a column is known until now only.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is not positive.</exception>
    /// <exception cref="InvalidOperationException">The model was not trained on windows of its own, or their rows had no times.</exception>
    public static ForecastNeed Required<TModel>(TModel model, ItemTime last, int? steps = null)
        where TModel : class, IDeclaredForecast<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        var (plan, pipeline) = (TModel.Forecasting, ForecastPipeline.Required(model));
        var reach = new ForecastReach(plan, steps);
        if (TimeStep.OfText(pipeline.TimeStep) is not { } step)
        {
            var steplessly = pipeline.TimeStep is { } found ? $"at steps of {found}, which have no rule" : "without times";
            throw new InvalidOperationException(
                $"{typeof(TModel).Name} was trained on rows {steplessly}; "
                + $"count its rows instead: {WindowReads.RowsBack(plan, new(0), reach)} back, {reach.Steps} ahead.");
        }

        var lastRow = TimeAxis.TimeOf(last, pipeline.Zone is { } zone ? new ZoneRules(zone) : null);
        var axis = new TimeAxis(1, lastRow, step, pipeline.Zone);
        return new(
            axis[1 - WindowReads.RowsBack(plan, axis, reach)]!.Value, lastRow, axis[plan.Lead + 1]!.Value, axis[plan.Lead + reach.Steps]!.Value,
            plan.DataColumns.Names, reach.KnownColumns.Names)
        { FirstKnown = axis[reach.FirstKnown]!.Value, LastKnown = axis[reach.LastKnown]!.Value };
    }
}
