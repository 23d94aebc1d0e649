using System.ComponentModel;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// A measure that training reports beside the loss, as <c>keras.metrics</c> defines it, over all rows of an epoch; an immutable
/// description.
/// </summary>
public abstract record Metric
{
    private protected Metric()
    {
    }

    /// <summary>There to say what to write instead.</summary>
    /// <param name="name">Keras's name.</param>
    [Obsolete(
        "A metric is a value, not a name: Metric.MeanAbsoluteError for \"mae\", Metric.MeanSquaredError for \"mse\"; for \"accuracy\" "
        + "Metric.BinaryAccuracy(), Metric.CategoricalAccuracy or Metric.SparseCategoricalAccuracy, whichever suits the loss.",
        error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static implicit operator Metric(string name) => KerasWords.Refuse<Metric>(name);

    /// <summary>Keras's name, which is the column of a history: <c>mean_absolute_error</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Which way it improves.</summary>
    public virtual Direction Direction => Direction.Minimize;

    /// <summary>Mean of (target − prediction)².</summary>
    public static Metric MeanSquaredError { get; } = Of(Loss.MeanSquaredError);

    /// <summary>Mean of |target − prediction|.</summary>
    public static Metric MeanAbsoluteError { get; } = Of(Loss.MeanAbsoluteError);

    /// <summary>Square root of the mean of (target − prediction)² over the whole epoch.</summary>
    public static Metric RootMeanSquaredError { get; } =
        new MeanMetric("root_mean_squared_error", Loss.MeanSquaredError) { TakesRoot = true };

    /// <summary>Mean of 100·|target − prediction| / |target|.</summary>
    public static Metric MeanAbsolutePercentageError { get; } = Of(Loss.MeanAbsolutePercentageError);

    /// <summary>
    /// sMAPE: mean of 200·|target − prediction| / (|target| + |prediction|), from 0 to 200; 0 where both are 0. Not Keras's.
    /// </summary>
    public static Metric SymmetricMeanAbsolutePercentageError { get; } = new MeanMetric(
        "symmetric_mean_absolute_percentage_error",
        new ElementwiseLoss<SymmetricPercentageError>("symmetric_mean_absolute_percentage_error", default));

    /// <summary>Mean of (ln(1 + target) − ln(1 + prediction))².</summary>
    public static Metric MeanSquaredLogarithmicError { get; } = Of(Loss.MeanSquaredLogarithmicError);

    /// <summary>Mean of ln cosh(prediction − target).</summary>
    public static Metric LogCoshError { get; } = new MeanMetric("logcosh", Loss.LogCosh);

    /// <summary>Mean cosine of the angle between target and prediction; larger is better, unlike the loss of that name.</summary>
    public static Metric CosineSimilarity { get; } =
        new MeanMetric("cosine_similarity", Loss.CosineSimilarity) { Factor = -1, Improves = Direction.Maximize };

    /// <summary>Mean of prediction − target·ln(prediction + 1e-7).</summary>
    public static Metric Poisson { get; } = Of(Loss.Poisson);

    /// <summary>Mean of Σ y·ln(y / p) over the outputs.</summary>
    public static Metric KLDivergence { get; } = Of(Loss.KLDivergence);

    /// <summary>Mean of max(0, 1 − label·prediction).</summary>
    public static Metric Hinge { get; } = Of(Loss.Hinge);

    /// <summary>Mean of max(0, 1 − label·prediction)².</summary>
    public static Metric SquaredHinge { get; } = Of(Loss.SquaredHinge);

    /// <summary>Mean of max(0, 1 + the highest prediction of a wrong class − that of the right one).</summary>
    public static Metric CategoricalHinge { get; } = Of(Loss.CategoricalHinge);

    /// <summary>
    /// The coefficient of determination, R²: 1 − Σ(y − p)² / Σ(y − ȳ)² over the epoch, the mean over the outputs. 1 is perfect, 0 as good
    /// as the mean.
    /// </summary>
    public static Metric R2Score { get; } = new TallyMetric<Determination>("r2_score", default);

    /// <summary>How often the highest prediction is the class of the highest target.</summary>
    public static Metric CategoricalAccuracy { get; } = new TallyMetric<ClassHits>("categorical_accuracy", new(1)) { FewestOutputs = 2 };

    /// <summary>How often the highest prediction is the class whose index is the target.</summary>
    public static Metric SparseCategoricalAccuracy { get; } =
        new TallyMetric<SparseClassHits>("sparse_categorical_accuracy", new(1)) { Targets = TargetValues.ClassIndices, FewestOutputs = 2 };

    /// <summary>A loss, averaged over the epoch's rows; its reduction does not matter.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="name">Its name in logs; default: the loss's.</param>
    /// <exception cref="ArgumentException">The loss is one of a whole batch: Dice and Tversky are no mean over rows.</exception>
    public static Metric Of(Loss loss, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss is OverlapLoss)
            throw new ArgumentException($"{loss.Name} is a number of a whole batch, no mean over rows, so no metric.", nameof(loss));
        return new MeanMetric(name ?? loss.Name, loss);
    }

    /// <summary>
    /// MASE: mean of |target − prediction| divided by the mean absolute error that a naive forecast makes on the training data (Hyndman and
    /// Koehler, 2006). Below 1 the model is better than the naive forecast. Not Keras's.
    /// </summary>
    /// <param name="naiveError">
    /// The naive forecast's mean absolute error, in the network's units: <see cref="NaiveError(WindowedDataset)"/> of the training data,
    /// or <see cref="NaiveError(ReadOnlySpan{float}, int)"/> of its values.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The error is not positive.</exception>
    public static Metric MeanAbsoluteScaledError(double naiveError)
    {
        if (naiveError is not (> 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(
                nameof(naiveError),
                naiveError,
                "The naive forecast's error is a positive number; a constant series has none to compare with.");
        }

        return new MeanMetric("mean_absolute_scaled_error", Loss.MeanAbsoluteError) { Factor = 1 / naiveError };
    }

    /// <summary>The mean of |value − the value a season before|: what <see cref="MeanAbsoluteScaledError"/> compares with.</summary>
    /// <param name="values">The training data in the order of time, in the network's units.</param>
    /// <param name="season">Steps to look back: 1 for "the same as last", 365 for daily values "as a year ago".</param>
    /// <exception cref="ArgumentOutOfRangeException">The season is not positive.</exception>
    /// <exception cref="ArgumentException">There are no more values than a season has.</exception>
    public static double NaiveError(ReadOnlySpan<float> values, int season = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(season);
        if (values.Length <= season)
            throw new ArgumentException($"A season of {season} needs more values than that; there are {values.Length}.", nameof(values));
        var sum = 0.0;
        for (var index = season; index < values.Length; index++)
            sum += Math.Abs((double)values[index] - values[index - season]);
        return sum / (values.Length - season);
    }

    /// <summary>
    /// The mean absolute error, in the network's units, of repeating the last known value over all windows and targets of a data set, at
    /// its horizon, or over all target steps; of windows moved by the horizon at their last timestep. 0 where the values differ by rounding errors alone.
    /// </summary>
    /// <param name="training">The windows that the model is trained on, made from a series.</param>
    /// <exception cref="ArgumentException">The set was made from arrays, which do not tell which input a target continues.</exception>
    public static double NaiveError(WindowedDataset training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Pipeline is not { } pipeline || training.Series is null)
            throw new ArgumentException("The naive forecast needs windows of a series; these were made from arrays.", nameof(training));
        double sum = 0, magnitudes = 0, count = 0;
        for (var window = 0; window < training.Count; window++)
        {
            for (var target = 0; target < pipeline.Targets.Count; target++)
            {
                var column = pipeline.TargetColumn(target);
                var naive = pipeline.Scale(column, training.NaiveForecast(window, target));
                for (var step = pipeline.FirstMeasured; step < pipeline.TargetLength; step++, count++)
                {
                    var actual = training.RawTarget(window, target, step);
                    sum += Math.Abs(pipeline.Scale(column, actual) - naive);
                    magnitudes += Math.Abs(pipeline.Columns[column].Scaling.BeforeCentering(actual));
                }
            }
        }

        return Spread.IsCancelled(sum, magnitudes, count) ? 0 : sum / count;
    }

    /// <summary>Mean of −y·ln p − (1 − y)·ln(1 − p).</summary>
    /// <param name="fromLogits">Whether the head gives x with p = sigmoid(x).</param>
    /// <param name="labelSmoothing">Draws labels towards ½.</param>
    public static Metric BinaryCrossentropy(bool fromLogits = false, double labelSmoothing = 0) =>
        Of(Loss.BinaryCrossentropy(fromLogits, labelSmoothing));

    /// <summary>Mean of −Σ y·ln p over the classes.</summary>
    /// <param name="fromLogits">Whether the head gives x with p = softmax(x).</param>
    /// <param name="labelSmoothing">Draws labels towards an equal share.</param>
    public static Metric CategoricalCrossentropy(bool fromLogits = false, double labelSmoothing = 0) =>
        Of(Loss.CategoricalCrossentropy(fromLogits, labelSmoothing));

    /// <summary>Mean of −ln p of the class whose index is the target.</summary>
    /// <param name="fromLogits">Whether the head gives x with p = softmax(x).</param>
    public static Metric SparseCategoricalCrossentropy(bool fromLogits = false) => Of(Loss.SparseCategoricalCrossentropy(fromLogits));

    /// <summary>How often a prediction lies on its label's side of a threshold.</summary>
    /// <param name="threshold">What a prediction must exceed to count as 1: 0.5 for probabilities, 0 for logits.</param>
    public static Metric BinaryAccuracy(double threshold = 0.5) =>
        new MeanMetric("binary_accuracy", new ElementwiseLoss<BinaryHit>("binary_accuracy", new(threshold)))
        { Improves = Direction.Maximize };

    /// <summary>How often the class of the highest target is among the k highest predictions.</summary>
    /// <param name="k">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is not positive.</exception>
    public static Metric TopKCategoricalAccuracy(int k = 5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        return new TallyMetric<ClassHits>("top_k_categorical_accuracy", new(k)) { FewestOutputs = 2 };
    }

    /// <summary>How often the class whose index is the target is among the k highest predictions.</summary>
    /// <param name="k">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is not positive.</exception>
    public static Metric SparseTopKCategoricalAccuracy(int k = 5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        return new TallyMetric<SparseClassHits>("sparse_top_k_categorical_accuracy", new(k))
        {
            Targets = TargetValues.ClassIndices,
            FewestOutputs = 2,
        };
    }

    /// <summary>The part of what is predicted as positive that is so, over all outputs; 0 where nothing is predicted so.</summary>
    /// <param name="threshold">What a prediction must exceed to be positive.</param>
    /// <param name="classId">The only output to count; default: all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold does not lie between 0 and 1, or the class is negative.</exception>
    public static Metric Precision(double threshold = 0.5, int? classId = null) =>
        Confusion("precision", ConfusionRatio.Precision, threshold, classId);

    /// <summary>The part of what is positive that is predicted so, over all outputs; 0 where nothing is positive.</summary>
    /// <param name="threshold">What a prediction must exceed to be positive.</param>
    /// <param name="classId">The only output to count; default: all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold does not lie between 0 and 1, or the class is negative.</exception>
    public static Metric Recall(double threshold = 0.5, int? classId = null) =>
        Confusion("recall", ConfusionRatio.Recall, threshold, classId);

    /// <summary>
    /// The area under a curve over evenly spaced thresholds, as Keras approximates it: 1 for predictions that tell labels apart, ½ (of
    /// <see cref="AucCurve.Roc"/>) for chance. Several outputs count as one.
    /// </summary>
    /// <param name="curve">Which curve.</param>
    /// <param name="thresholds">How many thresholds, at least 2.</param>
    /// <param name="fromLogits">Whether the head gives x with p = sigmoid(x).</param>
    /// <exception cref="ArgumentOutOfRangeException">There are less than 2 thresholds.</exception>
    public static Metric Auc(AucCurve curve = AucCurve.Roc, int thresholds = 200, bool fromLogits = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(thresholds, 2);
        return new TallyMetric<CurveArea>("auc", new(curve, thresholds, fromLogits));
    }

    /// <summary>The harmonic mean of precision and recall, output by output, then averaged.</summary>
    /// <param name="average">
    /// How outputs are averaged. Keras's own default gives a number for each output, which a history cannot hold.
    /// </param>
    /// <param name="threshold">What a prediction must exceed to be positive; default: the highest of a row is.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold does not lie between 0 and 1.</exception>
    public static Metric F1Score(Averaging average = Averaging.Macro, double? threshold = null) => Score("f1_score", average, 1, threshold);

    /// <summary>The harmonic mean of precision and recall in which recall weighs beta times as much.</summary>
    /// <param name="beta">How much recall weighs.</param>
    /// <param name="average">How outputs are averaged.</param>
    /// <param name="threshold">What a prediction must exceed to be positive; default: the highest of a row is.</param>
    /// <exception cref="ArgumentOutOfRangeException">beta is not positive, or the threshold does not lie between 0 and 1.</exception>
    public static Metric FBetaScore(double beta = 1, Averaging average = Averaging.Macro, double? threshold = null) =>
        Score("fbeta_score", average, beta, threshold);

    /// <summary>What targets must be.</summary>
    internal virtual TargetValues TargetValues => TargetValues.Any;

    /// <summary>The metric of a head's logits that takes this one's place; see <see cref="Loss.OnLogitsOf"/>.</summary>
    internal virtual Metric? OnLogitsOf(Activation? head) => null;

    /// <summary>Columns of a target that belongs to so many outputs.</summary>
    internal abstract int TargetColumns(int outputs);

    /// <summary>Why the metric does not suit a head of so many outputs; null where it does.</summary>
    internal virtual string? Misfit(int outputs) => null;

    /// <summary>How many sums it keeps.</summary>
    internal abstract int Sums(int outputs);

    /// <summary>Adds a block's rows.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="offsets">Where they lie, with weights where there are any.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="columns">Outputs.</param>
    /// <param name="weights">The sum of the rows' weights.</param>
    /// <param name="sums">The sums.</param>
    internal abstract void Add<TBackend>(
        ref TBackend backend, in LossOffsets offsets, int rows, int columns, double weights, Span<double> sums)
        where TBackend : struct, ITrainingBackend;

    /// <summary>The metric over everything added so far.</summary>
    internal abstract double Result(ReadOnlySpan<double> sums, int outputs);

    private static TallyMetric<Confusion> Confusion(string name, ConfusionRatio ratio, double threshold, int? classId)
    {
        if (classId < 0)
            throw new ArgumentOutOfRangeException(nameof(classId), classId, "Classes are counted from 0.");
        return new(name, new(ratio, Threshold(threshold), classId ?? -1)) { FewestOutputs = (classId ?? 0) + 1 };
    }

    private static TallyMetric<FScore> Score(string name, Averaging average, double beta, double? threshold)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        return new(name, new(average, beta, threshold is { } given ? Threshold(given) : double.NaN));
    }

    private static double Threshold(double threshold) => threshold is >= 0 and <= 1
        ? threshold
        : throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold lies between 0 and 1.");
}
