using System.Diagnostics;

namespace LstmDsl.Tests;

/// <summary>NVIDIA's assembler, where it is installed.</summary>
internal static class PtxAssembler
{
    /// <summary>Assembles; where there is no assembler, does nothing.</summary>
    public static void Check(string ptx) =>
        OutsideCompiler.Check("ptxas", "kernel.ptx", ptx, "-arch=sm_80", "kernel.ptx", "-o", "kernel.cubin");
}

/// <summary>Clang as an OpenCL compiler, where it is installed.</summary>
internal static class OpenClCompiler
{
    /// <summary>Compiles; where there is no compiler, does nothing.</summary>
    public static void Check(string source) => OutsideCompiler.Check(
        "clang",
        "kernel.cl",
        source,
        [.. "-x cl -cl-std=CL3.0 -Xclang -finclude-default-header -target spir64 -fsyntax-only kernel.cl".Split(' ')]);
}

/// <summary>A compiler on the path that may be absent.</summary>
internal static class OutsideCompiler
{
    public static void Check(string tool, string file, string source, params string[] arguments)
    {
        if (!Folders().Any(folder => File.Exists(Path.Combine(folder, tool))))
            return;

        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, file), source);
        var start = new ProcessStartInfo(tool, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool}: {errors}{output.Result}\n{source}");
    }

    private static string[] Folders() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
}
