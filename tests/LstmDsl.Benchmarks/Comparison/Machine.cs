using System.Globalization;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Environments;

namespace LstmDsl.Benchmarks;

/// <summary>What the comparison runs on, in words.</summary>
/// <param name="Processor">The processor's name; under a hypervisor, which may hide it, with family and model.</param>
/// <param name="Cores">Physical and logical cores.</param>
/// <param name="OperatingSystem">The operating system.</param>
/// <param name="Runtime">.NET's version.</param>
/// <param name="VectorBits">Width of the vectors that the library computes with.</param>
internal sealed record Machine(string Processor, string Cores, string OperatingSystem, string Runtime, int VectorBits)
{
    private const string LinuxProcessors = "/proc/cpuinfo";
    private const string LinuxLoad = "/proc/loadavg";

    /// <summary>This machine.</summary>
    public static Machine Current()
    {
        var processor = HostEnvironmentInfo.GetCurrent().Cpu.Value;
        return new(
            (processor?.ProcessorName ?? RuntimeInformation.ProcessArchitecture.ToString()) + FamilyAndModel(),
            $"{processor?.PhysicalCoreCount?.ToString() ?? "?"} physical, {Environment.ProcessorCount} logical for this process",
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            CpuVectorWidth.Bits);
    }

    /// <summary>The processor as a file's name.</summary>
    public string FileName
    {
        get
        {
            var letters = Processor.Replace("(R)", "", StringComparison.Ordinal).Replace("(TM)", "", StringComparison.Ordinal)
                .Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ');
            return string.Join('-', string.Concat(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    /// <summary>How busy the machine is; null where the system does not say.</summary>
    public static LoadAverage? LoadAverage()
    {
        if (!File.Exists(LinuxLoad))
            return null;
        var fields = File.ReadAllText(LinuxLoad).Split(' ');
        return new(double.Parse(fields[0], CultureInfo.InvariantCulture), double.Parse(fields[2], CultureInfo.InvariantCulture));
    }

    private static string FamilyAndModel()
    {
        if (!File.Exists(LinuxProcessors))
            return "";
        var lines = File.ReadAllLines(LinuxProcessors);
        return Field(lines, "cpu family") is { } family && Field(lines, "model") is { } model ? $", family {family}, model {model}" : "";
    }

    private static string? Field(string[] lines, string name) => lines
        .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(field => field.Length == 2 && field[0] == name)?[1];
}

/// <summary>Processes that ran or waited to run.</summary>
/// <param name="OneMinute">On average over the last minute.</param>
/// <param name="FifteenMinutes">On average over the last fifteen minutes.</param>
internal readonly record struct LoadAverage(double OneMinute, double FifteenMinutes)
{
    private const double Quiet = 0.5;

    /// <summary>In words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{OneMinute:0.00} over a minute, {FifteenMinutes:0.00} over fifteen, before it began: {(OneMinute < Quiet ? "quiet" : "the machine was shared")}");
}
