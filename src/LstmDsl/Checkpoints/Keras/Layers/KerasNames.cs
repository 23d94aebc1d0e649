using System.Text;
using System.Text.Json;

namespace LstmDsl;

/// <summary>Names that Keras's files use.</summary>
internal static class KerasNames
{
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
}
