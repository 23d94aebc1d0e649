using System.Globalization;

namespace LstmDsl.Tests;

/// <summary>Backtests that train afresh, from the start or from where they were stopped.</summary>
public sealed class RecipeBacktestTests
{
    private static readonly ForecastPlan Plan = FakeForecaster.Plan(10, 5, [0.1, 0.5, 0.9]);
    private static readonly TimeSeries Series = FakeForecaster.Hourly([.. Enumerable.Range(0, 200).Select(row => 50 + (30 * Math.Sin(row / 3.0)))]);

    [Fact]
    public void A_model_is_trained_on_what_is_known_and_forecasts_until_the_next_one()
    {
        var parts = new List<BacktestPart>();
        var result = Backtest.Run(Plan, Series, part => Trained(part, parts), origins: 7, refitEvery: 3, seed: 5);
        Assert.Equal([164, 169, 174, 179, 184, 189, 194], result.Outcomes.Select(outcome => outcome.LastRow));
        Assert.Equal([(0, 5, 165), (1, 5, 180), (2, 5, 195)], parts.Select(part => (part.Refit, part.Seed, part.Series.Count)));
        Assert.All(parts, part => Assert.Equal(Series.Start, part.Series.Start));
        // What the fake learnt is how many rows it was given.
        Assert.Equal([165, 165, 165, 180, 180, 180, 195], result.Outcomes.Select(outcome => outcome.Forecast.Point(0)));
        Assert.Equal(165, result.Scale().Rows);
        Assert.Equal(["Trained", "naive (last value)"], result.Forecasters);
        Assert.Equal("165 rows", result.Description);
    }

    [Fact]
    public void A_rolling_part_has_as_many_rows_each_time_and_no_refit_is_one_model()
    {
        var parts = new List<BacktestPart>();
        Backtest.Run(Plan, Series, part => Trained(part, parts), origins: 4, refitEvery: 2, trainingRows: 60);
        Assert.Equal([(60, Series.TimeAt(120)), (60, Series.TimeAt(130))], parts.Select(part => (part.Series.Count, part.Series.Start)));
        parts.Clear();
        Backtest.Run(Plan, Series, part => Trained(part, parts), origins: 4);
        Assert.Equal([180], parts.Select(part => part.Series.Count));
    }

    [Fact]
    public void A_run_that_was_stopped_goes_on_with_the_same_numbers_and_trains_only_what_is_missing()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("backtest.json");
        var whole = Run(null, [], int.MaxValue);
        for (var stop = 0; stop <= 4; stop++)
        {
            List<BacktestPart> first = [], second = [];
            if (stop < 4)
                Assert.Throws<OperationCanceledException>(() => Run(file, first, stop));
            else
                Run(file, first, stop);
            // What a write left that was killed.
            File.WriteAllText(folder.File(".backtest.json.abcdefgh.xyz.tmp"), "{");
            var resumed = Run(file, second, int.MaxValue);
            Assert.Equal(Math.Min(4 - stop, 4), second.Count);
            Assert.Equal(whole.ToString(), resumed.ToString());
            foreach (var (expected, found) in whole.Outcomes.Zip(resumed.Outcomes))
            {
                Assert.Equal(expected.Forecast.Values.ToArray(), found.Forecast.Values.ToArray());
                Assert.Equal(expected.Forecast.Times, found.Forecast.Times);
                Assert.Equal(expected.Forecast.Units, found.Forecast.Units);
            }

            Assert.Equal("165 rows", resumed.Description);
            Assert.Equal(["backtest.json"], folder.Names);
            File.Delete(file);
        }

        BacktestResult Run(string? path, List<BacktestPart> parts, int stop) => Backtest.Run(
            Plan, Series, part => part.Refit < stop ? Trained(part, parts) : throw new OperationCanceledException(),
            origins: 7, refitEvery: 2, resumeFrom: path);
    }

    [Fact]
    public void Models_that_are_trained_at_once_forecast_the_same_bits_and_leave_the_same_file()
    {
        using var folder = new TemporaryFolder();
        var expected = KilledBacktest.Backtest(1, folder.File("1.json"));
        foreach (var threads in new[] { 2, 3, 16 })
        {
            var found = KilledBacktest.Backtest(threads, folder.File($"{threads}.json"));
            foreach (var (one, other) in expected.Outcomes.Zip(found.Outcomes))
                Assert.Equal(one.Forecast.Values.ToArray(), other.Forecast.Values.ToArray());
            Assert.Equal(expected.ToString(), found.ToString());
            Assert.Equal(expected.Description, found.Description);
            Assert.Equal(File.ReadAllBytes(folder.File("1.json")), File.ReadAllBytes(folder.File($"{threads}.json")));
        }
    }

    [Fact]
    public void Several_models_are_trained_at_once_by_the_callers_culture()
    {
        var (before, meeting) = (CultureInfo.CurrentCulture, new Barrier(2));
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = "٫";
        CultureInfo.CurrentCulture = culture;
        try
        {
            Backtest.Run(Plan, Series, part =>
            {
                // Neither goes on before the other is here.
                Assert.True(meeting.SignalAndWait(TimeSpan.FromSeconds(30)));
                Assert.Equal("1٫5", 1.5.ToString(CultureInfo.CurrentCulture));
                return Trained(part, []);
            }, origins: 4, refitEvery: 2, threads: 2);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Where_a_training_fails_those_before_it_are_kept_and_its_own_fault_is_thrown(int threads)
    {
        using var folder = new TemporaryFolder();
        var (file, begun) = (folder.File("backtest.json"), 0);
        var fault = Assert.Throws<InvalidOperationException>(() => Backtest.Run(
            Plan, Series, part =>
            {
                Interlocked.Increment(ref begun);
                return part.Refit < 2 ? Trained(part, []) : throw new InvalidOperationException($"model {part.Refit}");
            }, origins: 14, refitEvery: 2, resumeFrom: file, threads: threads));
        Assert.Equal("model 2", fault.Message);
        Assert.True(begun <= 2 + threads, $"{begun} were begun.");
        var parts = new List<BacktestPart>();
        Backtest.Run(Plan, Series, part => Trained(part, parts), origins: 14, refitEvery: 2, resumeFrom: file);
        Assert.Equal([2, 3, 4, 5, 6], parts.Select(part => part.Refit));
        Assert.Contains("At least one thread is needed.", Assert.Throws<ArgumentOutOfRangeException>(
            () => Backtest.Run(Plan, Series, part => Trained(part, []), origins: 4, threads: 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_backtest_is_refused_by_what_differs()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("backtest.json");
        Run(Series);
        var other = FakeForecaster.Hourly([.. Series.Values.ToArray().Select((value, row) => row == 3 ? value + 1e-9 : value)]);
        Assert.Contains("its series is", Refused(() => Run(other)), StringComparison.Ordinal);
        Assert.Contains("its origins is", Refused(() => Run(Series, origins: 6)), StringComparison.Ordinal);
        Assert.Contains("seed 43", Refused(() => Run(Series, seed: 43)), StringComparison.Ordinal);
        Assert.Contains("60 rows, seed 42", Refused(() => Run(Series, rows: 60)), StringComparison.Ordinal);
        Assert.Contains("Delete it to begin anew", Refused(() => Run(other)), StringComparison.Ordinal);

        void Run(TimeSeries series, int origins = 7, int seed = 42, int? rows = null) => Backtest.Run(
            Plan, series, part => Trained(part, []), origins, refitEvery: 2, trainingRows: rows, seed: seed, resumeFrom: file);
        static string Refused(Action run) => Assert.Throws<InvalidDataException>(run).Message;
    }

    [Fact]
    public void A_damaged_file_is_refused_whatever_the_damage_and_stays_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("backtest.json");
        Backtest.Run(Plan, Series, part => Trained(part, []), origins: 3, refitEvery: 2, resumeFrom: file);
        var whole = File.ReadAllText(file);
        string[] damaged =
        [
            "", "{}", "[1]", "null", whole[..^1], whole[..(whole.Length / 2)], whole.Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal),
            whole.Replace("[[", "[[1,", StringComparison.Ordinal), whole.Replace("[[", "[[\"1\",", StringComparison.Ordinal),
            whole.Replace("[[", "[[1e999,", StringComparison.Ordinal), whole.Replace("[[", "[[],[", StringComparison.Ordinal),
            whole.Replace("\"forecasts\":[", "\"forecasts\":3,\"x\":[", StringComparison.Ordinal),
            whole.Replace("\"model\"", "\"modal\"", StringComparison.Ordinal),
            whole + new string(' ', 3 << 20),
        ];
        foreach (var text in damaged)
        {
            File.WriteAllText(file, text);
            var fault = Assert.Throws<InvalidDataException>(() =>
                Backtest.Run(Plan, Series, part => Trained(part, []), origins: 3, refitEvery: 2, resumeFrom: file));
            Assert.Contains(file, fault.Message, StringComparison.Ordinal);
            Assert.Equal(text, File.ReadAllText(file));
        }
    }

    [Fact]
    public void A_recipe_that_learns_from_rows_behind_its_part_is_refused()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Backtest.Run(
            Plan, Series, part => new FakeForecaster(Plan, (_, _, _) => [1, 2, 3], Series.TimeAt(part.Series.Count)), origins: 3, refitEvery: 1));
        Assert.Contains("was given rows until 2024-01-08 16:00Z, and Fake learnt until 2024-01-08 17:00Z", fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<InvalidOperationException>(() => Backtest.Run(
            Plan, Series, _ => new FakeForecaster(FakeForecaster.Plan(10, 5), (_, _, _) => [1]), origins: 3));
        Assert.Contains("something else than the plan", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Backtest.Run(Plan, Series, part => Trained(part, []), origins: 3, refitEvery: 0));
    }

    private static FakeForecaster Trained(BacktestPart part, List<BacktestPart> parts)
    {
        parts.Add(part);
        return new(Plan, (row, step, _) => [part.Series.Count - 1, part.Series.Count, part.Series.Count + (0.1 * (row + step))], part.Series.End)
        {
            Name = "Trained",
            Description = $"{part.Series.Count} rows",
        };
    }
}
