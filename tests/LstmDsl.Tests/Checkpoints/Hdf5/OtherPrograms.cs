using System.Diagnostics;

namespace LstmDsl.Tests;

/// <summary>A test that asks other programs, h5py and h5dump; where one is missing it is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OtherProgramsFactAttribute : FactAttribute
{
    public OtherProgramsFactAttribute()
    {
        if (OtherPrograms.Missing is { } missing)
            Skip = missing;
    }
}

/// <summary>Programs that read HDF5 files in their own way.</summary>
internal static class OtherPrograms
{
    /// <summary>Debian's own Python, the one that its python3-h5py is for.</summary>
    private const string Python = "/usr/bin/python3";

    /// <summary>What is missing, and how to install it; null where all is there.</summary>
    public static string? Missing { get; } = Run(Python, "-c", "import h5py") is null ? "h5py is not installed (Debian: python3-h5py)."
        : Run("h5dump", "--version") is null ? "h5dump is not installed (Debian: hdf5-tools)." : null;

    /// <summary>What a Python script prints.</summary>
    public static string RunPython(string script, params string[] arguments) => Required([Python, "-c", script, .. arguments]);

    /// <summary>What h5dump prints.</summary>
    public static string Dump(params string[] arguments) => Required(["h5dump", .. arguments]);

    private static string Required(string[] command) =>
        Run(command[0], command[1..]) ?? throw new InvalidOperationException($"{string.Join(' ', command)} failed.");

    /// <summary>What a program prints; null where it is missing or fails.</summary>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            _ = errors.Result;
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
