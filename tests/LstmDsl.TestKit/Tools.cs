namespace LstmDsl.Tests;

/// <summary>Finds programs.</summary>
internal static class Tools
{
    /// <summary>
    /// The program that an environment variable names, alone; else all of these names in all folders of PATH, since the first Python is
    /// not always the one that has a library.
    /// </summary>
    public static IReadOnlyList<string> Find(string variable, params string[] names)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
            return [named];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var ending = OperatingSystem.IsWindows() ? ".exe" : "";
        return
        [
            .. names
                .SelectMany(name => folders.Select(folder => Path.Combine(folder, name + ending)))
                .Where(File.Exists)
                .Distinct(),
        ];
    }
}
