using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LstmDsl;

/// <summary>Writes the declaration of the model that a file of Keras describes.</summary>
internal static class KerasDeclaration
{
    /// <summary>The attributes and the class, as C#. A line of comment stands for what cannot be declared.</summary>
    /// <param name="architecture">The file's layers.</param>
    /// <param name="name">The class's name.</param>
    public static string Of(KerasArchitecture architecture, string name)
    {
        var text = new StringBuilder(Input(architecture));
        foreach (var layer in architecture.Layers)
            Append(text, layer);
        return text.Append("public sealed partial class ").Append(name).Append(";\n").ToString();
    }

    private static string Input(KerasArchitecture architecture)
    {
        var shape = architecture.InputShape;
        if (shape is null || shape.Length > 2)
            return "// The file does not say the shape of an input that is a sequence: [Input(timesteps, features)]\n";
        var features = shape.Length > 1 ? shape[1] : 1;
        return shape[0] is { } timesteps && features is { } known
            ? $"[Input({Number(timesteps)}, {Number(known)})]\n"
            : $"// The file takes any number of timesteps: put yours.\n[Input(1, {Number(features ?? 1)})]\n";
    }

    private static void Append(StringBuilder text, KerasLayer layer)
    {
        var (kind, options) = (layer.Kind, layer.Options);
        if (kind == KerasNames.Bidirectional && KerasJson.Member(options, "layer") is { } wrapped)
        {
            var merge = Enumerated<Merge>(KerasJson.Text(options, "merge_mode"));
            text.Append(merge switch
            {
                null => "// Keras gives both outputs of this layer apart, which has no counterpart here.\n[Bidirectional]\n",
                "Merge.Concat" => "[Bidirectional]\n",
                _ => $"[Bidirectional({merge})]\n",
            });
            kind = KerasJson.Text(wrapped, "class_name") ?? "?";
            options = KerasJson.Member(wrapped, "config") ?? default;
        }

        if (KerasAttributes.Of(kind) is not { } attribute)
        {
            text.Append("// ").Append(Plain(kind)).Append(": there is no such layer here.\n");
            return;
        }

        var arguments = new List<string>();
        foreach (var option in attribute.Sizes)
            arguments.Add(Value(KerasJson.Member(options, option)) ?? "?");
        var refinements = new List<string>();
        foreach (var weight in attribute.Weights)
        {
            var own = KerasInitializer.Of(options, weight);
            if (weight.IsPositional && own is { Arguments.Count: 0, Penalties.Count: 0, IsDefault: false })
                arguments.Add(own.Init);
            else if (own.Text(weight.Attribute) is { } refinement)
                refinements.Add(refinement);
        }

        foreach (var (option, property, usual) in attribute.Named)
        {
            var value = KerasJson.Member(options, option);
            var written = usual is Activation or Padding ? Enumeration(usual, value) : Value(value);
            var expected = usual is string same ? Value(KerasJson.Member(options, same)) : Usual(usual);
            if (written is not null && written != expected)
                arguments.Add($"{property} = {written}");
        }

        arguments.AddRange(KerasInitializer.PenaltiesOf(options, "activity_regularizer").Select(penalty => "Activity" + penalty));
        if (!IsOfKeras(layer.Name, layer.Kind) && Identifier(layer.Name) is { } given)
            arguments.Add($"Name = \"{given}\"");
        text.Append('[').Append(attribute.Name).Append(arguments.Count > 0 ? $"({string.Join(", ", arguments)})" : "").Append("]\n");
        foreach (var refinement in refinements)
            text.Append(refinement).Append('\n');
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

    /// <summary>A number as C# writes it.</summary>
    public static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string? Enumeration(object usual, JsonElement? value)
    {
        var name = value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        return name is null ? null
            : (usual is Activation ? Enumerated<Activation>(name) : Enumerated<Padding>(name)) ?? $"/* {Plain(name)} */ {Usual(usual)}";
    }

    /// <summary>A file's word, of which nothing can end the comment that it stands in.</summary>
    private static string Plain(string word) =>
        string.Concat(word.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '>' ? letter : '?'));

    private static string Usual(object usual) => usual switch
    {
        bool flag => flag ? "true" : "false",
        double number => Number(number),
        _ => $"{usual.GetType().Name}.{usual}",
    };

    private static string? Value(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.True } => "true",
        { ValueKind: JsonValueKind.False } => "false",
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var known) => Number(known),
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 1 => Value(list[0]),
        { ValueKind: JsonValueKind.String } text => Enumerated<Activation>(text.GetString()),
        _ => null,
    };

    /// <summary>Whether a name is the one that Keras gives by itself: <c>lstm</c>, <c>lstm_3</c>.</summary>
    private static bool IsOfKeras(string name, string kind)
    {
        var own = KerasNames.Snake(kind);
        return name.StartsWith(own, StringComparison.Ordinal)
            && (name.Length == own.Length || (name[own.Length] == '_' && name.AsSpan(own.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0));
    }

    /// <summary>The name that a layer of ours would have to bear in files as it does there; null for one that is none in C#.</summary>
    private static string? Identifier(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') ? name : null;
}
