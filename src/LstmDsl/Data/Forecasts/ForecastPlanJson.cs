using System.Text.Json;

namespace LstmDsl;

/// <summary>A forecast's declaration as a member of a pipeline's JSON.</summary>
internal static class ForecastPlanJson
{
    /// <summary>The member's name.</summary>
    public const string Name = "forecast";

    /// <summary>Writes the member.</summary>
    public static void Write(ForecastPlan plan, Utf8JsonWriter writer)
    {
        writer.WriteStartObject(Name);
        writer.WriteNumber("window", plan.Window);
        writer.WriteNumber("horizon", plan.Horizon);
        writer.WriteNumber("lead", plan.Lead);
        writer.WriteStartArray("seasons");
        foreach (var season in plan.Seasons) writer.WriteNumberValue(season);
        writer.WriteEndArray();
        writer.WriteNumber("mase_lag", plan.MaseLag);
        writer.WriteStartArray("columns");
        foreach (var column in plan.Columns) Write(column, writer);
        writer.WriteEndArray();
        writer.WriteStartArray("levels");
        foreach (var level in plan.Levels) writer.WriteNumberValue(level);
        writer.WriteEndArray();
        writer.WriteBoolean("mean", plan.HasMean);
        writer.WriteBoolean("future", plan.JoinsFuture);
        writer.WriteEndObject();
    }

    /// <summary>Reads the member of a pipeline's object.</summary>
    /// <exception cref="InvalidDataException">Something is missing or of the wrong kind; the message names it.</exception>
    public static ForecastPlan Read(JsonElement pipeline)
    {
        var json = PipelineJson.Member(pipeline, Name, JsonValueKind.Object);
        return new()
        {
            Window = PipelineJson.ReadCount(json, "window"),
            Horizon = PipelineJson.ReadCount(json, "horizon"),
            Lead = ReadNumber(json, "lead"),
            Seasons = ReadCounts(json, "seasons"),
            MaseLag = PipelineJson.ReadCount(json, "mase_lag"),
            Columns = [.. PipelineJson.Member(json, "columns", JsonValueKind.Array).EnumerateArray().Select(ReadColumn)],
            Levels = PipelineJson.ReadNumbers(json, "levels"),
            HasMean = PipelineJson.ReadFlag(json, "mean"),
            JoinsFuture = PipelineJson.ReadFlag(json, "future"),
        };
    }

    private static void Write(ForecastColumn column, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", column.Name);
        writer.WriteString("role", NameOf(column.Role));
        writer.WriteString("scaling", PipelineJson.NameOf(column.Scaling));
        if (column.Unit is not null) writer.WriteString("unit", column.Unit);
        if (column.NonNegative) writer.WriteBoolean("non_negative", true);
        if (column.Part is { } part) writer.WriteString("part", part.ToString());
        if (column.Lag > 0) writer.WriteNumber("lag", column.Lag);
        if (column.Categories.Count > 0) PipelineJson.WriteNames(writer, "categories", column.Categories);
        writer.WriteEndObject();
    }

    private static ForecastColumn ReadColumn(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw PipelineJson.Wrong("columns", json, "an object for each column");
        var name = PipelineJson.Text(PipelineJson.Member(json, "name", JsonValueKind.String), "name");
        return new(name, ReadName<ForecastRole>(json, "role", NameOf), PipelineJson.ReadKind(json, name))
        {
            Unit = json.TryGetProperty("unit", out _) ? PipelineJson.ReadText(json, "unit") : null,
            NonNegative = json.TryGetProperty("non_negative", out _) && PipelineJson.ReadFlag(json, "non_negative"),
            Part = json.TryGetProperty("part", out _) ? ReadName<DatePart>(json, "part", part => part.ToString()) : null,
            Lag = json.TryGetProperty("lag", out _) ? ReadNumber(json, "lag") : 0,
            Categories = json.TryGetProperty("categories", out _) ? PipelineJson.ReadNames(json, "categories") : [],
        };
    }

    private static string NameOf(ForecastRole role) => role switch
    {
        ForecastRole.Target => "target",
        ForecastRole.Known => "known",
        _ => "past",
    };

    private static T ReadName<T>(JsonElement json, string member, Func<T, string> nameOf) where T : struct, Enum
    {
        var found = PipelineJson.Member(json, member, JsonValueKind.String);
        var name = PipelineJson.Text(found, member);
        foreach (var value in Enum.GetValues<T>())
        {
            if (nameOf(value) == name)
                return value;
        }

        throw PipelineJson.Wrong(member, found, $"one of '{string.Join("', '", Enum.GetValues<T>().Select(nameOf))}'");
    }

    private static int[] ReadCounts(JsonElement json, string name) =>
    [
        .. PipelineJson.Member(json, name, JsonValueKind.Array).EnumerateArray()
            .Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var count) && count > 0
                ? count
                : throw PipelineJson.Wrong(name, item, "a whole number from 1")),
    ];

    private static int ReadNumber(JsonElement json, string name)
    {
        var member = PipelineJson.Member(json, name, JsonValueKind.Number);
        return member.TryGetInt32(out var number) && number >= 0 ? number : throw PipelineJson.Wrong(name, member, "a whole number from 0");
    }
}
