using System.Globalization;

namespace LstmDsl;

/// <summary>
/// Writes event files that TensorBoard shows, as <c>keras.callbacks.TensorBoard</c> writes its epochs: in the folder <c>train</c> each
/// value of an epoch as <c>epoch_loss</c> and so on, in <c>validation</c> the <c>val_</c> values under the same names, the step being the
/// epoch's index from 0; where the optimizer's learning rate follows a schedule, also <c>epoch_learning_rate</c>. Values are floats.
/// </summary>
/// <remarks>
/// Each run begins files of its own; they are complete after each epoch, and what cannot be written comes with the next one's. Keras's graph, histograms and values of batches are not written.
/// </remarks>
public sealed class TensorBoard : Callback
{
    private const string ScalarPrefix = "epoch_";
    private const string ValidationPrefix = "val_";
    private const string LearningRate = "learning_rate";
    private readonly string folder;
    private EventFile? training;
    private EventFile? validation;

    /// <summary>Describes where to write.</summary>
    /// <param name="folder">The folder that TensorBoard is given; made where it is missing.</param>
    /// <param name="onWriteError">What becomes of the fit where an epoch cannot be written.</param>
    /// <exception cref="ArgumentException">The folder has no name.</exception>
    public TensorBoard(string folder = "logs", OnWriteError onWriteError = OnWriteError.Warn)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        this.folder = folder;
        OnWriteError = onWriteError;
    }

    /// <summary>What becomes of the fit where an epoch cannot be written.</summary>
    public OnWriteError OnWriteError { get; }

    /// <summary>The clock.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;

    /// <inheritdoc/>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        training = Begin("train");
        validation = context.LogNames.Any(Improvement.IsOfValidation) ? Begin("validation") : null;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var trained = new List<(string Tag, double Value)>();
        var validated = new List<(string Tag, double Value)>();
        foreach (var (name, value) in context.Logs)
        {
            if (Improvement.IsOfValidation(name))
                validated.Add((ScalarPrefix + name[ValidationPrefix.Length..], value));
            else
                trained.Add((ScalarPrefix + name, value));
        }

        if (context.FollowsSchedule && !context.Logs.ContainsKey(LearningRate))
            trained.Add((ScalarPrefix + LearningRate, context.LearningRate));
        Write(context, training!, trained);
        if (validated.Count > 0)
            Write(context, validation!, validated);
    }

    /// <inheritdoc/>
    internal override bool WantsBatches => false;

    private void Write(TrainingContext context, EventFile file, List<(string Tag, double Value)> scalars)
    {
        file.Add(context.Epoch, scalars);
        WriteAttempt.Run(OnWriteError, context, nameof(TensorBoard), "write", file.FileName, file.Write);
    }

    // As TensorFlow names them; TensorBoard reads the files of a folder in the order of their names.
    private EventFile Begin(string part)
    {
        var seconds = Time.GetUtcNow().ToUnixTimeSeconds().ToString("D10", CultureInfo.InvariantCulture);
        var start = Path.Combine(folder, part, $"events.out.tfevents.{seconds}.{Environment.MachineName}.");
        start += Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        OutputFolder.Prepare(start, nameof(TensorBoard));
        var number = 0;
        string path;
        do
        {
            path = string.Create(CultureInfo.InvariantCulture, $"{start}.{number++}.v2");
        }
        while (File.Exists(path));
        return new EventFile(path, Time);
    }
}
