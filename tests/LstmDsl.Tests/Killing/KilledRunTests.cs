using Xunit.Abstractions;

namespace LstmDsl.Tests;

/// <summary>A training program and a backtest that are killed at random instants and started again leave what nobody killed leaves.</summary>
public sealed class KilledRunTests(ITestOutputHelper output)
{
    /// <summary>How often programs are killed in all; more by hand: <c>LSTMDSL_KILLS=1000 dotnet test --filter KilledRunTests</c>.</summary>
    private static readonly int Kills = LongLane.Cases("LSTMDSL_KILLS", usually: 30, inLongLane: 200);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_program_that_is_killed_and_started_again_leaves_the_same_bits() =>
        output.WriteLine(new KilledPrograms(KilledRun.Command).Compare(Kills, KilledRun.Result, folder =>
        {
            if (File.Exists(Path.Combine(folder, KilledRun.Best)))
                Killed.Load(Path.Combine(folder, KilledRun.Best));
        }));

    /// <summary>Whatever the number of threads before and after.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void A_backtest_that_is_killed_and_resumed_leaves_the_same_files()
    {
        var programs = new KilledPrograms(KilledBacktest.Command, program => [$"{1 + (program % 3)}"]);
        output.WriteLine(programs.Compare(Math.Max(1, Kills / 4), KilledBacktest.Result));
    }
}
