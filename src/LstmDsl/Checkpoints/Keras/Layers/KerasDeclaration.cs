using System.Text;
using System.Text.Json;

namespace LstmDsl;

/// <summary>Writes the declaration of the model that a file of Keras describes.</summary>
internal static class KerasDeclaration
{
    /// <summary>
    /// The attributes and the class, as C#. What cannot be declared stands before its layer: as a comment where it changes training alone,
    /// as <c>#error</c> where the declaration would be another model's. Inputs stand in the order in which the file takes them.
    /// </summary>
    /// <param name="architecture">The file's layers.</param>
    /// <param name="name">The class's name.</param>
    public static string Of(KerasArchitecture architecture, string name)
    {
        var text = new StringBuilder();
        if (!architecture.SaysOrderOfInputs)
            text.Append("#error The file does not say in which order it takes its inputs, each once: put the branches in the order in which you give these.\n");
        architecture = architecture.InOrderOfInputs();
        var branches = new KerasBranches(architecture);
        foreach (var (index, entry) in architecture.Entries.Index())
        {
            if (entry.IsInput)
                text.Append(KerasInput.Declaration(architecture, index, branches.NameOf(index)));
            else
                Append(text, entry, branches, index);
        }

        return text.Append("public sealed partial class ").Append(name).Append(";\n").ToString();
    }

    /// <summary>Writes a layer.</summary>
    /// <param name="text">Takes it.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="branches">What it takes, and the name that it must bear.</param>
    /// <param name="index">Its place.</param>
    private static void Append(StringBuilder text, KerasLayer layer, KerasBranches branches, int index)
    {
        text.Append(branches.Beginning(index));
        var notes = new KerasNotes(layer.Name);
        var (kind, options, wrapper) = (layer.Kind, layer.Options, "");
        if (kind == BidirectionalAttribute.Kind && KerasJson.Member(options, "layer") is { } wrapped)
        {
            wrapper = Wrapper(options, wrapped, notes);
            kind = KerasNames.Class(wrapped);
            options = KerasJson.Member(wrapped, "config") ?? default;
        }

        if (KerasLayerKinds.Of(kind) is not { } attribute || (wrapper.Length > 0 && !attribute.IsRecurrent))
        {
            text.Append(notes).Append("#error ").Append(Absent(layer, kind)).Append('\n');
            return;
        }

        var sizes = attribute.Sizes.Select(size => Written(options, size, notes) ?? "?");
        // Several heads take all that they are given by name.
        List<string> arguments = KerasLayerKinds.HasHeads(kind)
            ? [.. sizes, .. branches.Arguments(index)]
            : [.. branches.Arguments(index), .. sizes];
        var refinements = new List<string>();
        foreach (var weight in attribute.DeclaredWeights)
        {
            var own = KerasInitializer.Of(kind, options, weight, notes);
            if (weight.IsPositional && own is { Arguments.Count: 0, Others.Count: 0, IsDefault: false })
                arguments.Add(own.Init);
            else if (own.Text(weight.Attribute) is { } refinement)
                refinements.Add(refinement);
        }

        foreach (var option in attribute.Named)
        {
            var expected = option.Same is { } same ? Value(KerasJson.Member(options, same)) : KerasOption.Code(option.Default);
            if (Written(options, option, notes) is { } written && written != expected)
                arguments.Add($"{option.Property} = {written}");
        }

        if (branches.InitialState(index) is { } encoder)
            arguments.Add($"InitialState = {encoder}");
        // Keras's axis=None: one number of each kind for all features.
        var isOfAll = attribute.Usual is NormalizationAttribute && KerasJson.Member(options, "axis") is { ValueKind: JsonValueKind.Array } axis && axis.GetArrayLength() == 0;
        if (isOfAll)
            arguments.Add("PerFeature = false");
        AddActivity(arguments, attribute, options, notes);
        var lost = KerasUndeclared.Of(kind, options, (layer.Axes ?? 0) - 1, isInner: wrapper.Length > 0)
            .Where(option => !(isOfAll && option.Option == "axis"));
        foreach (var undeclared in wrapper.Length > 0 ? lost.Concat(KerasUndeclared.Of(layer.Kind, layer.Options, 0, isInner: false)) : lost)
            notes.Add(undeclared);

        if (layer.IsFrozen && (attribute.Weights.Count > 0 || attribute.HasOtherWeights))
            arguments.Add("Trainable = false");
        if ((branches.NameOf(index) ?? (IsGiven(layer) ? KerasNames.Identifier(layer.Name) : null)) is { } given)
            arguments.Add($"Name = \"{given}\"");
        text.Append(notes).Append(wrapper).Append('[').Append(attribute.Attribute);
        text.Append(arguments.Count > 0 ? $"({string.Join(", ", arguments)})" : "").Append("]\n");
        foreach (var refinement in refinements)
            text.Append(refinement).Append('\n');
    }

    /// <summary>The attribute of a bidirectional layer, which runs one layer in both directions.</summary>
    private static string Wrapper(JsonElement options, JsonElement wrapped, KerasNotes notes)
    {
        if (KerasJson.Member(options, "backward_layer") is { ValueKind: JsonValueKind.Object } backward
            && KerasTwins.Difference(wrapped, backward) is { } difference)
        {
            notes.Error(
                $"backward_layer has {difference}, unlike the layer that runs forwards, and [Bidirectional] runs one layer in both directions.");
        }

        if (KerasJson.Member(options, "merge_mode") is not { } mode)
            return "[Bidirectional]\n";
        var merge = mode.ValueKind == JsonValueKind.String ? Enumerated<Merge>(mode.GetString()) : null;
        if (merge is null && mode.ValueKind == JsonValueKind.Null)
            notes.Error("merge_mode = None gives both directions apart, which has no counterpart here.");
        else if (merge is null)
            notes.OfPredictions("merge_mode", KerasComparison.Text(mode));
        return merge is null or "Merge.Concat" ? "[Bidirectional]\n" : $"[Bidirectional({merge})]\n";
    }

    /// <summary>Why there is no attribute for a layer.</summary>
    private static string Absent(KerasLayer layer, string kind)
    {
        if (layer.Kind == KerasLayer.TimeDistributed && KerasJson.Member(layer.Options, "layer") is { } inner)
            return $"TimeDistributed of {KerasNames.Plain(KerasNames.Class(inner))}: only that of layers which work on each timestep in any case, as Dense does, has a counterpart here.";
        if (!KerasActivation.IsLayer(kind))
            return $"{KerasNames.Plain(kind)}: there is no such layer here.";
        string[] own = ["max_value", KerasActivation.NegativeSlope, "alpha", "threshold", "axis"];
        var options = own.Where(option => KerasJson.Member(layer.Options, option) is { ValueKind: not JsonValueKind.Null })
            .Select(option => $"{option} = {KerasNames.Plain(KerasComparison.Text(KerasJson.Member(layer.Options, option)!.Value))}");
        return $"{kind}({string.Join(", ", options)}): no Activation computes this"
            + $"{(kind == KerasActivation.LeakyLayer ? "; the slope of Activation.LeakyRelu is at least 0" : "")}.";
    }

    /// <summary>A C# enumeration's member by Keras's name; null where there is none.</summary>
    public static string? Enumerated<T>(string? name) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (KerasNames.Snake(value.ToString()) == name)
                return $"{typeof(T).Name}.{value}";
        }

        return null;
    }

    /// <summary>An option's value as C# writes it; null where the file leaves it out. What cannot be written is noted.</summary>
    private static string? Written(JsonElement options, KerasOption option, KerasNotes notes)
    {
        if (KerasJson.Member(options, option.Name) is not { ValueKind: not JsonValueKind.Null } value)
            return null;
        var name = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        var written = option.Default switch
        {
            Activation => Enumerated<Activation>(name),
            Padding => Enumerated<Padding>(name),
            ScoreMode => Enumerated<ScoreMode>(name),
            double[] => Numbers(value),
            int[] => Sizes(value),
            _ => Value(value),
        };
        if (written is not null || option.Default is not (Activation or Padding or ScoreMode))
        {
            if (written is null)
                notes.OfPredictions(option.Name, KerasComparison.Text(value));
            return written;
        }

        // A function is given by its name, a layer by its class.
        var kind = KerasNames.Class(value);
        var found = name ?? (kind.EndsWith("function", StringComparison.Ordinal) ? KerasJson.Text(value, "config") : null) ?? kind;
        notes.Error(name is null
            ? $"{option.Name} is {found}, which is not one of Keras's activations by name: declare the one that computes the same, if there is one."
            : $"{option.Name} = {found} has no counterpart here.");
        return $"/* {KerasNames.Plain(found)} */ {KerasOption.Code(option.Default)}";
    }

    private static void AddActivity(List<string> arguments, KerasLayerKind attribute, JsonElement options, KerasNotes notes)
    {
        var penalties = KerasInitializer.PenaltiesOf(options, KerasLayerKinds.ActivityRegularizer, notes);
        if (attribute.TakesActivity)
            arguments.AddRange(penalties.Select(penalty => "Activity" + penalty));
        else if (penalties.Count > 0)
            notes.OfTrainingAlone(KerasLayerKinds.ActivityRegularizer, string.Join(", ", penalties));
    }

    /// <summary>A list of numbers, or one, as C# writes a list; null for neither.</summary>
    private static string? Numbers(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Array } list => $"[{string.Join(", ", list.EnumerateArray().Select(item => Value(item) ?? "?"))}]",
        { ValueKind: JsonValueKind.Number } => $"[{Value(value)}]",
        _ => null,
    };

    /// <summary>One or two sizes, as arguments; null for anything else.</summary>
    private static string? Sizes(JsonElement value)
    {
        var sizes = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(KerasJson.Whole).ToList() : [];
        return sizes.Count is 1 or 2 && sizes.TrueForAll(size => size > 0) ? string.Join(", ", sizes) : null;
    }

    private static string? Value(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.True } => "true",
        { ValueKind: JsonValueKind.False } => "false",
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var known) => KerasJson.Shortest(known),
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 1 => Value(list[0]),
        _ => null,
    };

    private static bool IsGiven(KerasLayer layer) =>
        !KerasNames.IsOfKeras(layer.Name, layer.WrittenAs) && !KerasNames.IsOfKeras(layer.Name, layer.Kind);
}
