using System.Globalization;
using System.Text;

namespace LstmDsl.GpuCheck;

/// <summary><c>gpu-check cuda:0</c>: runs the phases one after the other, and writes the page anew whenever one has something to tell.</summary>
internal static class CheckCommand
{
    private const double UsualMinutes = 8;

    private const string Usage = """
        gpu-check DEVICE [--output FOLDER] [--minutes NUMBER]

        DEVICE     cuda:0, opencl:0 and so on, or ilgpu-cpu, which needs no GPU
        --output   takes gpu-check.md and gpu-check.json; this folder if not given
        --minutes  how long it may take, at most; 8 if not given
        """;

    /// <summary>Runs the check; 0 where every case ran and passed.</summary>
    public static int Run(string[] arguments)
    {
        Console.OutputEncoding = Encoding.UTF8;
        if (!TryParse(arguments, out var device, out var output, out var minutes))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        try
        {
            _ = IlgpuDevice.Find(device);
        }
        catch (ArgumentException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return 2;
        }

        return Run(device, output, TimeSpan.FromMinutes(minutes));
    }

    private static int Run(string device, string output, TimeSpan time)
    {
        Directory.CreateDirectory(output);
        var report = new CheckReport(device, [.. Phase.All.Select(phase => new PhaseResult(phase, device))]);
        // What a phase leaves of its time is the next one's.
        var until = TimeSpan.Zero;
        // Who gives it more time than usual has a slow device, or one that is shared.
        var slowness = Math.Max(1, time.TotalMinutes / UsualMinutes);
        foreach (var result in report.Phases)
        {
            until += time * result.Phase.Share;
            Console.WriteLine($"{result.Phase.Name}: {result.Phase.Title}");
            new PhaseProcess(result, device, slowness).Run(until - report.Elapsed, () => report.Save(output));
            report.Save(output);
            Console.WriteLine($"  {result}");
        }

        report.IsComplete = true;
        report.Save(output);
        Console.WriteLine(report.Verdict);
        Console.WriteLine(Path.GetFullPath(Path.Combine(output, CheckReport.FileName + ".md")));
        return report.Passed ? 0 : 1;
    }

    private static bool TryParse(string[] arguments, out string device, out string output, out double minutes)
    {
        (device, output, minutes) = ("", ".", UsualMinutes);
        for (var index = 0; index < arguments.Length; index++)
        {
            var value = index + 1 < arguments.Length ? arguments[index + 1] : null;
            switch (arguments[index])
            {
                case "--output" when value is not null:
                    output = value;
                    index++;
                    break;
                case "--minutes" when double.TryParse(value, CultureInfo.InvariantCulture, out minutes) && minutes > 0:
                    index++;
                    break;
                case var name when device.Length == 0 && !name.StartsWith('-'):
                    device = name;
                    break;
                default:
                    return false;
            }
        }

        return device.Length > 0;
    }
}
