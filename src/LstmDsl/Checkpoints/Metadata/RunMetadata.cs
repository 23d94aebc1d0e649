using System.Text.Json;

namespace LstmDsl;

/// <summary>A run's position and history, to the JSON of a checkpoint and back.</summary>
internal static class RunMetadata
{
    /// <summary>Writes the member that tells where a run stands.</summary>
    public static void Write(Utf8JsonWriter json, RunPosition run)
    {
        json.WriteStartObject(CheckpointMetadataNames.Run);
        json.WriteNumber(CheckpointMetadataNames.Epoch, run.Epoch);
        json.WriteNumber(CheckpointMetadataNames.Batch, run.Batch);
        json.WriteNumber(CheckpointMetadataNames.Pass, run.Pass);
        json.WriteNumber(CheckpointMetadataNames.Seen, run.Seen);
        json.WriteString(CheckpointMetadataNames.Moment, CheckpointMetadataNames.Moments.Single(moment => moment.Moment == run.Moment).Name);
        json.WriteNumber(CheckpointMetadataNames.Called, run.Called);
        json.WriteString(CheckpointMetadataNames.StopReason, run.StopReason);
        json.WriteNumber(CheckpointMetadataNames.FirstIteration, run.FirstIteration);
        Write(json, CheckpointMetadataNames.Sums, run.Sums);
        if (run.States.Length > 0)
            Write(json, CheckpointMetadataNames.States, run.States);
        if (run.Shape is { } shape)
        {
            json.WriteNumber(CheckpointMetadataNames.Samples, shape.Samples);
            json.WriteNumber(CheckpointMetadataNames.BatchSize, shape.BatchSize);
            json.WriteNumber(CheckpointMetadataNames.Batches, shape.Batches);
            json.WriteBoolean(CheckpointMetadataNames.Shuffle, shape.Shuffle);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the member that holds a run's epochs.</summary>
    public static void Write(Utf8JsonWriter json, RunRecord record)
    {
        json.WriteStartObject(CheckpointMetadataNames.History);
        json.WriteStartArray(CheckpointMetadataNames.Epochs);
        foreach (var epoch in record.Epochs)
            json.WriteNumberValue(epoch);
        json.WriteEndArray();
        json.WriteStartObject(CheckpointMetadataNames.Values);
        foreach (var (name, values) in record.Values)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
            {
                if (value is { } number)
                    CheckpointMetadataWriter.WriteValue(json, number);
                else
                    json.WriteNullValue();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartArray(CheckpointMetadataNames.Warnings);
        foreach (var warning in record.Warnings)
            json.WriteStringValue(warning);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads where a run stands.</summary>
    /// <exception cref="InvalidDataException">A member is missing or makes no sense.</exception>
    public static RunPosition Position(CheckpointMetadataObject run)
    {
        var moment = Moment(run);
        var batch = Count(run, CheckpointMetadataNames.Batch);
        if (batch == 0 && moment == RunMoment.BatchEnd)
            throw run.Problem(CheckpointMetadataNames.Batch, "1 at least at a batch's end");
        return new()
        {
            Epoch = Count(run, CheckpointMetadataNames.Epoch),
            Batch = batch,
            Pass = Count(run, CheckpointMetadataNames.Pass),
            Seen = Count(run, CheckpointMetadataNames.Seen),
            Moment = moment,
            Called = Count(run, CheckpointMetadataNames.Called),
            StopReason = run.Has(CheckpointMetadataNames.StopReason) ? run.Text(CheckpointMetadataNames.StopReason) : null,
            FirstIteration = run.Integer(CheckpointMetadataNames.FirstIteration, 0, long.MaxValue),
            Sums = Numbers(run, CheckpointMetadataNames.Sums),
            States = run.Has(CheckpointMetadataNames.States) ? Numbers(run, CheckpointMetadataNames.States) : [],
            Shape = run.Has(CheckpointMetadataNames.Samples)
                ? new(
                    Count(run, CheckpointMetadataNames.Samples),
                    Count(run, CheckpointMetadataNames.BatchSize),
                    Count(run, CheckpointMetadataNames.Batches),
                    run.Flag(CheckpointMetadataNames.Shuffle))
                : null,
        };
    }

    /// <summary>Reads a run's epochs.</summary>
    /// <exception cref="InvalidDataException">A member is missing or makes no sense.</exception>
    public static RunRecord Record(CheckpointMetadataObject history)
    {
        var epochs = history.Integers(CheckpointMetadataNames.Epochs, 0, int.MaxValue);
        for (var index = 1; index < epochs.Length; index++)
        {
            if (epochs[index] <= epochs[index - 1])
                throw history.Problem(CheckpointMetadataNames.Epochs, "ascending");
        }

        var columns = history.Object(CheckpointMetadataNames.Values);
        var values = new Dictionary<string, double?[]>();
        foreach (var (name, numbers) in columns.NumberLists())
        {
            values.Add(name, numbers);
            if (numbers.Length != epochs.Length)
                throw columns.Problem(name, $"an array of {epochs.Length} values, as many as there are epochs");
        }

        return new(epochs, values, history.Texts(CheckpointMetadataNames.Warnings));
    }

    private static void Write(Utf8JsonWriter json, string name, double[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            CheckpointMetadataWriter.WriteValue(json, value);
        json.WriteEndArray();
    }

    private static double[] Numbers(CheckpointMetadataObject run, string name) =>
        [.. run.Numbers(name).Select(number => number ?? throw run.Problem(name, "an array of numbers"))];

    private static RunMoment Moment(CheckpointMetadataObject run)
    {
        var name = run.Text(CheckpointMetadataNames.Moment);
        foreach (var (moment, known) in CheckpointMetadataNames.Moments)
        {
            if (known == name)
                return moment;
        }

        throw run.Problem(
            CheckpointMetadataNames.Moment, "one of " + string.Join(", ", CheckpointMetadataNames.Moments.Select(known => known.Name)));
    }

    private static int Count(CheckpointMetadataObject run, string name) => (int)run.Integer(name, 0, int.MaxValue);
}
