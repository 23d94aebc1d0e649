namespace LstmDsl.CompilerServices;

/// <summary>Where a loss finds its tensors in the activation block, in elements.</summary>
internal readonly record struct LossOffsets
{
    /// <summary>Targets, in the output's layout.</summary>
    public required int Targets { get; init; }

    /// <summary>Predictions.</summary>
    public required int Predictions { get; init; }

    /// <summary>Takes the gradient of the predictions; −1 where only the value is asked for.</summary>
    public required int Gradient { get; init; }

    /// <summary>The weight of each row; −1 where all weigh 1.</summary>
    public required int Weights { get; init; }

    /// <summary>What the model's last activation takes, in the predictions' layout; of use only where the model has such a head.</summary>
    public int Logits { get; init; }

    /// <summary>Takes their gradient; −1 where only the value is asked for.</summary>
    public int LogitsGradient { get; init; }

    /// <summary>The places for a loss that works from the logits: they are what is predicted.</summary>
    public LossOffsets OfLogits => this with { Predictions = Logits, Gradient = LogitsGradient };
}

/// <summary>One of the blocks that an update reads.</summary>
internal enum UpdateBlock
{
    /// <summary>The parameters.</summary>
    Weights,

    /// <summary>Their gradients.</summary>
    Gradients,
}

/// <summary>What a training session asks of a backend beyond the layers that the program calls.</summary>
internal interface ITrainingBackend : IBackend
{
    /// <summary>
    /// Sums a function of target and prediction over rows × columns values in a fixed order, each times its row's weight, and writes its
    /// derivative times weight and <paramref name="scale"/> where <see cref="LossOffsets.Gradient"/> is not negative.
    /// </summary>
    double ElementwiseLoss<TFunction>(in TFunction function, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IElementwiseLoss;

    /// <summary>
    /// The same of a function of whole rows: of <paramref name="columns"/> predictions, and of as many targets as the function says.
    /// </summary>
    double RowLoss<TFunction>(in TFunction function, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IRowLoss;

    /// <summary>Counts over rows, each with its weight, in a fixed order.</summary>
    void Tally<TTally>(in TTally tally, in LossOffsets offsets, int rows, int columns, Span<double> sums) where TTally : struct, ITally;

    /// <summary>
    /// Sums what the elements <paramref name="from"/> to <paramref name="to"/> of the parameter block cost in a fixed order, and adds the
    /// gradient of it to the gradient block where there is one.
    /// </summary>
    double AddWeightPenalty(Regularizer regularizer, int from, int to);

    /// <summary>
    /// Runs a rule over the elements <paramref name="from"/> to <paramref name="to"/> of the flat parameter block, of its gradient and of
    /// the rule's slots, the first of which is <paramref name="firstSlot"/> (slot k lies k whole parameter blocks behind the first).
    /// </summary>
    void Update<TRule>(in TRule rule, int firstSlot, int from, int to) where TRule : struct, IUpdateRule;

    /// <summary>
    /// Sums the squares of the elements <paramref name="from"/> to <paramref name="to"/> in a fixed order, in double. The caller needs the
    /// number at once, so a device that runs ahead is waited for.
    /// </summary>
    double SumOfSquares(UpdateBlock block, int from, int to);

    /// <summary>
    /// Adafactor's second moments of matrices: of each group, r = keep · r + (1 − keep) · (mean of a row's g² + epsilon) in slot 0 and the
    /// same of columns, c, in slot 1, both one after the other from the region's beginning on; then g = g / √(r · c / mean of r).
    /// </summary>
    void NormalizeByFactors(in UpdateRegion region, double keep, double epsilon);

    /// <summary>Makes a weight satisfy its constraint.</summary>
    void Constrain(in ConstrainedTensor tensor);
}
