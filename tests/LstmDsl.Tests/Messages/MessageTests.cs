using System.Text;

namespace LstmDsl.Tests;

/// <summary>
/// What the public surface says of wrong files and series, all in one text, to be judged in one sitting. After a change of a text look at
/// <c>MessageTests.Every_message_about_files_and_series.received.txt</c>, and rename it over the verified one if it is right.
/// </summary>
public sealed class MessageTests
{
    [Fact]
    public void Every_message_about_files_and_series()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder();
        Append(text, folder, "Series", SeriesMessages.Of(folder));
        Append(text, folder, "Windows and what a model takes", WindowMessages.Of());
        Append(text, folder, "Safetensors", SafetensorsMessages.Of(folder));
        Append(text, folder, "Keras's files", KerasMessages.Of(folder));
        Append(text, folder, "PyTorch's state dicts", TorchMessages.Of(folder));
        var unexpected = text.ToString().Split("\n\n").Where(message => message.Contains("(unexpected)", StringComparison.Ordinal));
        Assert.True(!unexpected.Any(), string.Join("\n\n", unexpected));
        Snapshot.Verify(text.ToString(), "txt");
    }

    private static void Append(StringBuilder text, TemporaryFolder folder, string source, IEnumerable<MessageCase> causes)
    {
        text.Append(text.Length > 0 ? "\n" : "").Append("# ").Append(source).Append('\n');
        foreach (var (name, cause) in causes)
        {
            var problem = Record.Exception(cause);
            var kind = problem is ArgumentException or InvalidDataException or InvalidOperationException or IOException or UnauthorizedAccessException
                ? problem.GetType().Name
                : $"(unexpected) {problem?.GetType().Name}";
            var message = (problem?.Message ?? "").Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
                .Replace(folder.Path, "(folder)", StringComparison.Ordinal).ReplaceLineEndings("\n      ");
            text.Append('\n').Append(name).Append("\n  ").Append(kind).Append(": ").Append(message).Append('\n');
        }
    }
}
