using System.Diagnostics;

namespace LstmDsl.Tests;

/// <summary>A test in which the system's calls fail; where strace cannot make them, it is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StraceFactAttribute : FactAttribute
{
    public StraceFactAttribute() => Skip = Strace.Missing;
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StraceTheoryAttribute : TheoryAttribute
{
    public StraceTheoryAttribute() => Skip = Strace.Missing;
}

/// <summary>Runs a program some of whose system calls fail.</summary>
internal static class Strace
{
    /// <summary>Why it cannot; null where it can.</summary>
    public static string? Missing { get; } = !OperatingSystem.IsLinux() ? "strace makes system calls fail on Linux alone."
        : Runs(["strace", .. Failing("fsync:error=EIO"), "true"]) ? null
        : "strace is not installed or may not trace (Debian: strace), so no system call can be made to fail.";

    /// <summary>Runs this assembly's program with failing calls, and gives what it prints.</summary>
    /// <param name="injection">As strace takes it: <c>fsync:error=EIO:when=1+</c>, counted in each thread.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="arguments">The program's arguments.</param>
    public static string[] Run(string injection, string folder, params string[] arguments)
    {
        using var program = Start(
            ["strace", .. Failing(injection), "dotnet", "exec", typeof(Strace).Assembly.Location, .. arguments], folder);
        var printed = program.StandardOutput.ReadToEnd();
        var errors = program.StandardError.ReadToEnd();
        Assert.True(program.WaitForExit(TimeSpan.FromMinutes(2)), "The program hangs.");
        Assert.Equal("", errors);
        return printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[] Failing(string injection) =>
        ["-f", "-q", "-o", "/dev/null", "-e", $"trace={injection[..injection.IndexOf(':', StringComparison.Ordinal)]}", "-e", $"inject={injection}"];

    private static bool Runs(string[] command)
    {
        try
        {
            using var program = Start(command, folder: "");
            program.StandardError.ReadToEnd();
            program.WaitForExit();
            return program.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string[] command, string folder) => Process.Start(new ProcessStartInfo(command[0], command[1..])
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
