using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LstmDsl;

/// <summary>A history as text files.</summary>
internal static class HistoryFiles
{
    /// <summary>Writes the layout of <see cref="CsvLogger"/>, columns in the order of the logs.</summary>
    public static void WriteCsv(History history, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        writer.Write(EpochCsv.Header(history.Names, ','));
        foreach (var epoch in history.Epochs)
            writer.Write(EpochCsv.Row(epoch, history.Names.Select(name => history.ValueAt(name, epoch)), ','));
    }

    /// <summary>Writes one JSON object; every array has an element an epoch.</summary>
    public static void WriteJson(History history, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteStartArray("epochs");
        foreach (var epoch in history.Epochs) json.WriteNumberValue(epoch);
        json.WriteEndArray();
        json.WriteStartArray("seconds");
        foreach (var duration in history.Durations) json.WriteNumberValue(duration.TotalSeconds);
        json.WriteEndArray();
        json.WriteStartObject("history");
        foreach (var name in history.Names)
        {
            json.WriteStartArray(name);
            foreach (var epoch in history.Epochs) WriteValue(json, history.ValueAt(name, epoch));
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteString("stopped_by", history.StoppedBy);
        json.WriteStartArray("warnings");
        foreach (var warning in history.Warnings) json.WriteStringValue(warning);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, double? value)
    {
        if (value is not { } number) json.WriteNullValue();
        else if (double.IsFinite(number)) json.WriteNumberValue(number);
        else json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
    }
}
