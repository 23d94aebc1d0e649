using System.Globalization;
using System.Text.Json;

namespace LstmDsl;

/// <summary>Reads <see cref="CheckpointMetadata"/> from JSON, trusting nothing; every message says which file and which member.</summary>
internal static class CheckpointMetadataReader
{
    /// <summary>The metadata of a checkpoint's JSON.</summary>
    /// <exception cref="InvalidDataException">The text is not such JSON, or a newer library wrote it.</exception>
    public static CheckpointMetadata Read(string json, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { AllowDuplicateProperties = false });
            return Read(new CheckpointMetadataObject(document.RootElement, "the metadata", file), file);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // The second is what an escaped lone surrogate gives, the third one that is not escaped.
            throw new InvalidDataException($"'{file}': the metadata are not valid JSON. {exception.Message}", exception);
        }
    }

    private static CheckpointMetadata Read(CheckpointMetadataObject metadata, string file)
    {
        // The version is looked at first: in a newer format everything else may mean something else.
        var format = metadata.Integer(CheckpointMetadataNames.Format, 1, int.MaxValue);
        if (format > CheckpointMetadata.CurrentFormat)
        {
            throw new InvalidDataException(
                $"'{file}' was written by a newer LstmDsl (format {format}; this library reads up to {CheckpointMetadata.CurrentFormat}).");
        }

        return new()
        {
            LibraryVersion = metadata.Text(CheckpointMetadataNames.LibraryVersion),
            ModelName = metadata.Text(CheckpointMetadataNames.ModelName),
            Layers = metadata.Has(CheckpointMetadataNames.Layers) ? metadata.Texts(CheckpointMetadataNames.Layers) : [],
            Fingerprint = metadata.Has(CheckpointMetadataNames.Fingerprint) ? Fingerprint(metadata) : 0,
            VectorWidth = metadata.Has(CheckpointMetadataNames.VectorWidth)
                ? (int)metadata.Integer(CheckpointMetadataNames.VectorWidth, 1, int.MaxValue)
                : null,
            PipelineJson = metadata.Has(CheckpointMetadataNames.Pipeline)
                ? metadata.Object(CheckpointMetadataNames.Pipeline).RawText
                : null,
            Training = metadata.Has(CheckpointMetadataNames.Training)
                ? Training(metadata.Object(CheckpointMetadataNames.Training))
                : null,
        };
    }

    private static ulong Fingerprint(CheckpointMetadataObject metadata) =>
        ulong.TryParse(metadata.Text(CheckpointMetadataNames.Fingerprint), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var found)
            ? found
            : throw metadata.Problem(CheckpointMetadataNames.Fingerprint, "a text of hexadecimal digits");

    /// <summary>Callbacks of a trainer.</summary>
    private const int MostCallbacks = 1000;

    private static TrainingMetadata Training(CheckpointMetadataObject training)
    {
        var callbacks = training.Object(CheckpointMetadataNames.Callbacks);
        // Each looks through all the tensors that callbacks keep.
        if (callbacks.Count > MostCallbacks)
            throw training.Problem(CheckpointMetadataNames.Callbacks, $"an object of up to {MostCallbacks} callbacks");
        return new()
        {
            Optimizer = training.Text(CheckpointMetadataNames.Optimizer),
            HyperParameters = training.Object(CheckpointMetadataNames.HyperParameters).Numbers(),
            Loss = training.Has(CheckpointMetadataNames.Loss) ? training.Text(CheckpointMetadataNames.Loss) : null,
            Iteration = training.Integer(CheckpointMetadataNames.Iteration, 0, long.MaxValue),
            LearningRate = training.Number(CheckpointMetadataNames.LearningRate),
            Epoch = (int)training.Integer(CheckpointMetadataNames.Epoch, 0, int.MaxValue),
            Seed = (int)training.Integer(CheckpointMetadataNames.Seed, int.MinValue, int.MaxValue),
            Frozen = training.Has(CheckpointMetadataNames.Frozen) ? training.Texts(CheckpointMetadataNames.Frozen) : [],
            Callbacks = callbacks.Objects().ToDictionary(callback => callback.Name, callback => callback.Value.Numbers()),
            CallbackTexts = training.Has(CheckpointMetadataNames.CallbackTexts)
                ? training.Object(CheckpointMetadataNames.CallbackTexts).Objects()
                    .ToDictionary(callback => callback.Name, callback => callback.Value.Texts())
                : new Dictionary<string, IReadOnlyDictionary<string, string>>(),
            Run = training.Has(CheckpointMetadataNames.Run) ? RunMetadata.Position(training.Object(CheckpointMetadataNames.Run)) : null,
            History = training.Has(CheckpointMetadataNames.History)
                ? RunMetadata.Record(training.Object(CheckpointMetadataNames.History))
                : RunRecord.Empty,
        };
    }
}
