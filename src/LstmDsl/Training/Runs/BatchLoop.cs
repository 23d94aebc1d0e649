namespace LstmDsl;

/// <summary>Batches in order, forwards only.</summary>
internal static class BatchLoop
{
    /// <summary>
    /// Measures the windows of a source, or of its first batches, and returns the mean loss; the caller has begun the metrics.
    /// </summary>
    /// <param name="session">The session, with room for a batch.</param>
    /// <param name="source">The windows.</param>
    /// <param name="batchSize">Windows of a batch; the last may have fewer.</param>
    /// <param name="steps">Batches to run; null for all.</param>
    public static double Evaluate(TrainingSession session, BatchSource source, int batchSize, int? steps)
    {
        var batch = new int[Math.Min(batchSize, source.Count)];
        var count = (int)Math.Min(source.Count, (long)batch.Length * (steps ?? int.MaxValue));
        for (var first = 0; first < count; first += batch.Length)
        {
            var windows = batch.AsSpan(0, Math.Min(batch.Length, count - first));
            for (var index = 0; index < windows.Length; index++)
                windows[index] = first + index;
            session.Evaluate(source, windows);
        }

        return session.LossResult;
    }
}
