using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using LstmDsl.Tests;

namespace LstmDsl.GpuCheck;

/// <summary>What the device and its computer are, and how fast the device launches and copies.</summary>
internal static partial class DeviceFacts
{
    /// <summary>Says them.</summary>
    public static void Run(string device, Action<PhaseMessage> say)
    {
        Say("device", IlgpuDevice.Find(device).ToString()!);
        Say("devices here", IlgpuDevice.Status);
        if (DriversOwnWords() is { } words)
            Say("driver", words);
        Say("processor", $"{Processor()}, {Environment.ProcessorCount} logical, vectors of {CpuVectorWidth.Bits} bits");
        Say("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
        if (IlgpuDevice.Find(device) is IlgpuDevice)
            MeasureSpeed(device, Say);

        void Say(string name, string text) => say(new(MessageKind.Fact) { Name = name, Text = text });
    }

    static partial void MeasureSpeed(string device, Action<string, string> say);

    private static string? DriversOwnWords()
    {
        if (Tools.Find("LSTMDSL_NVIDIA_SMI", "nvidia-smi") is not [var program, ..])
            return null;
        try
        {
            const string Columns = "name,driver_version,memory.total,clocks.max.sm,power.limit";
            var start = new ProcessStartInfo(program, [$"--query-gpu={Columns}", "--format=csv,noheader"]) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var read = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
                process.Kill();
            return string.Join("; ", read.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string Processor()
    {
        const string Linux = "/proc/cpuinfo";
        var line = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string Digits(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:G3} {unit}");
}
