namespace LstmDsl.Package.Tests;

/// <summary>What came of a program.</summary>
/// <param name="CommandLine">What was run.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote, to standard output and error.</param>
internal sealed record ProgramRun(string CommandLine, int ExitCode, string Output)
{
    /// <summary>Fails the test, showing the output, where the program failed.</summary>
    public ProgramRun Succeeded()
    {
        Assert.True(ExitCode == 0, $"`{CommandLine}` ended with {ExitCode}:\n{Output}");
        return this;
    }

    /// <summary>Fails the test, showing the output, where the program did not fail.</summary>
    public ProgramRun Failed()
    {
        Assert.True(ExitCode != 0, $"`{CommandLine}` should have failed:\n{Output}");
        return this;
    }
}
