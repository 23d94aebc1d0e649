using System.Text;

namespace LstmDsl.Tests;

/// <summary>Messages as one text, in which the folder of the test has no path.</summary>
internal static class MessageText
{
    private const string Unexpected = "(unexpected)";

    /// <summary>Adds what is said of a source's faults.</summary>
    public static void AppendMessages(this StringBuilder text, TemporaryFolder folder, string source, IEnumerable<MessageCase> causes)
    {
        text.Append(text.Length > 0 ? "\n" : "").Append("# ").Append(source).Append('\n');
        foreach (var (name, cause) in causes)
        {
            var problem = Record.Exception(cause);
            var kind = problem is ArgumentException or InvalidDataException or InvalidOperationException or IOException
                or UnauthorizedAccessException or NotSupportedException
                ? problem.GetType().Name
                : $"{Unexpected} {problem?.GetType().Name}";
            var message = (problem?.Message ?? "").Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
                .Replace(folder.Path, "(folder)", StringComparison.Ordinal)
                .Replace(AppContext.BaseDirectory, "", StringComparison.Ordinal)
                .ReplaceLineEndings("\n      ");
            text.Append('\n').Append(name).Append("\n  ").Append(kind).Append(": ").Append(message).Append('\n');
        }
    }

    /// <summary>Fails where something was not refused, or by an exception that tells a user nothing.</summary>
    public static void RequireExpected(this StringBuilder text)
    {
        var unexpected = text.ToString().Split("\n\n").Where(message => message.Contains(Unexpected, StringComparison.Ordinal)).ToList();
        Assert.True(unexpected.Count == 0, string.Join("\n\n", unexpected));
    }
}
