using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// The loss of one batch after the other, each cut into blocks that are measured at the same time, and then put together in order.
/// </summary>
/// <param name="loss">The loss.</param>
/// <param name="columns">Columns of the output.</param>
/// <param name="blocks">The largest number of blocks.</param>
/// <param name="head">The activation whose logits the loss may work from; null for none.</param>
internal sealed class BatchLoss(Loss loss, int columns, int blocks, Activation? head = null)
{
    private readonly Loss? onLogits = loss.OnLogitsOf(head);
    private readonly double[] sums = new double[blocks];
    private readonly OverlapLoss? overlap = loss as OverlapLoss;
    private readonly OverlapSums[] overlaps = new OverlapSums[blocks];
    private OverlapSums batchOverlap;
    private double weights;
    private double scale;

    /// <summary>
    /// Whether a block's gradient depends on all blocks, so that <see cref="Differentiate"/> has to follow once all have been measured.
    /// </summary>
    public bool NeedsWholeBatch => overlap is not null;

    /// <summary>
    /// Whether it works from the head's logits and writes their gradient. The output's gradient then has to be cleared before: the output
    /// receives nothing but what its size costs.
    /// </summary>
    public bool TakesLogits => onLogits is not null;

    /// <summary>What the sum over the rows of the batch that was begun is multiplied with to give the loss.</summary>
    public double Factor => loss.Share(columns) * scale;

    /// <summary>Begins a batch.</summary>
    /// <param name="rows">Its rows: samples × timesteps of the output.</param>
    /// <param name="weights">The sum of their weights; null where there are none.</param>
    public void Begin(double rows, double? weights)
    {
        this.weights = weights ?? rows;
        var divisor = loss.Divisor(rows, weights);
        scale = divisor == 0 ? 0 : 1 / divisor;
    }

    /// <summary>Measures a block, and writes its gradient unless that needs the whole batch.</summary>
    public void Measure<TBackend>(ref TBackend backend, int block, in LossOffsets offsets, int rows)
        where TBackend : struct, ITrainingBackend
    {
        if (overlap is not null)
            overlaps[block] = OverlapLoss.Collect(ref backend, offsets, rows, columns);
        else
            sums[block] = (onLogits ?? loss).Sum(ref backend, onLogits is null ? offsets : offsets.OfLogits, rows, columns, scale);
    }

    /// <summary>Puts the blocks together.</summary>
    /// <param name="measured">How many there are.</param>
    /// <returns>The loss.</returns>
    public double Complete(int measured)
    {
        batchOverlap = default;
        var sum = 0.0;
        for (var block = 0; block < measured; block++)
        {
            sum += sums[block];
            batchOverlap += overlaps[block];
        }

        return overlap is null ? sum * loss.Share(columns) * scale : overlap.Value(batchOverlap) * weights * scale;
    }

    /// <summary>Writes the gradient of a block of a completed batch.</summary>
    public void Differentiate<TBackend>(ref TBackend backend, in LossOffsets offsets, int rows)
        where TBackend : struct, ITrainingBackend =>
        overlap!.Differentiate(ref backend, offsets, rows, columns, batchOverlap, weights * scale);
}
