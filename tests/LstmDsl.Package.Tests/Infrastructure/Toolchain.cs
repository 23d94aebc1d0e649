using System.Runtime.InteropServices;

namespace LstmDsl.Package.Tests;

/// <summary>What publishing needs beyond the SDK, which this machine may or may not be able to get.</summary>
internal static class Toolchain
{
    private static readonly Lazy<string?> Trimming = new(() => WhyNotRestored("PublishTrimmed", "the runtime pack"));

    private static readonly Lazy<string?> NativeCompilation =
        new(() => WhyNoLinker() ?? WhyNotRestored("PublishAot", "the native compiler"));

    private static readonly Lazy<string?> Precompilation = new(() =>
        RuntimeInformation.RuntimeIdentifier is "linux-x64" or "win-x64"
            ? WhyNotRestored("PublishReadyToRun", "the compiler of ReadyToRun")
            : $"No library is precompiled for {RuntimeInformation.RuntimeIdentifier}.");

    /// <summary>Why nothing can be published trimmed here; null where it can.</summary>
    public static string? WhyNoTrimming => Trimming.Value;

    /// <summary>Why nothing can be compiled to native code here; null where it can.</summary>
    public static string? WhyNoNativeCompilation => NativeCompilation.Value;

    /// <summary>Why nothing can be compiled ahead of its start here; null where it can.</summary>
    public static string? WhyNoPrecompilation => Precompilation.Value;

    /// <summary>Restores an empty project, so that what is missing shows before a test of ours could fail for it.</summary>
    private static string? WhyNotRestored(string property, string what)
    {
        using var folder = new TemporaryFolder();
        File.Copy(Repository.At("global.json"), folder.File("global.json"));
        File.WriteAllText(folder.File("probe.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <{property}>true</{property}>
              </PropertyGroup>
            </Project>
            """);
        var restore = Dotnet.Run(folder.Path, null, "restore", "--use-current-runtime");
        var error = restore.Output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal));
        return restore.ExitCode == 0 ? null : $"No feed of this machine gives {what}: {error?.Trim()}";
    }

    private static string? WhyNoLinker()
    {
        if (OperatingSystem.IsWindows())
            return null;
        string[] linkers = ["clang", "gcc"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return linkers.Any(linker => folders.Any(folder => File.Exists(Path.Combine(folder, linker))))
            ? null
            : $"Neither {string.Join(" nor ", linkers)}, which link native code, is on the path ({RuntimeInformation.OSDescription}).";
    }
}
