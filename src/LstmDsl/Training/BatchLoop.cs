namespace LstmDsl;

/// <summary>Batches in order, forwards only.</summary>
internal static class BatchLoop
{
    /// <summary>
    /// Measures all windows of a source, in batches as large as the session takes, and returns the mean loss; the caller has begun the
    /// metrics.
    /// </summary>
    public static double Evaluate(TrainingSession session, BatchSource source)
    {
        Span<int> batch = stackalloc int[Math.Min(session.Capacity, 1024)];
        for (var first = 0; first < source.Count; first += batch.Length)
        {
            var windows = batch[..Math.Min(batch.Length, source.Count - first)];
            for (var index = 0; index < windows.Length; index++)
                windows[index] = first + index;
            session.Evaluate(source, windows);
        }

        return session.LossResult;
    }
}
