using System.Globalization;
using System.Text;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Compares the layers that a file of Keras describes with those that are declared.</summary>
internal static class KerasArchitecture
{
    /// <summary>Options that change training alone; a file that differs in them gives the same predictions.</summary>
    private static readonly HashSet<string> OfTrainingAlone =
        ["dropout", "recurrent_dropout", "rate", "momentum", "activity_regularizer", "unit_forget_bias"];

    /// <summary>Compares them.</summary>
    /// <param name="architecture">The model's JSON: <c>class_name</c> and <c>config</c> with <c>layers</c>.</param>
    /// <param name="plan">The declared model.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="InvalidDataException">They differ; the message is a table of both, the first difference marked.</exception>
    public static void Check(JsonElement architecture, ModelPlan plan, string file)
    {
        if (KerasJson.Member(architecture, "config") is not { } config
            || KerasJson.Member(config, "layers") is not { ValueKind: JsonValueKind.Array } layers)
            throw new InvalidDataException($"'{file}': its configuration lists no layers.");

        var stored = new List<(string Kind, JsonElement Config)>();
        var input = $"InputLayer ({plan.Shape.Timesteps}, {plan.Shape.Features})";
        var storedInput = input;
        foreach (var layer in layers.EnumerateArray())
        {
            var kind = KerasJson.Text(layer, "class_name") ?? "?";
            var own = KerasJson.Member(layer, "config") ?? default;
            if (kind == "InputLayer")
                storedInput = Input(own, plan) ?? storedInput;
            else
                stored.Add((kind, own));
        }

        List<string> fileRows = [storedInput];
        List<string> modelRows = [input];
        for (var i = 0; i < Math.Max(stored.Count, plan.Layers.Count); i++)
        {
            JsonElement? options = i < plan.Layers.Count ? KerasJson.Parse(plan.Layers[i].Options, file, "a layer's options") : null;
            modelRows.Add(options is { } declared ? Row(plan.Layers[i].Kind, declared, declared) : "");
            fileRows.Add(i < stored.Count ? Row(stored[i].Kind, stored[i].Config, options) : "");
        }

        var first = Enumerable.Range(0, fileRows.Count).FirstOrDefault(i => fileRows[i] != modelRows[i], -1);
        if (first >= 0)
            throw new InvalidDataException(Table(plan, file, fileRows, modelRows, first));
    }

    private static string? Input(JsonElement config, ModelPlan plan)
    {
        var shape = KerasJson.Member(config, "batch_shape") ?? KerasJson.Member(config, "batch_input_shape");
        if (shape is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() < 2)
            return null;
        // A size that is free fits any; a model of numbers to embed has no axis of features in Keras.
        int[] declared = [plan.Shape.Timesteps, plan.Shape.Features];
        var sizes = list.EnumerateArray().Skip(1).Select((size, i) =>
            size.ValueKind == JsonValueKind.Null && i < declared.Length ? $"{declared[i]}" : size.GetRawText()).ToList();
        if (sizes.Count == 1 && plan.Shape.Features == 1)
            sizes.Add("1");
        return $"InputLayer ({string.Join(", ", sizes)})";
    }

    /// <summary>A layer and those of its options that the declaration knows; where a file leaves one out, it has Keras's default.</summary>
    private static string Row(string kind, JsonElement config, JsonElement? declared)
    {
        var text = new StringBuilder(kind);
        var names = (declared ?? config) is { ValueKind: JsonValueKind.Object } source ? source.EnumerateObject().ToList() : [];
        foreach (var member in names)
        {
            if (OfTrainingAlone.Contains(member.Name) || (declared is null && member.Name != "units"))
                continue;
            var value = KerasJson.Member(config, member.Name) ?? member.Value;
            if (member.Name == "layer")
            {
                var inner = KerasJson.Text(value, "class_name") ?? "?";
                text.Append(" of ").Append(Row(inner, KerasJson.Member(value, "config") ?? default, KerasJson.Member(member.Value, "config")));
            }
            else
            {
                text.Append(' ').Append(member.Name).Append('=').Append(Text(value));
            }
        }

        return text.ToString();
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array when value.GetArrayLength() == 1 => Text(value[0]),
        JsonValueKind.Object when KerasJson.Member(value, "config") is { } config => Text(config),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number when value.TryGetDouble(out var number) => number.ToString("R", CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };

    private static string Table(ModelPlan plan, string file, List<string> fileRows, List<string> modelRows, int first)
    {
        var width = Math.Max(fileRows.Max(row => row.Length), "file".Length);
        var text = new StringBuilder($"'{file}' holds another model than {plan.Name}; the first difference is marked:\n");
        text.Append("  ").Append("file".PadRight(width)).Append(" | ").Append(plan.Name);
        for (var i = 0; i < fileRows.Count; i++)
            text.Append('\n').Append(i == first ? "> " : "  ").Append(fileRows[i].PadRight(width)).Append(" | ").Append(modelRows[i]);
        return text.ToString();
    }
}
