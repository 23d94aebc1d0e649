using System.Text;

namespace LstmDsl;

/// <summary>
/// Writes each epoch's values to a CSV file as they come, as <c>keras.callbacks.CSVLogger</c> does: the epoch's index (from 0), then the
/// values by name in ordinal order, <c>NA</c> where an epoch has none (such as <c>val_loss</c> without validation), <c>NaN</c> and
/// <c>Infinity</c> as such. Every number reads back as it was. The file is complete after each epoch; its folder is made where it is
/// missing. A file that is replaced stays as it was until the first epoch has ended, and then gives way as a whole; rows that cannot be
/// written are kept and come with the next epoch's.
/// </summary>
public sealed class CsvLogger : Callback, IResumable
{
    private const string LengthName = "length";
    private const string RowsName = "rows";
    private readonly string path;
    private readonly char separator;
    private readonly bool append;
    private string[] columns = [];

    // What comes before the next row, rows that are not in the file yet, and whether rows are added to a file that is there.
    private string beginning = "";
    private string rows = "";
    private bool continues;
    private bool lacksRows;

    /// <summary>Describes the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">The one character between values; none that a number or a quoted name needs.</param>
    /// <param name="append">Whether an existing file is continued (its columns must be those of the run) rather than replaced.</param>
    /// <param name="onWriteError">What becomes of the fit where a row cannot be written.</param>
    /// <exception cref="ArgumentException">The path is empty, or the separator is unfit.</exception>
    public CsvLogger(string path, string separator = ",", bool append = false, OnWriteError onWriteError = OnWriteError.Warn)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(separator);
        if (separator.Length != 1 || char.IsLetterOrDigit(separator[0]) || "+-._\"\r\n".Contains(separator[0], StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"A separator is one character that no number, name or quote holds, such as a comma, a semicolon or a tab, not \"{separator}\".",
                nameof(separator));
        }

        this.path = path;
        this.separator = separator[0];
        this.append = append;
        OnWriteError = onWriteError;
    }

    /// <summary>What becomes of the fit where a row cannot be written.</summary>
    public OnWriteError OnWriteError { get; }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidDataException">The file to be continued has other columns.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        columns = [.. context.LogNames.Order(StringComparer.Ordinal)];
        OutputFolder.Prepare(path, nameof(CsvLogger));
        lacksRows = false;
        beginning = EpochCsv.Header(columns, separator);
        rows = "";
        continues = append && File.Exists(path) && new FileInfo(path).Length > 0;
        if (continues) RequireSameColumns();
        RequireWritable();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (lacksRows)
        {
            context.WarnOfThisMachine(
                $"CsvLogger: \"{path}\" is shorter than when the checkpoint was written that the run went on from, so it lacks rows.");
        }

        lacksRows = false;
        var values = columns.Select(name => context.Logs.TryGetValue(name, out var value) ? value : (double?)null);
        rows += EpochCsv.Row(context.Epoch, values, separator);
        WriteAttempt.Run(OnWriteError, context, nameof(CsvLogger), "write", path, Write);
    }

    /// <inheritdoc/>
    internal override bool WantsBatches => false;

    /// <inheritdoc/>
    string IResumable.StateName => "csv_logger";

    /// <inheritdoc/>
    CallbackState IResumable.SaveState() => new()
    {
        Numbers = new Dictionary<string, double> { [LengthName] = continues && File.Exists(path) ? new FileInfo(path).Length : 0 },
        Texts = rows.Length == 0 ? [] : new Dictionary<string, string> { [RowsName] = rows },
    };

    /// <summary>Takes away the rows that were written after the checkpoint: their epochs come again.</summary>
    void IResumable.RestoreState(CallbackState state)
    {
        var length = state.Count(LengthName, most: CallbackState.LargestCount);
        rows = state.Texts.GetValueOrDefault(RowsName, "");
        beginning = EpochCsv.Header(columns, separator);
        continues = false;
        // Before its first row the run had not touched what stands there.
        if (length == 0)
            return;
        if (!File.Exists(path))
        {
            lacksRows = true;
            return;
        }

        using (var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
        {
            lacksRows = stream.Length < length;
            stream.SetLength(Math.Min(length, stream.Length));
            continues = stream.Length > 0;
        }

        if (continues) beginning = EndsInLineBreak() ? "" : "\n";
    }

    private void RequireSameColumns()
    {
        using (var reader = new StreamReader(path))
        {
            var found = reader.ReadLine() ?? "";
            var expected = beginning.TrimEnd('\n');
            if (found != expected)
                throw new InvalidDataException(
                    $"CsvLogger cannot continue \"{path}\": its first line is \"{found}\", this run's would be \"{expected}\". "
                    + "Give another path, or leave append out to begin the file anew.");
        }

        // A run that was cut off may have left its last line without an end.
        beginning = EndsInLineBreak() ? "" : "\n";
    }

    // Opening the file tells whether it can be written.
    private void RequireWritable()
    {
        if (!File.Exists(path)) return;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"CsvLogger cannot write \"{path}\": {problem.Message} Give another path, or a file that this program may write.", problem);
        }
    }

    private bool EndsInLineBreak()
    {
        using var stream = File.OpenRead(path);
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == '\n';
    }

    // On to the disk: a checkpoint that says how long this file is shall not outlive its rows where power fails.
    private void Write()
    {
        var text = Encoding.UTF8.GetBytes(beginning + rows);
        if (continues)
            AppendedFile.Write(path, FileMode.OpenOrCreate, text, toDisk: true);
        else
            AtomicFile.Write(path, stream => stream.Write(text));
        continues = true;
        beginning = "";
        rows = "";
    }
}
