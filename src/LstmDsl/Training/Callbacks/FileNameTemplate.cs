using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LstmDsl;

/// <summary>
/// A file name with places for numbers, in Python's notation as Keras takes it: <c>{epoch:02d}-{val_loss:.2f}</c>, doubled braces for
/// braces. <c>epoch</c> and <c>batch</c> are whole numbers, everything else comes from the logs.
/// </summary>
internal sealed partial class FileNameTemplate
{
    private const int MaxWidth = 99;
    private readonly List<Part> parts = [];

    /// <param name="text">The template.</param>
    /// <exception cref="ArgumentException">A brace without its partner, or a format that is not known.</exception>
    public FileNameTemplate(string text)
    {
        Text = text;
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character is not ('{' or '}'))
            {
                literal.Append(character);
            }
            else if (at + 1 < text.Length && text[at + 1] == character)
            {
                literal.Append(character);
                at++;
            }
            else
            {
                var end = character == '{' ? text.IndexOf('}', at) : -1;
                if (end < 0) throw Wrong($"the brace at position {at + 1} has no partner (a brace itself is written twice)");
                if (literal.Length > 0) parts.Add(new(literal.ToString(), null, null));
                literal.Clear();
                parts.Add(ParsePlace(text[(at + 1)..end]));
                at = end;
            }
        }

        if (literal.Length > 0) parts.Add(new(literal.ToString(), null, null));
    }

    /// <summary>The template as it was given.</summary>
    public string Text { get; }

    /// <summary>What stands before the first place.</summary>
    public string LeadingText => parts is [{ Key: null } first, ..] ? first.Literal : "";

    /// <summary>Whether the name is always the same.</summary>
    public bool IsConstant => parts.TrueForAll(part => part.Key is null);

    /// <summary>The names in its places.</summary>
    public IEnumerable<string> Keys => parts.Where(part => part.Key is not null).Select(part => part.Key!);

    /// <summary>Checks every place against the names that will be known.</summary>
    public void RequireKnown(IReadOnlyCollection<string> names, string owner)
    {
        foreach (var part in parts)
        {
            if (part.Key is { } key && !names.Contains(key))
            {
                throw new InvalidOperationException(
                    $"{owner} cannot make a file name of \"{Text}\": nothing is called \"{key}\" when it writes. "
                    + $"Known: {string.Join(", ", names)}.");
            }
        }
    }

    /// <summary>The name for an epoch and a batch, counted from 1, and their logs.</summary>
    public string Format(int epoch, int? batch, IReadOnlyDictionary<string, double> logs)
    {
        var name = new StringBuilder();
        foreach (var (literal, key, format) in parts)
        {
            if (key is null)
            {
                name.Append(literal);
                continue;
            }

            // As in Keras, a logged value of that name comes before the batch's number.
            if (key == "epoch") name.Append(format!.Apply(epoch));
            else if (logs.TryGetValue(key, out var value)) name.Append(format!.Apply(value));
            else if (key == "batch" && batch is { } number) name.Append(format!.Apply(number));
            else throw new InvalidOperationException(FormattableString.Invariant($"The file name \"{Text}\" needs {key}, which epoch {epoch} does not have."));
        }

        return name.ToString();
    }

    private Part ParsePlace(string place)
    {
        var colon = place.IndexOf(':', StringComparison.Ordinal);
        var key = colon < 0 ? place : place[..colon];
        var specification = colon < 0 ? "" : place[(colon + 1)..];
        if (key.Length == 0) throw Wrong($"the place {{{place}}} has no name");
        var match = Specification.Match(specification);
        var isWhole = key is "epoch" or "batch";
        if (!match.Success || (match.Groups["type"].Value == "d" && (!isWhole || match.Groups["precision"].Success))
            || (match.Groups["precision"].Success && match.Groups["type"].Length == 0))
        {
            var known = isWhole ? "d, 02d, .2f, .3e, .4g" : ".2f, .3e, .4g";
            throw Wrong($"the format of {{{place}}} is not one like {known}, with a width before it or not");
        }

        var width = Number(match.Groups["width"]) ?? 0;
        var precision = Number(match.Groups["precision"]);
        if (width > MaxWidth || precision > MaxWidth) throw Wrong($"the width or precision of {{{place}}} is over {MaxWidth}");
        return new("", key, new(match.Groups["zero"].Length > 0, width, precision ?? 6, match.Groups["type"].Value));
    }

    private static int? Number(Group group) => group.Length == 0 ? null : int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    private ArgumentException Wrong(string what) => new($"The file name \"{Text}\" cannot be read: {what}.");

    [GeneratedRegex(@"^(?<zero>0?)(?<width>[0-9]{0,4})(?:\.(?<precision>[0-9]{1,4}))?(?<type>[dfeg]?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Specification { get; }

    private sealed record Part(string Literal, string? Key, NumberFormat? Format);

    private sealed record NumberFormat(bool FillsWithZeros, int Width, int Precision, string Type)
    {
        public string Apply(int value) => Type is "" or "d" ? Pad(value.ToString(CultureInfo.InvariantCulture)) : Apply((double)value);

        public string Apply(double value) => Pad(Type switch
        {
            "f" => PythonNumber.Fixed(value, Precision),
            "e" => PythonNumber.Scientific(value, Precision),
            "g" => PythonNumber.General(value, Precision),
            _ => PythonNumber.Shortest(value),
        });

        private string Pad(string text)
        {
            if (!FillsWithZeros) return text.PadLeft(Width);
            return text.StartsWith('-') ? "-" + text[1..].PadLeft(Width - 1, '0') : text.PadLeft(Width, '0');
        }
    }
}
