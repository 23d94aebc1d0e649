using System.ComponentModel;

namespace LstmDsl;

/// <content>Windows of the model's own, by their type; of another's the compiler says that they do not fit.</content>
public partial class ForecastTrainer<TModel>
{
    private const string OwnWindows = "These are no windows of this trainer's model: cut them with the model's own Windows(series.Split(…)).";

    /// <inheritdoc cref="Trainer{TModel}.Fit(WindowedDataset, WindowedDataset, int, int, int, int?, IReadOnlyDictionary{int, double}, int, int?, int?, CancellationToken)"/>
    public History Fit(
        WindowedDataset<TModel> training,
        WindowedDataset<TModel>? validation = null,
        int epochs = 1,
        int initialEpoch = 0,
        int verbose = 1,
        int? seed = null,
        IReadOnlyDictionary<int, double>? classWeight = null,
        int validationFreq = 1,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        CancellationToken cancellation = default) =>
        base.Fit(
            training, validation, epochs, initialEpoch, verbose, seed, classWeight, validationFreq, stepsPerEpoch, validationSteps, cancellation);

    /// <summary>Never to be called: it makes windows that are not the model's own an error of the compiler.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete(OwnWindows, error: true)]
    public new History Fit(
        WindowedDataset training,
        WindowedDataset? validation = null,
        int epochs = 1,
        int initialEpoch = 0,
        int verbose = 1,
        int? seed = null,
        IReadOnlyDictionary<int, double>? classWeight = null,
        int validationFreq = 1,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        CancellationToken cancellation = default) =>
        throw new NotSupportedException(OwnWindows);

    /// <summary>
    /// Measures the model on windows in the targets' own units, beside naive and seasonal naive forecasts from the same rows: overall, by step,
    /// and how often what came lay within the intervals.
    /// </summary>
    /// <param name="data">Windows of the model, such as those of the test.</param>
    /// <exception cref="ArgumentException">The windows do not fit the model; the message says what was expected and found.</exception>
    /// <exception cref="InvalidOperationException">The model was not trained on windows of its own.</exception>
    public BacktestResult Evaluate(WindowedDataset<TModel> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        FitChecks.Pipelines(State, data, null);
        var (series, baselines) = (data.Series!, Baseline.Usual(TModel.Forecasting));
        var origins = new BacktestOrigins(series, TModel.Forecasting, baselines);
        var rows = origins.Among(ForecastModels.LastRows(data));
        return Backtest.Run(Model.AsForecaster(), series, rows, origins.Skipped, baselines, allowTrainingRows: true);
    }

    /// <summary>Never to be called: it makes windows that are not the model's own an error of the compiler.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete(OwnWindows, error: true)]
    public new Evaluation Evaluate(WindowedDataset data) => throw new NotSupportedException(OwnWindows);
}
