using System.Text;
using System.Text.Json;

namespace LstmDsl;

/// <summary>Names that Keras's files use.</summary>
internal static class KerasNames
{
    /// <summary>What C# keeps for itself.</summary>
    private static readonly HashSet<string> Words =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort",
        "using", "virtual", "void", "volatile", "while",
    ];

    /// <summary>
    /// The class that a file gives for a layer or any other object, or its bare name; that of somebody's own module with the module before
    /// it, lest it be taken for Keras's of the same name. A question mark where there is none.
    /// </summary>
    public static string Class(JsonElement described)
    {
        var name = described.ValueKind == JsonValueKind.String ? described.GetString() : KerasJson.Text(described, "class_name");
        return name is null ? "?" : IsOfKeras(described) ? name : $"{KerasJson.Text(described, "module")}.{name}";
    }

    /// <summary>Whether a file gives none but Keras's own modules for an object.</summary>
    public static bool IsOfKeras(JsonElement described) => KerasJson.Text(described, "module") is not { } module
        || module.Split('.')[0] is "keras" or "tf_keras" or "tensorflow" or "tensorflow_core";

    /// <summary>A file's word, of which nothing can end the comment or the line that it stands in; at most as long as a line.</summary>
    public static string Plain(string word)
    {
        const int Longest = 100;
        var letters = word.Length > Longest ? word[..Longest] : word;
        return string.Concat(letters.Select(letter => char.IsAsciiLetterOrDigit(letter) || "_.>-[]".Contains(letter) ? letter : '?'))
            + (word.Length > Longest ? "..." : "");
    }

    /// <summary>Keras's <c>to_snake_case</c>: SimpleRNN is simple_rnn, Conv1D conv1d.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsAsciiLetterUpper(name[i])
                && (char.IsAsciiLetterLower(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));
            if (startsWord)
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>Whether a name is the one that Keras gives by itself: <c>lstm</c>, <c>lstm_3</c>.</summary>
    public static bool IsOfKeras(string name, string kind)
    {
        var own = Snake(kind);
        return name.StartsWith(own, StringComparison.Ordinal)
            && (name.Length == own.Length || (name[own.Length] == '_' && name.AsSpan(own.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0));
    }

    /// <summary>
    /// A name under which a layer of ours bears in files the one that it has there; null for one that is none in C#. What is a word of the
    /// language begins with a capital, which files do not have.
    /// </summary>
    public static string? Identifier(string name)
    {
        var isIdentifier = name.Length is > 0 and <= Excerpt.LongestName && !char.IsAsciiDigit(name[0])
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
        return !isIdentifier ? null : Words.Contains(name) ? $"{char.ToUpperInvariant(name[0])}{name[1..]}" : name;
    }
}
