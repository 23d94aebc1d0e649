namespace LstmDsl;

/// <summary>
/// What becomes of a fit where a callback cannot write its file: the disk is full or fails, or another program holds the file. Whether there
/// is a place to write at all is found out before the first batch, and is an error in either case.
/// </summary>
public enum OnWriteError
{
    /// <summary>The fit ends with the <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    Throw,

    /// <summary>
    /// Training goes on, and says so once in <see cref="History.Warnings"/>; the callback tries again when it is next due. Checkpoints do
    /// not keep that warning, since it tells of a machine and not of the run.
    /// </summary>
    Warn,
}
