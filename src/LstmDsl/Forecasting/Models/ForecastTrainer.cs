namespace LstmDsl;

/// <summary>
/// Trains a declared forecast. Loss and optimizer follow from the declaration unless they are set: the mean pinball loss of its quantiles, or
/// the mean squared error; and <see cref="Adam"/> with a rate of 0.005, the weights of whose last fifth of updates are averaged
/// (<see cref="Optimizer.EmaGrowth"/> 4) and taken at the end of each fit, so that a few epochs do and their number need not be known before.
/// <see cref="Trainer{TModel}.Metrics"/> are measured of validation windows in the targets' own units: <c>val_mean_absolute_error</c> in MW.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
public partial class ForecastTrainer<TModel> : Trainer<TModel> where TModel : class, IDeclaredForecast<TModel>
{
    private readonly Device? device;

    /// <summary>Makes a trainer.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="device">What to train on; default: <see cref="Device.Cpu"/>.</param>
    public ForecastTrainer(TModel model, Device? device = null)
        : base(model, device)
    {
        this.device = device;
        Optimizer = new Adam(0.005) { UseEma = true, EmaGrowth = 4 };
    }

    /// <summary>
    /// Trains a model of the same kind anew on all of a series, for as many epochs as were found right with a validation: what is to forecast
    /// from now on shall have learnt from the newest rows, too. Its first weights are those of this trainer's model before training, loss and
    /// optimizer this trainer's; callbacks are not called, and nothing is left to measure it on.
    /// </summary>
    /// <param name="series">The series, of which all rows are learnt from.</param>
    /// <param name="epochs">How many epochs.</param>
    /// <param name="batchSize">Windows of a batch.</param>
    /// <param name="sequenceStride">Rows from one window to the next.</param>
    /// <param name="verbose">0: silent; 1: a progress bar; 2: a line an epoch.</param>
    /// <param name="seed">Seed of the order of windows; default: the model's.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">
    /// A column is missing or not as declared, no window fits, or the series has another step, unit or zone than what the model learnt from.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public TModel Refit(TimeSeries series, int epochs, int batchSize = 64, int sequenceStride = 1, int verbose = 1, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sequenceStride);
        if (State.Pipeline is { Forecast: not null } pipeline)
            ForecastPipeline.RequireFit(pipeline, series);
        var windows = CompilerServices.DeclaredForecasts.Whole<TModel>(series, batchSize, sequenceStride, seed);
        var model = TModel.Create(State.Seed);
        new ForecastTrainer<TModel>(model, device) { Loss = Loss, Optimizer = Optimizer }.Fit(windows, epochs: epochs, verbose: verbose);
        return model;
    }

    private protected override Loss? UsualLoss(Pipeline? pipeline)
    {
        var plan = TModel.Forecasting;
        if (plan.Levels.Count == 0)
            return Loss.MeanSquaredError;
        double[] levels = [.. plan.Levels];
        return plan.HasMean ? Loss.QuantilesAndMean(levels, Growths(plan, pipeline)) : Loss.Quantiles(levels);
    }

    private protected override void RequireOwn(Pipeline? pipeline)
    {
        if (pipeline is null)
            return;
        var name = typeof(TModel).Name;
        if (pipeline.Forecast is not { } plan)
            throw new ArgumentException($"{name} says itself how its windows are cut and scaled; give it those of {name}.Windows(series.Split(…)).");
        if (plan.FirstDifference(TModel.Forecasting) is { } difference)
        {
            throw new ArgumentException(
                $"These windows were cut for another declaration than {name}'s: {difference}. Cut them with {name}.Windows(…).");
        }
    }

    private protected override IEnumerable<Metric> MetricsOf(Pipeline? pipeline) => pipeline?.Forecast is null ? Metrics : [];

    private protected override ErrorsInUnits? InUnits(WindowedDataset validation)
    {
        if (Metrics.Count == 0 || validation.Windows is not ForecastRows)
            return null;
        string[] targets = [.. TModel.Forecasting.Targets.Select(target => target.Name)];
        var names = new List<string>();
        foreach (var metric in Metrics)
        {
            if (metric != Metric.MeanAbsoluteError && metric != Metric.MeanSquaredError && metric != Metric.RootMeanSquaredError)
            {
                throw new ArgumentException(
                    $"The metric '{metric.Name}' is not measured in the data's own units, as a declared forecast's metrics are; take "
                    + $"{nameof(Metric)}.{nameof(Metric.MeanAbsoluteError)}, {nameof(Metric.MeanSquaredError)} or {nameof(Metric.RootMeanSquaredError)}.",
                    nameof(validation));
            }

            names.AddRange(targets.Select(target => targets.Length == 1 ? metric.Name : $"{metric.Name}_{target}"));
        }

        return new(names, () => Measure(validation, targets.Length));
    }

    // Of the medians, or of the one number that is forecast, over all steps.
    private double[] Measure(WindowedDataset validation, int targets)
    {
        var rows = (ForecastRows)validation.Windows!;
        int[] starts = [.. validation.Source.Starts];
        var tables = Forecaster.Tables(Model, rows, starts);
        var (absolute, squared) = (new double[targets], new double[targets]);
        for (var window = 0; window < starts.Length; window++)
        {
            for (var step = 0; step < tables[window].Steps; step++)
            {
                for (var target = 0; target < targets; target++)
                {
                    var error = tables[window].Point(step, target) - rows.Frame.Actual(target, starts[window], step);
                    absolute[target] += Math.Abs(error);
                    squared[target] += error * error;
                }
            }
        }

        var count = (double)starts.Length * TModel.Forecasting.Horizon;
        return
        [
            .. Metrics.SelectMany(metric => Enumerable.Range(0, targets).Select(target =>
                metric == Metric.MeanAbsoluteError ? absolute[target] / count
                : metric == Metric.MeanSquaredError ? squared[target] / count
                : Math.Sqrt(squared[target] / count))),
        ];
    }

    // A logarithm's unit multiplies; what windows bring themselves only adds.
    private static double[] Growths(ForecastPlan plan, Pipeline? pipeline) =>
    [
        .. plan.Targets.Select(target => target.Scaling is Scaling.Log or Scaling.Log1p
            ? pipeline?.Columns.FirstOrDefault(column => column.Name == target.Name)?.Scaling.Spread ?? 1
            : 0),
    ];
}
