namespace LstmDsl.Tests;

[Forecast(12, 4, Seasons = [8])]
[Target("load", Unit = "MW")]
[Known(DatePart.HourOfDay)]
[Quantiles(0.1, 0.5, 0.9)]
[Lstm(6)]
[RepeatVector(4)]
[Future]
[Dense(6, Activation = Activation.Relu)]
internal sealed partial class BacktestedModel;

/// <summary>A backtest that trains afresh many times, in a program that can be killed and started again.</summary>
internal static class KilledBacktest
{
    /// <summary>The argument that asks for it.</summary>
    public const string Command = "backtest-until-killed";

    /// <summary>A file that is there once the run has ended.</summary>
    public const string Result = "report.html";

    /// <summary>Backtests from the start, or from where the last program in the working folder was killed, and writes all there is to write.</summary>
    public static void Run(int threads)
    {
        var isStarted = 0;
        var result = Backtest(threads, "forecasts.json", () =>
        {
            if (Interlocked.Exchange(ref isStarted, 1) == 0)
                Console.WriteLine(KilledRun.Started);
        });
        // A run that is killed while it writes its results leaves temporary files; those of the forecasts so far the backtest itself takes away.
        string[] results = ["errors.csv", "all.csv", "result.md", Result];
        foreach (var name in results)
            AtomicFile.DiscardLeftovers(name);
        result.SaveCsv("errors.csv");
        result.SaveForecasts("all.csv");
        result.SaveMarkdown("result.md");
        result.SaveReport(Result);
    }

    /// <summary>A model every two of 16 origins.</summary>
    public static BacktestResult Backtest(int threads, string? file, Action? onTraining = null)
    {
        double[] load = [.. Enumerable.Range(0, 400).Select(row => 50 + (20 * Math.Sin(row * Math.PI / 4)) + (row * row % 11))];
        var series = TimeSeries.From(
            Enumerable.Range(0, 400), row => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(row), [("load", row => load[row])], zone: "UTC");
        return LstmDsl.Backtest.Run(BacktestedModel.Forecasting, series, part =>
        {
            onTraining?.Invoke();
            var windows = BacktestedModel.Windows(part.Series.Split(0.8, 0.1), batchSize: 16, seed: part.Seed);
            var model = new BacktestedModel(part.Seed + part.Refit);
            new BacktestedModel.Trainer(model).Fit(windows.Training, epochs: 4, verbose: 0);
            return model.AsForecaster();
        }, origins: 16, refitEvery: 2, resumeFrom: file, threads: threads);
    }
}
