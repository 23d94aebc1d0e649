using System.Diagnostics;
using System.Text;

namespace LstmDsl.Package.Tests;

/// <summary>Runs <c>dotnet</c>, or a program that it built, as from a fresh terminal.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // The command line that runs these tests; another one on the path may lack the SDK.
    private static readonly string Command = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs <c>dotnet</c>.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="packages">The folder of restored packages; the machine's own where it is not given.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProgramRun Run(string folder, string? packages, params string[] arguments) =>
        RunProgram(Command, folder, packages, arguments);

    /// <summary>Runs a program.</summary>
    public static ProgramRun RunProgram(string program, string folder, string? packages = null, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        // The build that runs these tests leaves its own settings to its children; a terminal has none of them.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);

        // A build node that outlived the test would hold its folder.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        if (packages is not null)
            start.Environment["NUGET_PACKAGES"] = packages;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Append($"ended after {Limit.TotalMinutes} minutes");
        }

        process.WaitForExit();
        lock (output)
            return new($"{Path.GetFileName(program)} {string.Join(' ', arguments)}", process.ExitCode, output.ToString());

        void Append(string? line)
        {
            if (line is null)
                return;
            lock (output)
                output.Append(line).Append('\n');
        }
    }
}
