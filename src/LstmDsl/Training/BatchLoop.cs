namespace LstmDsl;

/// <summary>Batches in order, forwards only.</summary>
internal static class BatchLoop
{
    /// <summary>The mean loss over all windows of a source, in batches as large as the session takes.</summary>
    public static double Evaluate(TrainingSession session, BatchSource source)
    {
        Span<int> batch = stackalloc int[Math.Min(session.Capacity, 1024)];
        var sum = 0.0;
        for (var first = 0; first < source.Count; first += batch.Length)
        {
            var windows = batch[..Math.Min(batch.Length, source.Count - first)];
            for (var index = 0; index < windows.Length; index++)
                windows[index] = first + index;
            sum += session.Evaluate(source, windows) * windows.Length;
        }

        return sum / source.Count;
    }
}
