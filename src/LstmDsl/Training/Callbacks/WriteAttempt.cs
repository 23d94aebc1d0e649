namespace LstmDsl;

/// <summary>Does what a callback does to a file, with <see cref="OnWriteError"/>'s meaning where it fails.</summary>
internal static class WriteAttempt
{
    /// <summary>Runs it.</summary>
    /// <param name="onError">What becomes of the fit.</param>
    /// <param name="context">The run.</param>
    /// <param name="owner">The callback, for the warning.</param>
    /// <param name="what">What it does: write, delete.</param>
    /// <param name="path">The file.</param>
    /// <param name="action">Does it.</param>
    public static void Run(OnWriteError onError, TrainingContext context, string owner, string what, string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception problem) when (onError == OnWriteError.Warn && problem is (IOException or UnauthorizedAccessException))
        {
            context.WarnOfThisMachine($"{owner} could not {what} \"{path}\", and training goes on without. {problem.Message}");
        }
    }
}
