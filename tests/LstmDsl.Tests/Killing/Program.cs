namespace LstmDsl.Tests;

/// <summary>
/// What this assembly does as a program of its own: the runs that <see cref="KilledRunTests"/> kills, whose disk
/// <see cref="FailingDiskTests"/> lets fail, whose machine code <see cref="HotLoopTests"/> reads, and a forecast elsewhere. Test runners load the
/// assembly and never come here.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case [KilledRun.Command]:
                KilledRun.Train();
                return 0;
            case [KilledBacktest.Command, var threads]:
                KilledBacktest.Run(int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture));
                return 0;
            case [HotLoopRun.Command]:
                HotLoopRun.Train();
                return 0;
            case [ForecastRun.Command, var model, var data]:
                ForecastRun.Print(model, data);
                return 0;
            case [FailingDiskRun.Command, var file, var onWriteError]:
                FailingDiskRun.Train(file, Enum.Parse<OnWriteError>(onWriteError));
                return 0;
            default:
                Console.Error.WriteLine(
                    $"Run the tests with 'dotnet test'. As a program this trains: {KilledRun.Command}, {KilledBacktest.Command} threads, {HotLoopRun.Command}, {ForecastRun.Command} model data, or {FailingDiskRun.Command} file Throw|Warn");
                return 2;
        }
    }
}
