using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>One batch of targets and predictions in the memory of a backend, cut into blocks of rows as a session would cut it.</summary>
internal sealed unsafe class LossRun<TBackend, T>
    where TBackend : struct, IHostBackend<TBackend, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBlock<T> memory;
    private readonly int targetColumns;
    private readonly bool isWeighted;
    private readonly double weightSum;

    /// <summary>Takes a batch; a weight belongs to each row, or to all rows of a sample.</summary>
    public LossRun(ReadOnlySpan<float> targets, ReadOnlySpan<float> predictions, int columns, ReadOnlySpan<float> weights = default)
    {
        Columns = columns;
        Rows = predictions.Length / columns;
        targetColumns = targets.Length / Rows;
        isWeighted = !weights.IsEmpty;
        memory = new(targets.Length + (2 * predictions.Length) + Rows);
        BatchGather.Convert(targets, memory.Pointer);
        BatchGather.Convert(predictions, memory.Pointer + targets.Length);
        for (var row = 0; isWeighted && row < Rows; row++)
        {
            var weight = weights[row * weights.Length / Rows];
            memory.Span[targets.Length + (2 * predictions.Length) + row] = T.CreateTruncating(weight);
            weightSum += weight;
        }

        Backend = TBackend.Over(new HostBlocks<T> { Parameters = null, Activations = memory.Pointer, Shares = 1 });
    }

    /// <summary>The backend over that memory.</summary>
    public TBackend Backend;

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The mean of the rows' weights.</summary>
    public double MeanWeight => isWeighted ? weightSum / Rows : 1;

    /// <summary>The predictions, to be moved a little.</summary>
    public Span<T> Predictions => memory.Span.Slice(Rows * targetColumns, Rows * Columns);

    /// <summary>The gradient that the loss wrote.</summary>
    public double[] Gradient =>
        [.. memory.Span.Slice(Rows * (targetColumns + Columns), Rows * Columns).ToArray().Select(value => double.CreateTruncating(value))];

    /// <summary>The loss over blocks of so many rows, in the way of a training step.</summary>
    public double Loss(Loss loss, int blockRows)
    {
        var blocks = (Rows + blockRows - 1) / blockRows;
        var batch = new BatchLoss(loss, Columns, blocks);
        batch.Begin(Rows, isWeighted ? weightSum : null);
        for (var block = 0; block < blocks; block++)
            batch.Measure(ref Backend, block, Offsets(block * blockRows), Math.Min(blockRows, Rows - (block * blockRows)));
        var value = batch.Complete(blocks);
        for (var block = 0; batch.NeedsWholeBatch && block < blocks; block++)
            batch.Differentiate(ref Backend, Offsets(block * blockRows), Math.Min(blockRows, Rows - (block * blockRows)));
        return value;
    }

    /// <summary>The loss of the batch as one block.</summary>
    public double Loss(Loss loss) => Loss(loss, Rows);

    /// <summary>Feeds metrics with the batch, cut into blocks of so many rows.</summary>
    public void Measure(MetricSums sums, int blockRows)
    {
        var blocks = (Rows + blockRows - 1) / blockRows;
        for (var block = 0; block < blocks; block++)
        {
            var (from, to) = (block * blockRows, Math.Min((block + 1) * blockRows, Rows));
            var weights = memory.Span[(memory.Length - Rows + from)..(memory.Length - Rows + to)].ToArray().Sum(double.CreateTruncating);
            sums.Measure(
                ref Backend, block, Offsets(from), to - from, new RowWeights(Mask: -1, to - from, isWeighted ? weights : to - from));
        }

        sums.AddBatch(blocks);
    }

    private LossOffsets Offsets(int row) => new()
    {
        Targets = row * targetColumns,
        Predictions = (Rows * targetColumns) + (row * Columns),
        Gradient = (Rows * (targetColumns + Columns)) + (row * Columns),
        Weights = isWeighted ? (Rows * (targetColumns + (2 * Columns))) + row : -1,
    };
}
