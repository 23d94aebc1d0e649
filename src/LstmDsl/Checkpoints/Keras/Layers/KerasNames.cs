using System.Text;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Names that Keras's files use.</summary>
internal static class KerasNames
{
    /// <summary>The wrapper that runs a layer in both directions.</summary>
    public const string Bidirectional = "Bidirectional";

    /// <summary>Whether a class is a recurrent layer, which keeps its variables in a cell.</summary>
    public static bool IsRecurrent(string kind) => kind is "LSTM" or "GRU" or "SimpleRNN";

    /// <summary>The class that a bidirectional layer wraps.</summary>
    public static string InnerKind(LayerSummary layer)
    {
        using var options = JsonDocument.Parse(layer.Options);
        return options.RootElement.GetProperty("layer").GetProperty("class_name").GetString()!;
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
