using System.ComponentModel;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// What training minimises, as <c>keras.losses</c> defines it, with Keras's defaults; an immutable description. Another
/// <see cref="Reduction"/> is <c>Loss.MeanSquaredError with { Reduction = Reduction.Sum }</c>.
/// </summary>
public abstract record Loss
{
    private protected Loss()
    {
    }

    /// <summary>Keras's name: <c>mean_squared_error</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How the losses of a batch's rows become one number. Default: their mean.</summary>
    public Reduction Reduction { get; init; }

    /// <summary>The activation from whose input the loss can be computed, in place of its output; null for none.</summary>
    internal Activation? Head { get; init; }

    /// <summary>The same loss of that activation's input; null where it is this one.</summary>
    internal Loss? OfLogits { get; init; }

    /// <summary>Mean of (target − prediction)².</summary>
    public static Loss MeanSquaredError { get; } = new ElementwiseLoss<SquaredError>("mean_squared_error", default);

    /// <summary>Mean of |target − prediction|; its derivative at 0 is 0.</summary>
    public static Loss MeanAbsoluteError { get; } = new ElementwiseLoss<AbsoluteError>("mean_absolute_error", default);

    /// <summary>Mean of 100·|target − prediction| / |target|, with a divisor of at least 1e-7: of little use for targets near 0.</summary>
    public static Loss MeanAbsolutePercentageError { get; } =
        new ElementwiseLoss<AbsolutePercentageError>("mean_absolute_percentage_error", default);

    /// <summary>Mean of (ln(1 + target) − ln(1 + prediction))²; what lies below 1e-7 counts as 1e-7.</summary>
    public static Loss MeanSquaredLogarithmicError { get; } =
        new ElementwiseLoss<SquaredLogarithmicError>("mean_squared_logarithmic_error", default);

    /// <summary>Mean of ln cosh(prediction − target): ½·error² where it is small, |error| − ln 2 where it is large.</summary>
    public static Loss LogCosh { get; } = new ElementwiseLoss<LogCosh>("log_cosh", default);

    /// <summary>Mean of prediction − target·ln(prediction + 1e-7), for counts; the head must give positive numbers.</summary>
    public static Loss Poisson { get; } = new ElementwiseLoss<PoissonError>("poisson", default);

    /// <summary>Sum over the outputs of y·ln(y / p), for distributions; both are kept between 1e-7 and 1.</summary>
    public static Loss KLDivergence { get; } =
        new ElementwiseLoss<DivergenceTerm>("kl_divergence", default) { SumsColumns = true, Targets = TargetValues.Probabilities };

    /// <summary>Mean of max(0, 1 − label·prediction), with labels −1 and 1; a label 0 counts as −1.</summary>
    public static Loss Hinge { get; } = new ElementwiseLoss<HingeError>("hinge", default) { TakesLabels = true };

    /// <summary>Mean of max(0, 1 − label·prediction)², with labels −1 and 1; a label 0 counts as −1.</summary>
    public static Loss SquaredHinge { get; } = new ElementwiseLoss<SquaredHingeError>("squared_hinge", default) { TakesLabels = true };

    /// <summary>
    /// max(0, 1 + the highest prediction of a wrong class − that of the right one), with targets of 0 and 1, an output a class.
    /// </summary>
    public static Loss CategoricalHinge { get; } = new RowLoss<CategoricalHinge>("categorical_hinge", default) { IsOverClasses = true };

    /// <summary>Minus the cosine of the angle between target and prediction: −1 where they point the same way.</summary>
    public static Loss CosineSimilarity { get; } = new RowLoss<CosineDistance>("cosine_similarity", default);

    /// <summary>
    /// 1 − 2·Σ y·p / (Σ y + Σ p + 1e-7), each sum over the whole batch, so that the loss depends on how the data are cut into batches.
    /// </summary>
    public static Loss Dice { get; } = new OverlapLoss("dice", A: 2, B: 0, C: 1, D: 1);

    /// <summary>Mean of ½·error² up to an error of delta, beyond it of delta·|error| − ½·delta².</summary>
    /// <param name="delta">Where the square becomes a line, in the network's units.</param>
    /// <exception cref="ArgumentOutOfRangeException">delta is not positive.</exception>
    public static Loss Huber(double delta = 1)
    {
        if (delta is not (> 0 and < double.PositiveInfinity))
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "delta is a positive number.");
        return new ElementwiseLoss<HuberError>("huber", new(delta));
    }

    /// <summary>
    /// The pinball loss of one quantile: level·error where the target lies above the prediction, else (1 − level)·|error|. It is least
    /// where the target lies below the prediction with a probability of <paramref name="level"/>.
    /// </summary>
    /// <param name="level">The quantile, between 0 and 1: 0.9 for what nine in ten targets stay below.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level does not lie between 0 and 1.</exception>
    public static Loss Quantile(double level) =>
        new ElementwiseLoss<PinballError>("quantile", new(LossChecks.Level(level, nameof(level))));

    /// <summary>
    /// The mean pinball loss of several quantiles of each target, for forecasting intervals. The head has an output for each: those of the
    /// first target, in the order given here, then those of the second. A target is given once.
    /// </summary>
    /// <param name="levels">The quantiles, each between 0 and 1, at most 32: 0.1, 0.5, 0.9.</param>
    /// <exception cref="ArgumentException">There are none or too many.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A level does not lie between 0 and 1.</exception>
    public static Loss Quantiles(params ReadOnlySpan<double> levels) =>
        new RowLoss<PinballErrors>("quantiles", new(LossChecks.Levels(levels))) { OutputsMultiple = levels.Length };

    /// <summary>
    /// The mean over several quantiles' pinball losses and, behind them, an error that is least at each target's mean in its own units.
    /// </summary>
    /// <param name="levels">The quantiles' levels.</param>
    /// <param name="growths">For each target by what power of e a unit of the network multiplies it; 0 where it adds.</param>
    /// <exception cref="ArgumentException">There are too many levels or targets.</exception>
    internal static Loss QuantilesAndMean(ReadOnlySpan<double> levels, ReadOnlySpan<double> growths) =>
        growths.Length <= PinballErrors.MaximumLevels
            ? new RowLoss<PinballErrors>("quantiles_and_mean", new(LossChecks.Levels(levels), growths)) { OutputsMultiple = levels.Length + 1 }
            : throw new ArgumentException(
                $"There are up to {PinballErrors.MaximumLevels} targets with means; found {growths.Length}.", nameof(growths));

    /// <summary>Mean of −y·ln p − (1 − y)·ln(1 − p) over the outputs, each of which tells of one property.</summary>
    /// <param name="fromLogits">
    /// Whether the head gives x with p = sigmoid(x); else it gives p, which is kept between 1e-7 and 1 − 1e-7. Of a model that ends in
    /// sigmoid the loss takes x either way, as Keras on TensorFlow does.
    /// </param>
    /// <param name="labelSmoothing">Draws labels towards ½: y becomes y·(1 − smoothing) + ½·smoothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing does not lie between 0 and 1.</exception>
    public static Loss BinaryCrossentropy(bool fromLogits = false, double labelSmoothing = 0)
    {
        LossChecks.Smoothing(labelSmoothing);
        var ofLogits = new ElementwiseLoss<BinaryCrossentropyOfLogits>("binary_crossentropy", new(labelSmoothing))
        { Targets = TargetValues.Probabilities, Head = Activation.Sigmoid };
        return fromLogits
            ? ofLogits
            : new ElementwiseLoss<BinaryCrossentropy>("binary_crossentropy", new(labelSmoothing))
            { Targets = TargetValues.Probabilities, Head = Activation.Sigmoid, OfLogits = ofLogits };
    }

    /// <summary>
    /// The binary crossentropy times (1 − the probability given to the true label)^gamma, which turns from easy examples to hard ones
    /// (Lin et al., 2017).
    /// </summary>
    /// <param name="applyClassBalancing">Whether to weigh label 1 with alpha and label 0 with 1 − alpha.</param>
    /// <param name="alpha">The weight of label 1.</param>
    /// <param name="gamma">How much easy examples lose; 0 for nothing.</param>
    /// <param name="fromLogits">Whether the head gives x with p = sigmoid(x).</param>
    /// <param name="labelSmoothing">Draws labels towards ½.</param>
    /// <exception cref="ArgumentOutOfRangeException">gamma is negative, or alpha or the smoothing does not lie between 0 and 1.</exception>
    public static Loss BinaryFocalCrossentropy(
        bool applyClassBalancing = false, double alpha = 0.25, double gamma = 2, bool fromLogits = false, double labelSmoothing = 0)
    {
        LossChecks.Smoothing(labelSmoothing);
        if (alpha is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "alpha lies between 0 and 1.");
        if (gamma is not (>= 0 and < double.PositiveInfinity))
            throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "gamma is not negative.");
        var (positive, negative) = applyClassBalancing ? (alpha, 1 - alpha) : (1, 1);
        var function = new BinaryFocalCrossentropy(gamma, positive, negative, labelSmoothing);
        var ofLogits = new ElementwiseLoss<BinaryFocalCrossentropyOfLogits>("binary_focal_crossentropy", new(function))
        { Targets = TargetValues.Probabilities, Head = Activation.Sigmoid };
        return fromLogits
            ? ofLogits
            : new ElementwiseLoss<BinaryFocalCrossentropy>("binary_focal_crossentropy", function)
            { Targets = TargetValues.Probabilities, Head = Activation.Sigmoid, OfLogits = ofLogits };
    }

    /// <summary>−Σ y·ln p over the classes, with a target for each: a 1 among zeros, or a distribution.</summary>
    /// <param name="fromLogits">
    /// Whether the head gives x with p = softmax(x); else it gives p, which is divided by its sum and kept between 1e-7 and 1 − 1e-7. Of a
    /// model that ends in softmax the loss takes x either way, as Keras on TensorFlow does.
    /// </param>
    /// <param name="labelSmoothing">Draws labels towards an equal share: y becomes y·(1 − smoothing) + smoothing / classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing does not lie between 0 and 1.</exception>
    public static Loss CategoricalCrossentropy(bool fromLogits = false, double labelSmoothing = 0)
    {
        LossChecks.Smoothing(labelSmoothing);
        var ofLogits = new RowLoss<CategoricalCrossentropyOfLogits>("categorical_crossentropy", new(labelSmoothing))
        { IsOverClasses = true, Targets = TargetValues.Probabilities, Head = Activation.Softmax };
        return fromLogits
            ? ofLogits
            : new RowLoss<CategoricalCrossentropy>("categorical_crossentropy", new(labelSmoothing))
            { IsOverClasses = true, Targets = TargetValues.Probabilities, Head = Activation.Softmax, OfLogits = ofLogits };
    }

    /// <summary>
    /// −ln p of the true class, whose index is the target: (samples), or (samples, timesteps) of a sequence, a trailing axis of 1 allowed.
    /// </summary>
    /// <param name="fromLogits">
    /// Whether the head gives x with p = softmax(x); else it gives p, which is kept between 1e-7 and 1 − 1e-7. Of a model that ends in
    /// softmax the loss takes x either way.
    /// </param>
    public static Loss SparseCategoricalCrossentropy(bool fromLogits = false)
    {
        var ofLogits = new RowLoss<SparseCategoricalCrossentropyOfLogits>("sparse_categorical_crossentropy", default)
        { IsOverClasses = true, Targets = TargetValues.ClassIndices, Head = Activation.Softmax };
        return fromLogits
            ? ofLogits
            : new RowLoss<SparseCategoricalCrossentropy>("sparse_categorical_crossentropy", default)
            { IsOverClasses = true, Targets = TargetValues.ClassIndices, Head = Activation.Softmax, OfLogits = ofLogits };
    }

    /// <summary>
    /// 1 − S / (S + alpha·(Σ y − S) + beta·(Σ p − S) + 1e-7) with S = Σ y·p, each sum over the whole batch. As Keras computes it, alpha
    /// weighs what the prediction misses and beta what it has too much.
    /// </summary>
    /// <param name="alpha">Weight of Σ y·(1 − p).</param>
    /// <param name="beta">Weight of Σ p·(1 − y).</param>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative.</exception>
    public static Loss Tversky(double alpha = 0.5, double beta = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(alpha);
        ArgumentOutOfRangeException.ThrowIfNegative(beta);
        return new OverlapLoss("tversky", A: 1, B: 1 - alpha - beta, C: alpha, D: beta);
    }

    /// <summary>A loss of one's own.</summary>
    /// <typeparam name="TFunction">The function and its derivative.</typeparam>
    /// <param name="function">The function, where it has parameters.</param>
    /// <param name="name">Its name; default: that of the struct.</param>
    public static Loss Of<TFunction>(TFunction function = default, string? name = null) where TFunction : struct, ILossFunction =>
        new ElementwiseLoss<ScalarLoss<TFunction>>(name ?? typeof(TFunction).Name, new(function));

    /// <summary>There to say what to write instead.</summary>
    /// <param name="name">Keras's name.</param>
    [Obsolete(
        "A loss is a value, not a name: Loss.MeanSquaredError for \"mse\", Loss.MeanAbsoluteError for \"mae\", Loss.BinaryCrossentropy(), "
        + "Loss.CategoricalCrossentropy(), Loss.SparseCategoricalCrossentropy(), Loss.Huber() and so on.",
        error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static implicit operator Loss(string name) => KerasWords.Refuse<Loss>(name);

    /// <summary>What targets must be.</summary>
    internal virtual TargetValues TargetValues => TargetValues.Any;

    /// <summary>Whether each output is a class and a target has a column for each, a 1 among zeros or a distribution.</summary>
    internal virtual bool TakesColumnOfEachClass => false;

    /// <summary>Whether targets are classes, or how likely they are, so that an output is no forecast in their units.</summary>
    internal virtual bool IsOfClasses => TargetValues != TargetValues.Any;

    /// <summary>
    /// The loss of a head's logits that takes this one's place where the head ends in an activation; null where there is none. Keras on
    /// TensorFlow goes back to the logits so, whatever <c>from_logits</c> says: a saturated head still learns, and nothing is clipped.
    /// </summary>
    internal Loss? OnLogitsOf(Activation? head) => head is not null && head == Head ? OfLogits ?? this : null;

    /// <summary>Columns of a target that belongs to so many outputs.</summary>
    internal virtual int TargetColumns(int outputs) => outputs;

    /// <summary>Why the loss does not suit a head of so many outputs; null where it does.</summary>
    internal virtual string? Misfit(int outputs) => null;

    /// <summary>What the sum over a batch's rows is divided by; 0 for a loss of 0.</summary>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="weights">The sum of their weights; null where there are none.</param>
    internal virtual double Divisor(double rows, double? weights) => Reduction switch
    {
        Reduction.Sum => 1,
        Reduction.MeanWithSampleWeight => weights ?? rows,
        _ => rows,
    };

    /// <summary>What the sum of a function over a row's columns is multiplied with to give the row's loss.</summary>
    internal virtual double Share(int columns) => 1;

    /// <summary>
    /// Sums the weighted losses of a block's rows, each still to be multiplied with <see cref="Share"/>, and writes the gradient times
    /// <paramref name="scale"/> where <see cref="LossOffsets.Gradient"/> is not negative. What is done to the sum stands apart from it, so
    /// that a device may keep it to itself.
    /// </summary>
    internal abstract double Sum<TBackend>(ref TBackend backend, in LossOffsets offsets, int rows, int columns, double scale)
        where TBackend : struct, ITrainingBackend;
}
