namespace LstmDsl.Tests.Forecasts;

/// <summary>What a declared forecast's network reads of a series, and the way back.</summary>
public sealed class ForecastFrameTests
{
    public static TheoryData<Scaling> Scalings() =>
        [Scaling.Standard, Scaling.MinMax, Scaling.Log, Scaling.Log1p, Scaling.None, Scaling.WindowMean, Scaling.WindowLast, Scaling.Difference, Scaling.Seasonal];

    [Theory]
    [MemberData(nameof(Scalings))]
    public void What_is_scaled_comes_back_and_rises_with_the_networks_value(Scaling scaling)
    {
        var frame = Frame(SmallForecast.Plan(scaling), SmallForecast.Series(60));
        for (var start = 6; start < 40; start++)
        {
            for (var step = 0; step < 3; step++)
            {
                var actual = frame.Actual(0, start, step);
                // Doubles all the way: some roundings of numbers of a magnitude of 60.
                Assert.Equal(actual, frame.Unscale(0, start, step, frame.Scale(0, start, step, actual)), 1e-9);
                Assert.True(frame.Unscale(0, start, step, 0.3) > frame.Unscale(0, start, step, 0.2));
            }
        }
    }

    [Fact]
    public void A_window_holds_its_rows_and_the_horizon_what_is_known_of_it()
    {
        var series = SmallForecast.Series(60);
        var plan = SmallForecast.Plan(Scaling.None, known: Scaling.None);
        var sample = new float[(6 * 4) + (3 * 3)];
        Frame(plan, series).Parts.Copy(10, sample);
        for (var t = 0; t < 6; t++)
        {
            Assert.Equal((float)series[10 + t, 0], sample[t * 4]);
            Assert.Equal((float)series[10 + t, 1], sample[(t * 4) + 1]);
            var hour = series.TimeAt(10 + t)!.Value.Hour;
            Assert.Equal((float)Math.Sin(2 * Math.PI * hour / 24), sample[(t * 4) + 2]);
            Assert.Equal((float)Math.Cos(2 * Math.PI * hour / 24), sample[(t * 4) + 3]);
        }

        for (var step = 0; step < 3; step++)
            Assert.Equal((float)series[16 + step, 1], sample[24 + (step * 3)]);
    }

    [Fact]
    public void A_lead_moves_the_steps_ahead_and_not_the_window()
    {
        var series = SmallForecast.Series(60);
        var plan = SmallForecast.Plan(Scaling.None, known: Scaling.None, lead: 2);
        var frame = Frame(plan, series);
        var sample = new float[(6 * 4) + (3 * 3)];
        frame.Parts.Copy(10, sample);
        Assert.Equal((float)series[10, 0], sample[0]);
        Assert.Equal((float)series[18, 1], sample[24]);
        Assert.Equal(series[18, 0], frame.Actual(0, 10, 0));
        Assert.Equal(10, frame.Reach);
    }

    [Fact]
    public void Windows_bring_their_own_mean_last_value_and_spread()
    {
        var series = SmallForecast.Series(60);
        double[] own = [.. Enumerable.Range(10, 6).Select(row => series[row, 0])];
        var mean = own.Average();
        var spread = Math.Sqrt(own.Sum(value => (value - mean) * (value - mean)) / own.Length);
        foreach (var (scaling, center) in new[] { (Scaling.WindowMean, mean), (Scaling.WindowLast, own[^1]) })
        {
            var frame = Frame(SmallForecast.Plan(scaling), series);
            var sample = new float[33];
            frame.Parts.Copy(10, sample);
            // Rows are kept as floats of a standardised series, so that some 1e-7 of its spread is lost.
            for (var t = 0; t < 6; t++)
                Assert.Equal((own[t] - center) / spread, sample[t * 4], 1e-5);
            Assert.Equal((series[17, 0] - center) / spread, frame.Scale(0, 10, 1, series[17, 0]), 1e-12);
        }
    }

    [Fact]
    public void A_window_of_one_value_is_scaled_by_a_thousandth_of_its_size_and_zeros_by_the_training_parts_spread()
    {
        var values = new double[40, 2];
        for (var row = 0; row < 40; row++)
            (values[row, 0], values[row, 1]) = (row == 0 ? 900 : row < 20 ? 500 : row < 30 ? 0 : row, row % 3);
        var series = TimeSeries.FromArrays(values, ["load", "warmth"], new DateTime(2020, 1, 1), TimeStep.Hours(1));
        var frame = Frame(SmallForecast.Plan(Scaling.WindowLast), series);
        Assert.Equal(2, frame.Scale(0, 2, 0, 501), 1e-12);
        // The training part's deviation: one of 20 rows lies 400 above the others.
        Assert.Equal(400 * Math.Sqrt(0.05 * 0.95), 1 / frame.Scale(0, 21, 0, 1), 1e-9);
    }

    [Fact]
    public void Differences_and_seasons_count_from_what_is_known_at_the_windows_end()
    {
        var series = SmallForecast.Series(60);
        var difference = Frame(SmallForecast.Plan(Scaling.Difference), series);
        Assert.Equal(series[15, 0], difference.Unscale(0, 10, 2, 0));
        // Three steps ahead a unit is √3 of what it is one step ahead.
        Assert.Equal(Math.Sqrt(3), (difference.Unscale(0, 10, 2, 1) - series[15, 0]) / (difference.Unscale(0, 10, 0, 1) - series[15, 0]), 1e-9);
        // A season of four, three steps ahead: each has its own last row of the phase.
        var seasonal = Frame(SmallForecast.Plan(Scaling.Seasonal), series);
        for (var step = 0; step < 3; step++)
            Assert.Equal(series[12 + step, 0], seasonal.Unscale(0, 10, step, 0));
        // With a lead the same phase may lie two seasons back.
        var later = Frame(SmallForecast.Plan(Scaling.Seasonal, lead: 3), series);
        Assert.Equal(series[15, 0], later.Unscale(0, 10, 0, 0));
        Assert.Equal(series[12, 0], later.Unscale(0, 10, 1, 0));
        Assert.Equal(series[13, 0], later.Unscale(0, 10, 2, 0));
    }

    [Fact]
    public void What_lags_steps_by_the_clock_over_a_change_of_clocks()
    {
        // Melbourne's clocks went back at three in the night of 2014-04-06: that day has 25 hours, row 9 shows two o'clock again.
        var series = SmallForecast.Series(100);
        var clock = new ClockRows(series.Axis, series.Count);
        for (var row = 40; row < series.Count; row++)
        {
            var (time, before) = (series.TimeAt(row)!.Value, series.TimeAt(clock.Before(row, 24))!.Value);
            Assert.Equal(time.DateTime.AddDays(-1), before.DateTime);
        }

        Assert.Equal(25, 30 - clock.Before(30, 24));
        Assert.Equal(24, 60 - clock.Before(60, 24));
    }

    [Fact]
    public void What_lags_is_never_read_behind_the_last_known_row()
    {
        // Clocks went forward at two on 2014-10-05: a day before by the clock lies 23 rows back.
        var series = SmallForecast.Series(60, start: "2014-10-04T20:00:00+10:00");
        var plan = SmallForecast.WithLag(3);
        var changed = SmallForecast.Series(60, changedFrom: 16, start: "2014-10-04T20:00:00+10:00");
        var scalings = ForecastScalings.Fit(plan, new(plan, series), 10, []);
        var (one, other) = (new float[9], new float[9]);
        new ForecastFrame(plan, new(plan, series), scalings).Parts.Copy(10, one);
        new ForecastFrame(plan, new(plan, changed), scalings).Parts.Copy(10, other);
        Assert.Equal(one, other);
    }

    [Fact]
    public void Windows_that_lack_something_are_not_whole_and_say_what()
    {
        var values = new double[40, 2];
        for (var row = 0; row < 40; row++)
            (values[row, 0], values[row, 1]) = (row == 20 ? double.NaN : row, row == 30 ? double.NaN : row % 3);
        var series = TimeSeries.FromArrays(
            values, ["load", "warmth"], new DateTime(2020, 1, 1), TimeStep.Hours(1), missing: Missing.Hole);
        var frame = Frame(SmallForecast.Plan(Scaling.Standard), series);
        Assert.True(frame.IsComplete(14));
        Assert.False(frame.HasTargets(14));
        Assert.True(frame.HasTargets(11));
        Assert.False(frame.IsComplete(15));
        Assert.Equal("'load' at 2020-01-01 20:00", frame.FirstMissing(15));
        Assert.True(frame.IsComplete(21));
        Assert.False(frame.IsComplete(22));
        Assert.Equal("'warmth' at 2020-01-02 06:00", frame.FirstMissing(22));
    }

    [Fact]
    public void Words_become_a_one_among_zeros_and_unknown_words_zeros()
    {
        var plan = new ForecastPlan
        {
            Window = 2,
            Horizon = 1,
            Columns =
            [
                new("count", ForecastRole.Target, Scaling.None),
                new("weather", ForecastRole.Known, Scaling.None) { Categories = ["rain", "clear"] },
            ],
            JoinsFuture = true,
        };
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, "t,count,weather\n2020-01-01,1,clear\n2020-01-02,2,rain\n2020-01-03,3,hail\n2020-01-04,4,clear\n");
        try
        {
            var series = TimeSeries.ReadCsv(path, time: "t", values: ["count", "weather"], categories: ["weather"]);
            var sample = new float[8];
            var frame = Frame(plan, series);
            frame.Parts.Copy(0, sample);
            Assert.Equal([1, 0, 1, 2, 1, 0, 0, 0], sample);
            frame.Parts.Copy(1, sample);
            Assert.Equal([2, 1, 0, 3, 0, 0, 0, 1], sample);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ForecastFrame Frame(ForecastPlan plan, TimeSeries series)
    {
        var rows = new FrameRows(plan, series);
        return new(plan, rows, ForecastScalings.Fit(plan, rows, series.Count / 2, []));
    }
}
