using System.Diagnostics;
using System.Security.Cryptography;
using Xunit.Abstractions;

namespace LstmDsl.Tests;

/// <summary>
/// Kills a training program at random instants, starts it again each time, and compares what it leaves behind with what a program leaves
/// that nobody killed.
/// </summary>
public sealed class KilledRunTests(ITestOutputHelper output)
{
    /// <summary>How often programs are killed in all; more by hand: <c>LSTMDSL_KILLS=1000 dotnet test --filter KilledRunTests</c>.</summary>
    private static readonly int Kills = LongLane.Cases("LSTMDSL_KILLS", usually: 30, inLongLane: 200);

    /// <summary>A program that is never allowed to end would be killed for ever; after so many times it may.</summary>
    private const int MostKillsOfOneRun = 12;

    [Fact]
    [Trait("Category", "Slow")]
    public void A_program_that_is_killed_and_started_again_leaves_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var undisturbed = Stopwatch.StartNew();
        using (var program = Start(folder.File("whole")))
            Assert.Equal(0, Wait(program));
        undisturbed.Stop();
        var expected = Files(folder.File("whole"));
        Assert.Contains(expected, file => file.StartsWith(KilledRun.Result, StringComparison.Ordinal));

        var random = new Random(2026);
        var (kills, runs, longest) = (0, 0, (int)undisturbed.ElapsedMilliseconds / 5);
        while (kills < Kills)
        {
            var run = folder.File("killed");
            for (var own = 0; own < MostKillsOfOneRun && kills < Kills; own++)
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
                kills++;
                Assert.Equal("", program.StandardError.ReadToEnd());
                if (File.Exists(Path.Combine(run, KilledRun.Best)))
                    Killed.Load(Path.Combine(run, KilledRun.Best));
            }

            using (var last = Start(run))
                Assert.Equal(0, Wait(last));
            Assert.Equal(expected, Files(run));
            Directory.Delete(run, recursive: true);
            runs++;
        }

        output.WriteLine($"{kills} kills in {runs} runs, each with the bits of the run that nobody killed.");
    }

    // Files name their paths, so each run has the same ones in a folder of its own.
    private static Process Start(string folder)
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo(Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet")
        {
            ArgumentList = { "exec", typeof(KilledRun).Assembly.Location, KilledRun.Command },
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static int Wait(Process program)
    {
        Assert.True(program.WaitForExit(TimeSpan.FromMinutes(2)), "The training program hangs.");
        return program.ExitCode;
    }

    private static string[] Files(string folder) =>
    [
        .. Directory.GetFiles(folder).Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetFileName(path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}"),
    ];
}
