using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace LstmDsl.Benchmarks;

/// <summary>The sample of the first system, from the start of its process to its end.</summary>
internal sealed class FirstSystem : OwnWork
{
    private const int Epochs = 20;

    private long peakBytes;

    public override long? PeakBytes => peakBytes;

    private static string Program => typeof(FirstSystem).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == nameof(FirstSystem)).Value!;

    public override void Run(int count)
    {
        for (var run = 0; run < count; run++)
            RunProcess();
    }

    private void RunProcess()
    {
        var output = Directory.CreateTempSubdirectory("first-system-").FullName;
        try
        {
            var epochs = Epochs.ToString(CultureInfo.InvariantCulture);
            var start = new ProcessStartInfo("dotnet")
            {
                // As patient as there are epochs: training must not stop early, which would depend on the last bits.
                ArgumentList = { Path.GetFullPath(Program), "--epochs", epochs, "--patience", epochs, "--output", output },
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start)!;
            var read = process.StandardOutput.ReadToEndAsync();
            do
            {
                // The memory's high-water mark can only be read while the process lives.
                process.Refresh();
                if (!process.HasExited)
                    peakBytes = Math.Max(peakBytes, PeakOf(process));
            }
            while (!process.WaitForExit(TimeSpan.FromMilliseconds(5)));
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{Program} ended with {process.ExitCode}: {read.Result}");
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static long PeakOf(Process process)
    {
        try
        {
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
            return 0;
        }
    }
}
