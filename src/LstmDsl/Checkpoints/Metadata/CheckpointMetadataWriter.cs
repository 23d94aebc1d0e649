using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LstmDsl;

/// <summary>Writes <see cref="CheckpointMetadata"/> as JSON. Numbers without digits are texts: NaN, Infinity, -Infinity.</summary>
internal static class CheckpointMetadataWriter
{
    /// <summary>The JSON of a checkpoint's metadata.</summary>
    public static string Write(CheckpointMetadata metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber(CheckpointMetadataNames.Format, CheckpointMetadata.CurrentFormat);
            json.WriteString(CheckpointMetadataNames.LibraryVersion, metadata.LibraryVersion);
            json.WriteString(CheckpointMetadataNames.ModelName, metadata.ModelName);
            if (metadata.Layers.Count > 0)
            {
                json.WriteStartArray(CheckpointMetadataNames.Layers);
                foreach (var layer in metadata.Layers)
                    json.WriteStringValue(layer);
                json.WriteEndArray();
            }

            if (metadata.Fingerprint != 0)
                json.WriteString(CheckpointMetadataNames.Fingerprint, metadata.Fingerprint.ToString("x16", CultureInfo.InvariantCulture));
            if (metadata.VectorWidth is { } width)
            {
                json.WriteNumber(CheckpointMetadataNames.VectorWidth, width);
            }

            if (metadata.PipelineJson is not null)
            {
                json.WritePropertyName(CheckpointMetadataNames.Pipeline);
                WritePipeline(json, metadata.PipelineJson);
            }

            if (metadata.Training is not null)
            {
                json.WriteStartObject(CheckpointMetadataNames.Training);
                Write(json, metadata.Training);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WritePipeline(Utf8JsonWriter json, string text)
    {
        try
        {
            using var pipeline = JsonDocument.Parse(text);
            if (pipeline.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ArgumentException($"The pipeline must be a JSON object; it is a {pipeline.RootElement.ValueKind}.", nameof(text));
            }

            pipeline.RootElement.WriteTo(json);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The pipeline is not valid JSON. {exception.Message}", nameof(text), exception);
        }
    }

    private static void Write(Utf8JsonWriter json, TrainingMetadata training)
    {
        json.WriteString(CheckpointMetadataNames.Optimizer, training.Optimizer);
        Write(json, CheckpointMetadataNames.HyperParameters, training.HyperParameters);
        if (training.Loss is not null)
            json.WriteString(CheckpointMetadataNames.Loss, training.Loss);
        json.WriteNumber(CheckpointMetadataNames.Iteration, training.Iteration);
        Write(json, CheckpointMetadataNames.LearningRate, training.LearningRate);
        json.WriteNumber(CheckpointMetadataNames.Epoch, training.Epoch);
        json.WriteNumber(CheckpointMetadataNames.Seed, training.Seed);
        if (training.Frozen.Count > 0)
        {
            json.WriteStartArray(CheckpointMetadataNames.Frozen);
            foreach (var layer in training.Frozen)
                json.WriteStringValue(layer);
            json.WriteEndArray();
        }

        json.WriteStartObject(CheckpointMetadataNames.Callbacks);
        foreach (var (name, state) in training.Callbacks)
        {
            Write(json, name, state);
        }

        json.WriteEndObject();
        json.WriteStartObject(CheckpointMetadataNames.CallbackTexts);
        foreach (var (name, texts) in training.CallbackTexts)
        {
            json.WriteStartObject(name);
            foreach (var (key, text) in texts)
            {
                json.WriteString(key, text);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (training.Run is not null)
        {
            RunMetadata.Write(json, training.Run);
        }

        RunMetadata.Write(json, training.History);
    }

    /// <summary>Writes a number as a value, or the text that stands for it.</summary>
    public static void WriteValue(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(value) ? CheckpointMetadataNames.NotANumber
                : value > 0 ? CheckpointMetadataNames.PositiveInfinity : CheckpointMetadataNames.NegativeInfinity);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, double> numbers)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in numbers)
        {
            Write(json, key, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        WriteValue(json, value);
    }
}
