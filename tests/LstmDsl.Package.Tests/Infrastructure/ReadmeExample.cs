namespace LstmDsl.Package.Tests;

/// <summary>The program that the README begins with, as it stands there.</summary>
internal static class ReadmeExample
{
    private const string Fence = "```";

    /// <summary>Its text.</summary>
    public static string Source { get; } = Read();

    private static string Read()
    {
        var lines = File.ReadAllLines(Repository.At("README.md"));
        var first = Array.IndexOf(lines, Fence + "csharp") + 1;
        Assert.True(first > 0, "README.md has no C# example.");
        return string.Join('\n', lines[first..Array.IndexOf(lines, Fence, first)]) + "\n";
    }
}
