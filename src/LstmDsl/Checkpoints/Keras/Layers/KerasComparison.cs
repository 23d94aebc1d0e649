using System.Globalization;
using System.Text;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Compares the layers that a file of Keras describes with those that are declared.</summary>
internal static class KerasComparison
{
    /// <summary>
    /// Options that change training alone; a file that differs in them gives the same predictions, of a stateful layer those that begin in
    /// zeros.
    /// </summary>
    private static readonly HashSet<string> OfTrainingAlone =
        ["dropout", "recurrent_dropout", "rate", "momentum", "activity_regularizer", "unit_forget_bias", "stateful"];

    /// <summary>Compares them.</summary>
    /// <param name="stored">The file's layers.</param>
    /// <param name="plan">The declared model.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="InvalidDataException">
    /// They differ; the message is a table of both, the first difference marked, and the declaration that fits the file.
    /// </exception>
    public static void Check(KerasArchitecture stored, ModelPlan plan, string file)
    {
        List<string> modelRows = [$"InputLayer ({plan.Shape.Timesteps}, {plan.Shape.Features})"];
        List<string> fileRows = [Input(stored, plan) ?? modelRows[0]];
        for (var i = 0; i < Math.Max(stored.Layers.Count, plan.Layers.Count); i++)
        {
            var layer = i < stored.Layers.Count ? stored.Layers[i] : null;
            JsonElement? declared = i < plan.Layers.Count ? KerasJson.Parse(plan.Layers[i].Options, file, "a layer's options") : null;
            // What a layer takes has as many axes, the samples' included, as this number is past the last of.
            var lastAxis = i == 0 ? 2 : i <= plan.Layers.Count ? plan.Layers[i - 1].OutputShape.Length : 0;
            fileRows.Add(layer is null ? "" : Row(layer.Kind, layer.Options, declared, stored.IsKeras2, lastAxis));
            modelRows.Add(declared is { } own ? Row(plan.Layers[i].Kind, own, layer?.Options, isKeras2: false, lastAxis) : "");
        }

        var first = Enumerable.Range(0, fileRows.Count).FirstOrDefault(i => fileRows[i] != modelRows[i], -1);
        if (first >= 0)
            throw new InvalidDataException(Table(plan, file, fileRows, modelRows, first) + Declaration(stored));
    }

    private static string? Input(KerasArchitecture stored, ModelPlan plan)
    {
        if (stored.InputShape is not { } shape)
            return null;
        // A size that is free fits any; a model of numbers to embed has no axis of features in Keras.
        int[] declared = [plan.Shape.Timesteps, plan.Shape.Features];
        var sizes = shape.Select((size, i) => size ?? (i < declared.Length ? declared[i] : 0)).ToList();
        if (sizes.Count == 1 && plan.Shape.Features == 1)
            sizes.Add(1);
        return $"InputLayer ({string.Join(", ", sizes)})";
    }

    /// <summary>
    /// A layer with its sizes and those of its options in which it differs from its counterpart; an option that either leaves out is at
    /// Keras's default there. What a declaration cannot say is shown where it is not at Keras's default.
    /// </summary>
    private static string Row(
        string kind, JsonElement options, JsonElement? other, bool isKeras2, int lastAxis, bool isInner = false)
    {
        var text = new StringBuilder(kind);
        foreach (var (name, usual, isSize) in Compared(kind))
        {
            var value = Value(options, name, usual);
            var isSteeper = isKeras2 && value == "hard_sigmoid";
            if (isSize || isSteeper || (other is { } counterpart && Value(counterpart, name, usual) != value))
                text.Append(' ').Append(name).Append('=').Append(value).Append(isSteeper ? " (of Keras 2, steeper)" : "");
        }

        if (KerasJson.Member(options, "layer") is { } wrapped)
        {
            var inner = KerasJson.Member(wrapped, "config") ?? default;
            var innerOther = KerasJson.Member(KerasJson.Member(other ?? default, "layer") ?? default, "config");
            text.Append(" of ").Append(Row(KerasJson.Text(wrapped, "class_name") ?? "?", inner, innerOther, isKeras2, lastAxis, isInner: true));
        }

        foreach (var (name, usual) in KerasLayerJson.Others(kind))
        {
            if (IsOfNoMatter(name) || (isInner && name == KerasLayerJson.ZeroOutputForMask))
                continue;
            if (KerasJson.Member(options, name) is not { } value || value.ValueKind == JsonValueKind.Null)
                continue;
            var isUsual = Text(value) == Text(KerasJson.Parse(usual, "", name)) || (name == "axis" && KerasJson.Whole(Single(value)) == lastAxis);
            if (!isUsual)
                text.Append(' ').Append(name).Append('=').Append(Text(value));
        }

        return text.ToString();
    }

    /// <summary>The options that a declaration says and that change predictions, with their defaults; sizes have none.</summary>
    private static IEnumerable<(string Name, object? Default, bool IsSize)> Compared(string kind)
    {
        if (kind == KerasNames.Bidirectional)
            return [("merge_mode", Merge.Concat, false)];
        if (KerasAttributes.Of(kind) is not { } attribute)
            return [];
        return attribute.Sizes.Select(size => (size, (object?)null, true))
            .Concat(attribute.Named.Select(named => (named.Option, (object?)named.Default, false)))
            .Where(option => !OfTrainingAlone.Contains(option.Item1));
    }

    private static string Value(JsonElement options, string name, object? usual) => KerasJson.Member(options, name) is { } value
        ? Text(value)
        : usual switch
        {
            null => "?",
            string same => Value(options, same, null),
            bool flag => flag ? "true" : "false",
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            _ => KerasNames.Snake(usual.ToString()!),
        };

    /// <summary>What changes training alone, how fast a layer runs, or nothing at all in a prediction of one batch.</summary>
    private static bool IsOfNoMatter(string option) => option is "seed" or "noise_shape" or "stateful" or "unroll" or "activity_regularizer"
        or "quantization_config" or "synchronized" or "renorm" or "renorm_clipping" or "renorm_momentum";

    private static JsonElement Single(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 ? value[0] : value;

    private static string Text(JsonElement value) => Single(value) switch
    {
        { ValueKind: JsonValueKind.Object } item when KerasJson.Member(item, "config") is { } config => Text(config),
        { ValueKind: JsonValueKind.String } item => item.GetString()!,
        { ValueKind: JsonValueKind.Number } item when item.TryGetDouble(out var number) => number.ToString("R", CultureInfo.InvariantCulture),
        var item => item.GetRawText(),
    };

    private static string Table(ModelPlan plan, string file, List<string> fileRows, List<string> modelRows, int first)
    {
        var width = Math.Max(fileRows.Max(row => row.Length), "file".Length);
        var text = new StringBuilder($"'{file}' holds another model than {plan.Name}; the first difference is marked:\n");
        text.Append("  ").Append("file".PadRight(width)).Append(" | ").Append(plan.Name);
        for (var i = 0; i < fileRows.Count; i++)
            text.Append('\n').Append($"{(i == first ? "> " : "  ")}{fileRows[i].PadRight(width)} | {modelRows[i]}".TrimEnd());
        return text.ToString();
    }

    private static string Declaration(KerasArchitecture stored) =>
        $"\n\nThe declaration that fits the file:\n\n{KerasDeclaration.Of(stored, "Model")}";
}
