using System.Globalization;

namespace LstmDsl.Tests;

/// <summary>Splits, standardisation and the windows of series.</summary>
public sealed class SplitSeriesTests
{
    private static readonly string Seattle = Path.Combine(AppContext.BaseDirectory, "data", "seattle-weather.csv");

    private static TimeSeries Ramp(int rows) => TimeSeries.FromArrays([.. Enumerable.Range(0, rows).Select(i => (double)i)]);

    [Fact]
    public void The_first_system_gets_its_windows()
    {
        var weather = TimeSeries.ReadCsv(Seattle, time: "date", values: ["temp_max"], unit: "°C");
        var (training, validation, test) = weather.Split(0.70, 0.15).Standardize().Windows(timesteps: 20, batchSize: 32);
        Assert.Equal((1_002, 219, 220), (training.Count, validation.Count, test.Count));
        Assert.Equal((32, 7, 7), (training.BatchCount, validation.BatchCount, test.BatchCount));
        Assert.Equal((true, false, false), (training.Shuffle, validation.Shuffle, test.Shuffle));
        Assert.Same(training.Source.Rows, test.Source.Rows);
        Assert.Equal(weather.Count, training.Source.Rows.Length);
        Assert.Equal(1_022, validation.TargetRow(0));
        Assert.Equal(weather.End, test.TargetTime(219));
        Assert.Equal(weather[1_460, 0], test.RawTarget(219, 0));
        Assert.Equal(weather[1_459, 0], test.NaiveForecast(219, 0));
        Assert.Equal([20, 1], training.InputShape);
        Assert.Equal([1], training.TargetShape);
    }

    [Fact]
    public void The_mean_and_deviation_are_those_of_the_training_part()
    {
        var split = TimeSeries.FromArrays([1, 3, 5, 7, 100, 200, 300, 400]).Split(0.5, 0.25).Standardize();
        var pipeline = split.Windows(timesteps: 1).Training.Pipeline!;
        var fitted = Assert.Single(pipeline.Columns).Scaling;
        Assert.Equal(new ColumnScaling(Scaling.Standard, 4, Math.Sqrt(5)), fitted);
        Assert.Equal((100 - 4) / Math.Sqrt(5), pipeline.Scale(0, 100));
        Assert.Equal(100, pipeline.UnscaleTarget(0, pipeline.ScaleTarget(0, 100)), 1e-12);
    }

    [Theory]
    [InlineData(100, 0.29, 0.29, 29, 58)]
    [InlineData(1_461, 0.70, 0.15, 1_022, 1_241)]
    [InlineData(10, 0.7, 0.2, 7, 9)]
    [InlineData(3, 1 / 3.0, 1 / 3.0, 1, 2)]
    [InlineData(11, 0.5, 0.25, 5, 8)]
    public void Borders_are_rounded_down_but_for_rounding_errors(int rows, double training, double validation, int first, int second)
    {
        var split = Ramp(rows).Split(training, validation);
        Assert.Equal(..first, split.TrainingRows);
        Assert.Equal(first..second, split.ValidationRows);
        Assert.Equal(second..rows, split.TestRows);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.1)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, 0.5)]
    [InlineData(double.NaN, 0.1)]
    [InlineData(0.5, double.NaN)]
    [InlineData(-0.1, 0.5)]
    public void Shares_that_leave_a_part_empty_are_refused(double training, double validation) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Ramp(100).Split(training, validation));

    [Theory]
    [InlineData(3, 1, 1, 1)]
    [InlineData(3, 2, 1, 1)]
    [InlineData(4, 1, 3, 1)]
    [InlineData(2, 3, 2, 3)]
    public void Each_window_lies_before_its_target_in_the_part_that_holds_it(int timesteps, int horizon, int rate, int stride)
    {
        var sets = Ramp(60).Split(0.5, 0.25).Windows(timesteps, horizon, 4, stride, rate);
        int reach = (timesteps - 1 + horizon) * rate;
        int[] borders = [0, 30, 45, 60];
        WindowedDataset[] parts = [sets.Training, sets.Validation, sets.Test];
        for (int part = 0; part < 3; part++)
        {
            int[] starts = [.. Enumerable.Range(0, 60).Where(s => s % stride == 0 && s + reach >= borders[part] && s + reach < borders[part + 1])];
            Assert.Equal(starts, parts[part].Source.Starts);
            var (inputs, targets) = parts[part].Batches().First();
            Assert.Equal(starts[0] + reach, targets!.Value.Values[0]);
            for (int t = 0; t < timesteps; t++) Assert.Equal(starts[0] + t * rate, inputs.Values[t]);
        }
    }

    [Theory]
    [InlineData(3, 1, 1, 1)]
    [InlineData(3, 2, 1, 2)]
    [InlineData(4, 1, 3, 1)]
    [InlineData(2, 3, 4, 3)]
    public void A_sequence_of_targets_is_the_window_moved_by_the_horizon(int timesteps, int horizon, int rate, int stride)
    {
        // 61 rows: no multiple of any of the rates.
        const int Rows = 61;
        var values = new double[Rows, 2];
        for (int row = 0; row < Rows; row++) (values[row, 0], values[row, 1]) = (row, 1_000 + row);
        var split = TimeSeries.FromArrays(values, ["a", "b"]).Split(0.5, 0.25);
        foreach (string[] targets in new[] { ["a", "b"], new[] { "b" } })
        {
            var single = split.Windows(timesteps, horizon, 4, stride, rate, targets: targets);
            var sequence = split.Windows(timesteps, horizon, 4, stride, rate, targets: targets, sequenceTargets: true);
            WindowedDataset[] ones = [single.Training, single.Validation, single.Test];
            WindowedDataset[] sequences = [sequence.Training, sequence.Validation, sequence.Test];
            foreach (var (one, many) in ones.Zip(sequences))
            {
                // All targets lie in the part; what a single target would add straddles the border before it.
                var begin = many == sequences[0] ? 0 : many == sequences[1] ? 30 : 45;
                Assert.Equal(one.Source.Starts.Where(start => start + horizon * rate >= begin), many.Source.Starts);
                Assert.Equal(one.Count - many.Count, many.Straddling);
                Assert.Equal(0, one.Straddling);
                Assert.Equal([timesteps, targets.Length], many.TargetShape);
                float[] found = [.. many.Batches().SelectMany(batch => batch.Targets!.Value.Values.ToArray())];
                float[] expected =
                [
                    .. from start in many.Source.Starts
                       from t in Enumerable.Range(0, timesteps)
                       from target in targets
                       select (target == "a" ? 0f : 1_000) + start + (t + horizon) * rate,
                ];
                Assert.Equal(expected, found);
                Assert.Equal(one.TargetRow(many.Straddling), many.TargetRow(0));
                Assert.Equal(one.RawTarget(many.Straddling, 0), many.RawTarget(0, 0));
                Assert.True(many.Pipeline!.SequenceTargets);
            }
        }
    }

    [Fact]
    public void Sequences_of_targets_share_the_rows_of_the_windows()
    {
        var sets = Ramp(60).Split(0.5, 0.25).Windows(timesteps: 3, sequenceTargets: true);
        Assert.Same(sets.Training.Source.Rows, sets.Training.Source.Targets);
    }

    [Fact]
    public void No_window_crosses_a_hole()
    {
        double[] values = [.. Enumerable.Range(0, 40).Select(i => (double)i)];
        values[10] = values[25] = double.NaN;
        var sets = TimeSeries.FromArrays(values, missing: Missing.Hole).Split(0.5, 0.25).Windows(timesteps: 3);
        Assert.Equal([.. Enumerable.Range(0, 7), .. Enumerable.Range(11, 6)], sets.Training.Source.Starts);
        Assert.Equal([17, 18, 19, 20, 21, 26], sets.Validation.Source.Starts);
        Assert.All(new[] { sets.Training, sets.Validation, sets.Test }.SelectMany(set => set.Batches()), batch =>
        {
            Assert.All(batch.Inputs.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
            Assert.All(batch.Targets!.Value.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
        });
    }

    [Fact]
    public void A_hole_between_sampled_rows_counts_too()
    {
        double[] values = [.. Enumerable.Range(0, 40).Select(i => (double)i)];
        values[3] = double.NaN;
        var sets = TimeSeries.FromArrays(values, missing: Missing.Hole).Split(0.5, 0.25).Windows(timesteps: 2, samplingRate: 2);
        Assert.Equal(4, sets.Training.Source.Starts[0]);
    }

    [Fact]
    public void Holes_take_no_part_in_the_mean()
    {
        var split = TimeSeries.FromArrays([1, 3, double.NaN, 9, 9, 9, 9, 9], missing: Missing.Hole).Split(0.375, 0.25).Standardize();
        Assert.Equal(2, split.Windows(1, targets: ["value"]).Test.Pipeline!.Columns[0].Scaling.Center);
    }

    [Fact]
    public void A_constant_column_scales_by_one_and_warns()
    {
        // Thirty times 0.1 sums to 3.0000000000000013: a deviation from that mean would not be zero.
        double[] values = [.. Enumerable.Repeat(0.1, 30), .. Enumerable.Range(0, 30).Select(i => (double)i)];
        var split = TimeSeries.FromArrays(values).Split(0.5, 0.25).Standardize();
        var set = split.Windows(timesteps: 2).Training;
        Assert.Equal("The column 'value' is constant in the training part (0.1), so it scales by 1.", Assert.Single(set.Warnings));
        var fitted = set.Pipeline!.Columns[0].Scaling;
        Assert.Equal((0.1, 1.0), (fitted.Center, fitted.Spread));
    }

    [Fact]
    public void Targets_are_chosen_by_name()
    {
        double[,] values = new double[20, 3];
        for (int i = 0; i < 20; i++) (values[i, 0], values[i, 1], values[i, 2]) = (i, 100 + i, 200 + i);
        var set = TimeSeries.FromArrays(values, ["a", "b", "c"]).Split(0.5, 0.25).Windows(timesteps: 2, targets: ["c", "a"]).Training;
        var (inputs, targets) = set.Batches().First();
        Assert.Equal([0f, 100, 200, 1, 101, 201], inputs.Values[..6].ToArray());
        Assert.Equal([202f, 2], targets!.Value.Values[..2].ToArray());
        Assert.Equal([2], set.TargetShape);
        Assert.Equal((202, 2), (set.RawTarget(0, 0), set.RawTarget(0, 1)));
        Assert.Equal((201, 1), (set.NaiveForecast(0, 0), set.NaiveForecast(0, 1)));
        var error = Assert.Throws<ArgumentException>(() => TimeSeries.FromArrays(values, ["a", "b", "c"]).Split(0.5, 0.25).Windows(2, targets: ["d"]));
        Assert.Contains("'d' is no column", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_longer_than_the_series_says_what_is_needed_and_what_there_is()
    {
        var error = Assert.Throws<ArgumentException>(() => Ramp(15).Split(0.5, 0.25).Windows(timesteps: 20));
        Assert.Contains("needs 21 rows; the series has 15", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Ramp(15).Split(0.5, 0.25).Windows(int.MaxValue, int.MaxValue, samplingRate: int.MaxValue));
    }

    [Fact]
    public void A_part_without_a_window_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => Ramp(30).Split(0.5, 0.25).Windows(timesteps: 20));
        Assert.Contains("training part gets no window", error.Message, StringComparison.Ordinal);
        Assert.Contains("rows are 0 to 14", error.Message, StringComparison.Ordinal);
        Assert.Contains("first target is row 20 of 30", error.Message, StringComparison.Ordinal);
        double[] holes = [.. Enumerable.Range(0, 20).Select(i => i >= 14 && i % 2 == 0 ? double.NaN : i)];
        error = Assert.Throws<ArgumentException>(() => TimeSeries.FromArrays(holes, missing: Missing.Hole).Split(0.5, 0.25).Windows(timesteps: 2));
        Assert.Contains("test part gets no window", error.Message, StringComparison.Ordinal);
        Assert.Contains("3 holes in the series", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 1, 1, 1)]
    [InlineData(1, 0, 1, 1, 1)]
    [InlineData(1, 1, 0, 1, 1)]
    [InlineData(1, 1, 1, 0, 1)]
    [InlineData(1, 1, 1, 1, 0)]
    public void Sizes_must_be_positive(int timesteps, int horizon, int batchSize, int stride, int rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Ramp(50).Split(0.5, 0.25).Windows(timesteps, horizon, batchSize, stride, rate));

    [Fact]
    public void A_value_too_large_for_a_float_is_named()
    {
        var error = Assert.Throws<InvalidDataException>(() => TimeSeries.FromArrays([1, 2, 1e300, 4, 5, 6, 7, 8]).Split(0.5, 0.25).Windows(timesteps: 1));
        Assert.Contains("row 2, column 'value'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_models_own_pipeline_scales_the_series()
    {
        var owner = new Owner(Ramp(40).Split(0.5, 0.25).Standardize().Windows(timesteps: 2).Training.Pipeline);
        var other = TimeSeries.FromArrays([.. Enumerable.Range(0, 40).Select(i => 1_000.0 + i)]).Split(0.5, 0.25);
        Assert.Equal(owner.Pipeline, other.Standardize(owner).Windows(timesteps: 2).Test.Pipeline);
        Assert.Throws<InvalidOperationException>(() => other.Standardize().Standardize());
        Assert.Contains("no pipeline", Assert.Throws<ArgumentException>(() => other.Standardize(new Owner(null))).Message, StringComparison.Ordinal);
        var foreign = new Owner(new Pipeline(["temp"], ["temp"], 2));
        Assert.Contains("columns are 'temp', the other's 'value'", Assert.Throws<ArgumentException>(() => other.Standardize(foreign)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_window_starts_a_forecast()
    {
        var series = Ramp(40);
        var pipeline = series.Split(0.5, 0.25).Windows(timesteps: 3, samplingRate: 4).Training.Pipeline!;
        Assert.Equal([31f, 35, 39], SeriesWindows.Last(series, pipeline));
        Assert.Contains("needs 9 rows; the series has 8", Assert.Throws<ArgumentException>(() => SeriesWindows.Last(series[..8], pipeline)).Message, StringComparison.Ordinal);
        double[] values = [.. Enumerable.Range(0, 40).Select(i => i == 34 ? double.NaN : i)];
        Assert.Contains("hole at row 34", Assert.Throws<ArgumentException>(() => SeriesWindows.Last(TimeSeries.FromArrays(values, missing: Missing.Hole), pipeline)).Message, StringComparison.Ordinal);
        var dated = TimeSeries.FromArrays(new double[40], new DateTime(2020, 1, 1), TimeSpan.FromHours(1));
        Assert.Contains("time step is not known, the other's 1 hour", Assert.Throws<ArgumentException>(() => SeriesWindows.Last(dated, pipeline)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_texts_show_what_a_person_looks_at()
    {
        var split = TimeSeries.ReadCsv(Seattle, time: "date", values: ["temp_max"], unit: "°C").Split(0.70, 0.15);
        Assert.Equal("""
            training: 1,022 rows, 2012-01-01 to 2014-10-18
            validation: 219 rows, 2014-10-19 to 2015-05-25
            test: 220 rows, 2015-05-26 to 2015-12-31
            """, split.ToString(), ignoreLineEndingDifferences: true);
        Assert.Equal("""
            training: 1,002 windows of (20, 1) with targets (1,), 32 batches of 32, shuffled with seed 42
              inputs from 2012-01-01, targets 2012-01-21 to 2014-10-18, step 1 day, sampling rate 1, horizon 1
              temp_max: -1.6 to 35.6 °C; standardised, mean 16.445, scale 7.4064
              first window: 12.8 10.6 11.7 … 0 -1.1 7.2 → 8.3 °C at 2012-01-21
            """, split.Standardize().Windows(timesteps: 20, batchSize: 32, seed: 42).Training.ToString(), ignoreLineEndingDifferences: true);
        Assert.Equal("""
            validation: 200 windows of (20, 1) with targets (20, 1), 7 batches of 32
              inputs from 2014-10-18, targets 2014-10-19 to 2015-05-25, step 1 day, sampling rate 1, horizon 1
              19 windows left out: targets in two parts
              temp_max: 2.8 to 26.7 °C
              first window: 19.4 22.2 16.1 … 14.4 15 16.7 → 22.2 16.1 16.1 … 15 16.7 14.4 °C to 2014-11-07
            """, split.Windows(20, batchSize: 32, sequenceTargets: true).Validation.ToString(), ignoreLineEndingDifferences: true);
    }

    private sealed record Owner(Pipeline? Pipeline) : IHasPipeline;

    [Theory]
    [InlineData("Australia/Melbourne", "2014-04-06T00:00+11:00", "2014-04-07T00:00+10:00")]
    [InlineData("America/St_Johns", "2014-04-06T00:00-02:30", "2014-04-07T00:00-02:30")]
    [InlineData("UTC", "2014-04-06T00:00Z", "2014-04-07T00:00Z")]
    public void Dates_without_an_offset_are_those_of_the_zones_clocks(string zone, string validation, string test)
    {
        var series = TimeSeries.FromArrays(new double[96], new DateTime(2014, 4, 5, 3, 0, 0, DateTimeKind.Utc), TimeStep.Hours(1), zone: zone);
        var expected = series.Split(Time(validation), Time(test));
        foreach (var split in new[]
        {
            series.Split(new DateTime(2014, 4, 6), new DateTime(2014, 4, 7)), series.Split(new DateOnly(2014, 4, 6), new DateOnly(2014, 4, 7)),
            series.Split(Time(validation).UtcDateTime, Time(test).UtcDateTime),
        })
        {
            Assert.Equal((expected.TrainingRows, expected.ValidationRows), (split.TrainingRows, split.ValidationRows));
        }

        static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Dates_are_what_the_clocks_of_a_series_without_a_zone_showed()
    {
        var series = TimeSeries.FromArrays(new double[96], new DateTime(2014, 4, 5), TimeStep.Hours(1));
        Assert.Null(series.Zone);
        Assert.Equal(24..48, series.Split(new DateTime(2014, 4, 6), new DateTime(2014, 4, 7)).ValidationRows);
        Assert.Equal(24..48, series.Split(new DateTimeOffset(2014, 4, 6, 0, 0, 0, TimeSpan.FromHours(9)), new DateOnly(2014, 4, 7)).ValidationRows);
    }
}
