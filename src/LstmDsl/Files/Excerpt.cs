using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>What a message shows of a text that a file holds: its beginning, and nothing that cannot be seen or disturbs a terminal.</summary>
internal static class Excerpt
{
    /// <summary>Characters that a message shows of a name.</summary>
    public const int LongestName = 200;

    /// <summary>
    /// The text's beginning. Control characters, marks of byte order and direction, and every space but the usual one stand as <c>\u00a0</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">How many of its characters are shown.</param>
    public static string Of(ReadOnlySpan<char> text, int longest = LongestName)
    {
        var shown = new StringBuilder();
        foreach (var letter in text[..Math.Min(text.Length, longest)])
        {
            if (IsSeen(letter))
                shown.Append(letter);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
        }

        return text.Length > longest ? shown.Append('…').ToString() : shown.ToString();
    }

    private static bool IsSeen(char letter) => letter == ' ' || char.GetUnicodeCategory(letter) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);
}
