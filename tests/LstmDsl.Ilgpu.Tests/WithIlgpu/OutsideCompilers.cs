using System.Diagnostics;
using System.Reflection;
using Xunit.Sdk;

namespace LstmDsl.Tests;

/// <summary>A compiler of somebody else's that may be absent, and how it is asked to read one source.</summary>
/// <param name="Tool">The program.</param>
/// <param name="File">The name of the source.</param>
/// <param name="Arguments">Arguments, the source's name among them.</param>
internal sealed record OutsideCompiler(string Tool, string File, string Arguments)
{
    /// <summary>NVIDIA's assembler.</summary>
    public static OutsideCompiler PtxAssembler { get; } = new("ptxas", "kernel.ptx", "-arch=sm_80 kernel.ptx -o kernel.cubin");

    /// <summary>Clang as an OpenCL compiler.</summary>
    public static OutsideCompiler OpenCl { get; } = new(
        "clang", "kernel.cl", "-x cl -cl-std=CL3.0 -Xclang -finclude-default-header -target spir64 -fsyntax-only kernel.cl");

    /// <summary>Whether it is on the path.</summary>
    public bool IsThere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => System.IO.File.Exists(Path.Combine(folder, Tool)));

    /// <summary>Fails where it does not accept a source; passes where it is absent, which <see cref="WithCompilerAttribute"/> says.</summary>
    public void Check(string source)
    {
        if (!IsThere)
            return;
        var (accepts, problems) = Run(source);
        Assert.True(accepts, $"{Tool}: {problems}\n{source}");
    }

    /// <summary>Whether it accepts a source, and what it said.</summary>
    public (bool Accepts, string Problems) Run(string source)
    {
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllText(Path.Combine(folder.Path, File), source);
        var start = new ProcessStartInfo(Tool, Arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode == 0, errors + output.Result);
    }
}

/// <summary>
/// Runs a theory of one argument on a compiler that may be absent. It is skipped then, under a name that says what is left out.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal abstract class WithCompilerAttribute : DataAttribute
{
    private readonly string tool;

    protected WithCompilerAttribute(OutsideCompiler compiler)
    {
        tool = compiler.Tool;
        Skip = compiler.IsThere ? null : $"No {tool} on the path: it does not read what ILGPU wrote.";
    }

    // The runner prints arguments, the first 50 characters of each, but not why a test is skipped.
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [[Skip is null ? tool : $"no {tool} found: ILGPU's code is unread by it"]];
}

/// <summary>With NVIDIA's assembler.</summary>
internal sealed class WithPtxAssemblerAttribute() : WithCompilerAttribute(OutsideCompiler.PtxAssembler);

/// <summary>With Clang.</summary>
internal sealed class WithClangAttribute() : WithCompilerAttribute(OutsideCompiler.OpenCl);
