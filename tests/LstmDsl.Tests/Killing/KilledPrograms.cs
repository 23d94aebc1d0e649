using System.Diagnostics;
using System.Security.Cryptography;

namespace LstmDsl.Tests;

/// <summary>
/// Kills a program at random instants, starts it again each time, and compares what it leaves behind with what a program leaves that nobody
/// killed.
/// </summary>
/// <param name="command">What this assembly is asked for as a program.</param>
/// <param name="arguments">More arguments of the n-th program.</param>
internal sealed class KilledPrograms(string command, Func<int, string[]>? arguments = null)
{
    /// <summary>A program that is never allowed to end would be killed for ever; after so many times it may.</summary>
    private const int MostKillsOfOneRun = 12;

    private int started;

    /// <summary>Kills so many in all, and returns in words how many runs that were.</summary>
    /// <param name="kills">How many.</param>
    /// <param name="result">A file that is there once a run has ended.</param>
    /// <param name="look">Looks at the folder after each kill.</param>
    public string Compare(int kills, string result, Action<string>? look = null)
    {
        using var folder = new TemporaryFolder();
        var undisturbed = Stopwatch.StartNew();
        using (var program = Start(folder.File("whole")))
            Assert.Equal(0, Wait(program));
        undisturbed.Stop();
        var expected = Files(folder.File("whole"));
        Assert.Contains(expected, file => file.StartsWith(result, StringComparison.Ordinal));

        var random = new Random(2026);
        var (killed, runs, longest) = (0, 0, (int)undisturbed.ElapsedMilliseconds / 5);
        while (killed < kills)
        {
            var run = folder.File("killed");
            for (var own = 0; own < MostKillsOfOneRun && killed < kills; own++)
            {
                using var program = Start(run);
                // Most are killed while they train, some while they start or read their checkpoint.
                if (random.Next(4) > 0)
                    program.StandardOutput.ReadLine();
                Thread.Sleep(random.Next(longest));
                program.Kill();
                var code = Wait(program);
                if (code == 0)
                    break;
                killed++;
                Assert.Equal("", program.StandardError.ReadToEnd());
                look?.Invoke(run);
            }

            using (var last = Start(run))
                Assert.Equal(0, Wait(last));
            Assert.Equal(expected, Files(run));
            Directory.Delete(run, recursive: true);
            runs++;
        }

        return $"{killed} kills in {runs} runs, each with the bits of the run that nobody killed.";
    }

    // Files name their paths, so each run has the same ones in a folder of its own.
    private Process Start(string folder)
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo(Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet")
        {
            ArgumentList = { "exec", typeof(KilledPrograms).Assembly.Location, command },
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments?.Invoke(started++) ?? [])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static int Wait(Process program)
    {
        Assert.True(program.WaitForExit(TimeSpan.FromMinutes(2)), "The program hangs.");
        return program.ExitCode;
    }

    private static string[] Files(string folder) =>
    [
        .. Directory.GetFiles(folder).Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetFileName(path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}"),
    ];
}
