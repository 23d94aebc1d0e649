using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using Xunit.Sdk;

namespace LstmDsl.Tests;

/// <summary>ONNX's own checker, in the first Python that has it.</summary>
internal static class OnnxChecker
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Runtime", "check_models.py");

    private static readonly Lazy<(string Python, string Version)?> Found = new(() =>
    {
        foreach (var python in Tools.Find("LSTMDSL_PYTHON", "python3", "python"))
        {
            if (Run(python) is { } version)
                return (python, version);
        }

        return null;
    });

    /// <summary>Its version; null where there is none.</summary>
    public static string? Version => Found.Value?.Version;

    /// <summary>Checks all models in a folder.</summary>
    /// <returns>What is wrong with them, then how many there were.</returns>
    public static string Check(string folder) => Run(Found.Value!.Value.Python, folder) ?? "the checker failed";

    private static string? Run(string python, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, [Script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            // What was named is no program.
            return null;
        }
    }
}

/// <summary>Runs a theory with the checker's version; where there is none it is skipped, and its argument says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WithOnnxCheckerAttribute : DataAttribute
{
    private const string Absence = "no Python with onnx 1.12 or later";

    public WithOnnxCheckerAttribute() => Skip = OnnxChecker.Version is null ? Absence : null;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[OnnxChecker.Version ?? Absence]];
}
