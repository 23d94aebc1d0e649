using System.Text;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Compares the layers that a file of Keras describes with those that are declared.</summary>
internal static class KerasComparison
{
    private const string BackwardLayer = "backward_layer";

    /// <summary>
    /// Options that change training alone; a file that differs in them gives the same predictions, of a stateful layer those that begin in
    /// zeros.
    /// </summary>
    private static readonly HashSet<string> OfTrainingAlone =
        ["dropout", "recurrent_dropout", "rate", "momentum", "activity_regularizer", "unit_forget_bias", "stateful"];

    /// <summary>Characters that a table shows of an option's value.</summary>
    private const int LongestValue = 80;

    /// <summary>Rows that a table shows before the first difference, and behind it.</summary>
    private const int RowsAround = 20;

    /// <summary>Layers of a declaration that a message shows.</summary>
    private const int MostDeclared = 100;

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
            fileRows.Add(layer is null ? "" : Row(layer.Kind, layer.Options, declared, lastAxis));
            modelRows.Add(declared is { } own ? Row(plan.Layers[i].Kind, own, layer?.Options, lastAxis) : "");
        }

        var first = Enumerable.Range(0, fileRows.Count).FirstOrDefault(i => fileRows[i] != modelRows[i], -1);
        if (first >= 0)
        {
            throw new InvalidDataException(
                Table(plan, file, fileRows, modelRows, first) + Note(fileRows[first], modelRows[first]) + Declaration(stored));
        }
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
    private static string Row(string kind, JsonElement options, JsonElement? other, int lastAxis, bool isInner = false)
    {
        var text = new StringBuilder(Excerpt.Of(kind));
        foreach (var (name, usual, isSize) in Compared(kind))
        {
            var value = Value(options, name, usual);
            if (isSize || (other is { } counterpart && Value(counterpart, name, usual) != value))
                text.Append(' ').Append(name).Append('=').Append(value);
        }

        if (KerasJson.Member(options, "layer") is { } wrapped)
        {
            var inner = KerasJson.Member(wrapped, "config") ?? default;
            var innerOther = KerasJson.Member(KerasJson.Member(other ?? default, "layer") ?? default, "config");
            text.Append(" of ").Append(Row(KerasJson.Text(wrapped, "class_name") ?? "?", inner, innerOther, lastAxis, isInner: true));
            if (KerasJson.Member(options, BackwardLayer) is { ValueKind: JsonValueKind.Object } backward
                && KerasTwins.Difference(wrapped, backward) is { } difference)
                text.Append(' ').Append(BackwardLayer).Append(' ').Append(difference);
        }

        foreach (var undeclared in KerasUndeclared.Of(kind, options, lastAxis, isInner).Where(option => option.Loss == KerasLoss.OfPredictions))
            text.Append(' ').Append(undeclared.Option).Append('=').Append(undeclared.Value);

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

    /// <summary>What Keras 2 alone has of a class, and a declaration cannot say, as JSON.</summary>
    public static IEnumerable<(string Name, string Value)> OfKeras2(string kind) =>
        KerasNames.IsRecurrent(kind) ? [("time_major", "false")] : [];

    /// <summary>An option's value, its default where it is left out.</summary>
    public static string Value(JsonElement options, string name, object? usual) => KerasJson.Member(options, name) is { } value
        ? Text(value)
        : usual switch
        {
            null => "?",
            string same => KerasJson.Member(options, same) is null ? same : Value(options, same, null),
            bool flag => flag ? "true" : "false",
            double number => KerasJson.Shortest(number),
            double[] => "null",
            _ => KerasNames.Snake(usual.ToString()!),
        };

    private static JsonElement Single(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 ? value[0] : value;

    /// <summary>A value as one reads it; of an object its configuration.</summary>
    public static string Text(JsonElement value) => Single(value) switch
    {
        { ValueKind: JsonValueKind.Object } item when KerasJson.Member(item, "config") is { } config => Text(config),
        { ValueKind: JsonValueKind.String } item => Excerpt.Of(item.GetString(), LongestValue),
        { ValueKind: JsonValueKind.Number } item when item.TryGetDouble(out var number) => KerasJson.Shortest(number),
        { ValueKind: JsonValueKind.Array } item => Excerpt.Of($"[{string.Join(", ", item.EnumerateArray().Select(Text))}]", LongestValue),
        var item => Excerpt.Of(item.GetRawText(), LongestValue),
    };

    private static string Table(ModelPlan plan, string file, List<string> fileRows, List<string> modelRows, int first)
    {
        var width = Math.Max(fileRows.Skip(first - RowsAround).Take((2 * RowsAround) + 1).Max(row => row.Length), "file".Length);
        var text = new StringBuilder($"'{file}' holds another model than {plan.Name}; the first difference is marked:\n");
        text.Append("  ").Append("file".PadRight(width)).Append(" | ").Append(plan.Name);
        var (from, to) = (Math.Max(first - RowsAround, 0), Math.Min(first + RowsAround + 1, fileRows.Count));
        text.Append(from > 0 ? "\n  …" : "");
        for (var i = from; i < to; i++)
            text.Append('\n').Append($"{(i == first ? "> " : "  ")}{fileRows[i].PadRight(width)} | {modelRows[i]}".TrimEnd());
        return text.Append(to < fileRows.Count ? "\n  …" : "").ToString();
    }

    /// <summary>What a reader of the table may not know of its marked row.</summary>
    private static string Note(string fileRow, string modelRow)
    {
        var text = new StringBuilder();
        if (fileRow.Contains($" {BackwardLayer} ", StringComparison.Ordinal))
            text.Append("\n\n[Bidirectional] runs one layer in both directions; a backward_layer that differs from it cannot be declared.");
        if ((fileRow + modelRow).Contains("=hard_sigmoid", StringComparison.Ordinal))
        {
            text.Append("\n\nKeras 2's hard_sigmoid, clip(0.2x + 0.5), is Activation.HardSigmoidKeras2 here, hard_sigmoid_keras2 in this table; "
                + "Activation.HardSigmoid is Keras 3's, relu6(x + 3) / 6.");
        }

        return text.ToString();
    }

    private static string Declaration(KerasArchitecture stored)
    {
        if (stored.Layers.Count > MostDeclared)
            return "\n\nKerasFile.Declaration(path) gives the declaration that fits the file.";
        var declaration = KerasDeclaration.Of(stored, "Model");
        var isLess = declaration.Contains("#error", StringComparison.Ordinal) ? ", but for what stands behind #error" : "";
        return $"\n\nThe declaration that fits the file{isLess}:\n\n{declaration}";
    }
}
