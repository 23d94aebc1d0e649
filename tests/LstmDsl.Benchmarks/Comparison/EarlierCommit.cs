using System.Diagnostics;

namespace LstmDsl.Benchmarks;

/// <summary>
/// The library of another commit as a peer: its sources in a folder of their own, with this commit's benchmarks in place of theirs, so that
/// both do the same work.
/// </summary>
internal static class EarlierCommit
{
    private const string Benchmarks = "tests/LstmDsl.Benchmarks";
    private const string FoundPrograms = "tests/LstmDsl.TestKit/Tools.cs";

    /// <summary>Builds the library of a commit; returns how to start it.</summary>
    /// <param name="commit">What git takes for one.</param>
    /// <param name="progress">Takes what is being done.</param>
    /// <exception cref="InvalidOperationException">There is no such commit here, or it cannot be built with today's benchmarks.</exception>
    public static Peer Build(string commit, TextWriter progress)
    {
        var root = Run(Environment.CurrentDirectory, "git", "rev-parse", "--show-toplevel");
        var found = Run(root, "git", "rev-parse", "--short", "--verify", commit + "^{commit}");
        var folder = Path.Combine(Path.GetTempPath(), $"lstmdsl-against-{found}");
        progress.WriteLine($"building {found} in {folder}");
        if (!Directory.Exists(folder))
            Run(root, "git", "worktree", "add", "--detach", folder, found);
        CopyBenchmarks(Path.Combine(root, Benchmarks), Path.Combine(folder, Benchmarks));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, FoundPrograms))!);
        File.Copy(Path.Combine(root, FoundPrograms), Path.Combine(folder, FoundPrograms), overwrite: true);
        Run(folder, "dotnet", "build", "-c", "Release", "-v", "quiet", "-nologo", Benchmarks);
        var program = Directory.GetFiles(Path.Combine(folder, Benchmarks, "bin", "Release"), "LstmDsl.Benchmarks.dll", SearchOption.AllDirectories)[0];
        return new("against", $"{ServeCommand.PeerName} {found}", "", [new("dotnet", [program, "serve", found])]);
    }

    private static void CopyBenchmarks(string from, string to)
    {
        foreach (var old in Directory.GetFiles(to, "*.cs", SearchOption.AllDirectories).Where(IsSource))
            File.Delete(old);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(IsSource))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private static bool IsSource(string path) => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static string Run(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Trim()
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} in {folder} failed: {(output + errors.Result).Trim()}");
    }
}
