using System.Globalization;
using System.Text;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Compares the layers that a file of Keras describes with those that are declared.</summary>
internal static class KerasComparison
{
    /// <summary>Characters that a table shows of an option's value.</summary>
    private const int LongestValue = 80;

    /// <summary>Rows that a table shows before the first difference, and behind it.</summary>
    private const int RowsAround = 20;

    /// <summary>Layers of a declaration that a message shows.</summary>
    private const int MostDeclared = 100;

    /// <summary>Compares them.</summary>
    /// <param name="stored">The file's layers.</param>
    /// <param name="plan">The declared model.</param>
    /// <param name="path">The file, for messages.</param>
    /// <returns>The file's layers, in its order, each with the model's that it is.</returns>
    /// <exception cref="InvalidDataException">
    /// They differ; the message is a table of both, the first difference marked, and the declaration that fits the file.
    /// </exception>
    public static IReadOnlyList<KerasPair> Check(KerasArchitecture stored, ModelPlan plan, string path)
    {
        var graph = KerasGraph.Of(plan);
        var declared = graph.BehindSources();
        var areChains = stored.IsChain && plan.IsSequential;
        var (fileRows, modelRows) = (new List<string>(), new List<string>());
        for (var i = 0; i < Math.Max(stored.Entries.Count, declared.Count); i++)
        {
            var node = i < declared.Count ? declared[i] : null;
            var layer = i < stored.Entries.Count ? stored.Entries[i] : null;
            // What a layer takes has as many axes, the samples' included, as this number is past the last of.
            var lastAxis = node is { Inputs: [var source, ..] } ? source.Shape.Length : 0;
            var file = layer is null or { IsInput: true } ? null : DescribedLayer.Of(layer.Kind, layer.Options, lastAxis);
            var model = node?.Layer is { } own ? DescribedLayer.Of(own.Plan) : null;
            var modelRow = node is null ? "" : model?.Row(file) ?? $"{KerasNode.InputKind} ({string.Join(", ", Declared(plan, node))})";
            var fileRow = layer is null ? "" : file?.Row(model) ?? Input(layer, node is { Layer: null } ? Declared(plan, node) : []) ?? modelRow;
            fileRows.Add(areChains || layer is null ? fileRow : Numbered(i, fileRow, layer.Sources));
            modelRows.Add(areChains || node is null ? modelRow : Numbered(i, modelRow, [.. node.Inputs.Select(input => declared.IndexOf(input))]));
        }

        var first = Enumerable.Range(0, fileRows.Count).FirstOrDefault(i => fileRows[i] != modelRows[i], -1);
        if (first >= 0)
        {
            throw new InvalidDataException(
                Table(plan, path, fileRows, modelRows, first) + Note(fileRows[first], modelRows[first]) + Declaration(stored));
        }

        RequireNames(stored, declared, path);
        new KerasMaskComparison(stored, declared).Check(path);
        if (KerasLostMasks.Of(graph) is { } reason)
            throw new InvalidDataException($"'{path}' holds a model that {plan.Name} is not, though its layers are the same: {reason}.");
        return
        [
            .. from entry in stored.Entries.Index()
               where declared[entry.Index].IsDeclared
               orderby entry.Item.Place
               select new KerasPair(entry.Item, declared[entry.Index].Layer!.Value.Index),
        ];
    }

    /// <summary>A row with its number and those of what it takes, where a table is of more than a chain.</summary>
    private static string Numbered(int index, string row, IReadOnlyList<int> sources)
    {
        var takes = sources.Count == 0 ? "" : $" of {string.Join(", ", sources.Select(source => source + 1))}";
        return string.Create(CultureInfo.InvariantCulture, $"{index + 1} {row}{takes}");
    }

    /// <summary>An input that bears the name of another input of the model would be fed with what is meant for that.</summary>
    private static void RequireNames(KerasArchitecture stored, List<KerasNode> declared, string path)
    {
        foreach (var (index, entry) in stored.Entries.Index())
        {
            var isAnother = declared.Exists(node => node.Kind == KerasNode.InputKind && node.Name == entry.Name);
            if (entry.IsInput && isAnother && entry.Name != declared[index].Name)
            {
                throw new InvalidDataException(
                    $"'{path}': what its layers take from the input '{Excerpt.Of(entry.Name)}', the model's take from '{declared[index].Name}', "
                    + $"and the model has an input '{Excerpt.Of(entry.Name)}', too: change the inputs' names.");
            }
        }
    }

    /// <summary>The sizes of an input as it is declared.</summary>
    private static int[] Declared(ModelPlan plan, KerasNode input) =>
        plan.InputsByName.Where(own => own.FileName == input.Name).Select(own => new[] { own.Timesteps, own.Features }).First();

    private static string? Input(KerasLayer stored, int[] declared)
    {
        if (stored.InputShape is not [_, .. var shape])
            return null;
        // A size that is free fits any; a model of numbers to embed has no axis of features in Keras.
        var sizes = shape.Select((size, i) => size ?? (i < declared.Length ? declared[i] : 0)).ToList();
        if (sizes.Count == 1 && declared is [_, 1])
            sizes.Add(1);
        return $"{KerasNode.InputKind} ({string.Join(", ", sizes)})";
    }

    /// <summary>What Keras 2 alone has of a class, and a declaration cannot say, as JSON.</summary>
    public static IEnumerable<(string Name, string Value)> OfKeras2(string kind) =>
        KerasLayerKinds.IsRecurrent(kind) ? [("time_major", "false")] : [];

    /// <summary>An option's value in a file, its default where it is left out; a size has none.</summary>
    public static string Value(JsonElement options, KerasOption option) => KerasJson.Member(options, option.Name) is { } value ? Text(value)
        : option.Same is { } same && KerasJson.Member(options, same) is { } size ? Text(size)
        : option.Absent;

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
        if (fileRow.Contains($" {DescribedLayer.BackwardLayer} ", StringComparison.Ordinal))
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
        if (stored.Entries.Count > MostDeclared)
            return "\n\nKerasFile.Declaration(path) gives the declaration that fits the file.";
        var declaration = KerasDeclaration.Of(stored, "Model");
        var isLess = declaration.Contains("#error", StringComparison.Ordinal) ? ", but for what stands behind #error" : "";
        return $"\n\nThe declaration that fits the file{isLess}:\n\n{declaration}";
    }
}
