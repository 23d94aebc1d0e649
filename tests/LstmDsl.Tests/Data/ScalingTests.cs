using FsCheck;
using FsCheck.Fluent;

namespace LstmDsl.Tests;

/// <summary>Columns' scalings: fitted on the training part alone, each with its exact inverse.</summary>
public sealed class ScalingTests
{
    private static TimeSeries Of(params double[] values) => TimeSeries.FromArrays(values);

    private static ColumnScaling Fit(Scaling kind, params double[] training) =>
        Of([.. training, 3, 4, 5, 6]).Split(training.Length / (training.Length + 4.0), 2 / (training.Length + 4.0)).Scale(kind).Windows(1).Test.Pipeline!.Columns[0].Scaling;

    [Fact]
    public void Each_takes_its_numbers_from_the_training_part()
    {
        Assert.Equal(new ColumnScaling(Scaling.Standard, 4, Math.Sqrt(5)), Fit(Scaling.Standard, 1, 3, 5, 7));
        Assert.Equal(new ColumnScaling(Scaling.MinMax, 1, 6), Fit(Scaling.MinMax, 1, 3, 5, 7));
        Assert.Equal(ColumnScaling.None, Fit(Scaling.None, 1, 3, 5, 7));
        var logarithm = Fit(Scaling.Log, Math.E, 1, Math.E, 1);
        Assert.Equal((0.5, 0.5), (logarithm.Center, logarithm.Spread));
        Assert.Equal(1, logarithm.Apply(Math.E), 1e-15);
        var counts = Fit(Scaling.Log1p, 0, Math.E - 1, 0, Math.E - 1);
        Assert.Equal((0.5, 0.5), (Math.Round(counts.Center, 15), Math.Round(counts.Spread, 15)));
        Assert.Equal(0, counts.Invert(counts.Apply(0)));
    }

    [Fact]
    public void Standard_is_what_Standardize_does_bit_for_bit()
    {
        var series = TimeSeries.FromArrays([.. Enumerable.Range(0, 500).Select(i => 12 + 8 * Math.Sin(i / 9.0))]);
        var split = series.Split(0.6, 0.2);
        Assert.Equal(Rows(split.Standardize()), Rows(split.Scale()));
        double[] training = series.Column("value")[..300];
        double mean = training.Sum() / 300, deviation = Math.Sqrt(training.Sum(value => (value - mean) * (value - mean)) / 300);
        Assert.Equal([.. series.Column("value").Select(value => (float)((value - mean) / deviation))], Rows(split.Scale()));

        static float[] Rows(SplitSeries scaled) => scaled.Windows(5).Test.Source.Rows.All("a test").ToArray();
    }

    [Fact]
    public void Every_scaling_inverts_to_a_billionth()
    {
        // Doubles of all magnitudes that a series may have; a value's error is measured by its own size and the column's.
        var drawn = from kind in Gen.Elements(Scaling.Standard, Scaling.MinMax, Scaling.Log, Scaling.Log1p, Scaling.None)
                    from power in Gen.Choose(-30, 30)
                    from offset in Gen.Choose(-1_000, 1_000)
                    from values in Gen.ArrayOf(Gen.Choose(0, 1_000_000), 12)
                    select (kind, power, offset, values);
        Prop.ForAll(drawn.ToArbitrary(), draw =>
        {
            double size = Math.Pow(10, draw.power);
            bool isPositive = draw.kind is Scaling.Log or Scaling.Log1p;
            double[] values = [.. draw.values.Select(value => size * (isPositive ? value + 1 : value + (1_000.0 * draw.offset)))];
            var scaling = Of(values).Split(0.6, 0.2).Scale(draw.kind).Windows(1).Training.Pipeline!.Columns[0].Scaling;
            double column = draw.kind == Scaling.Log ? 0 : draw.kind == Scaling.Log1p ? 1 : values.Take(7).Max(Math.Abs);
            foreach (double value in values)
            {
                double back = scaling.Invert(scaling.Apply(value));
                if (!(Math.Abs(back - value) <= 1e-9 * (Math.Abs(value) + column))) return false;
            }
            return values.Order().Zip(values.Order().Skip(1)).All(pair => scaling.Apply(pair.First) <= scaling.Apply(pair.Second));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-300)]
    [InlineData(1e-17)]
    [InlineData(3e-9)]
    [InlineData(1e300)]
    [InlineData(-0.999999999)]
    public void The_logarithm_of_1_more_keeps_the_digits_of_small_values(double value)
    {
        var scaling = new ColumnScaling(Scaling.Log1p);
        Assert.Equal(value, scaling.Invert(scaling.Apply(value)), Math.Abs(value) * 1e-12);
    }

    [Fact]
    public void Each_column_has_its_own()
    {
        var split = Table().Split(0.6, 0.2).Scale(Scaling.Standard, new() { ["count"] = Scaling.Log1p, ["flag"] = Scaling.None });
        var set = split.Windows(4).Training;
        Assert.Equal([Scaling.Standard, Scaling.Log1p, Scaling.None], set.Pipeline!.Columns.Select(column => column.Scaling.Kind));
        Assert.Contains("count: 0 to 36; logarithm of 1 + x standardised, mean ", set.ToString(), StringComparison.Ordinal);
        Assert.Contains("flag: 0 to 1; as it is", set.ToString(), StringComparison.Ordinal);
        Assert.Contains("becomes 0, ", Table().Split(0.6, 0.2).Scale(Scaling.MinMax).Windows(4).Training.ToString(), StringComparison.Ordinal);
        Assert.Contains("'cnt'", Assert.Throws<ArgumentException>(() => Table().Split(0.6, 0.2).Scale(columns: new() { ["cnt"] = Scaling.Log })).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => split.Standardize());
        Assert.Throws<ArgumentOutOfRangeException>(() => Table().Split(0.6, 0.2).Scale((Scaling)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Table().Split(0.6, 0.2).Scale(columns: new() { ["count"] = (Scaling)9 }));
    }

    [Fact]
    public void Categories_are_never_scaled()
    {
        using var file = new TemporaryFile("day,rain,kind\n" + string.Concat(Enumerable.Range(1, 28).Select(day => $"2020-01-{day:00},{day},{(day % 3 == 0 ? "sun" : "rain")}\n")));
        var series = TimeSeries.ReadCsv(file.Path, time: "day", values: ["rain", "kind"], categories: ["kind"]);
        foreach (var split in new[] { series.Split(0.6, 0.2).Standardize(), series.Split(0.6, 0.2).Scale(Scaling.MinMax) })
        {
            var columns = split.Windows(3).Training.Pipeline!.Columns;
            Assert.Equal(ColumnScaling.None, columns[1].Scaling);
            Assert.NotEqual(ColumnScaling.None, columns[0].Scaling);
        }
        var refusal = Assert.Throws<ArgumentException>(() => series.Split(0.6, 0.2).Scale(columns: new() { ["kind"] = Scaling.Standard }));
        Assert.Contains("'kind' holds the numbers of categories", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("expected Scaling.None", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Scaling.Log, 0, "takes values greater than 0. Write Scaling.Log1p")]
    [InlineData(Scaling.Log, -3, "takes values greater than 0.")]
    [InlineData(Scaling.Log1p, -1, "takes values greater than -1. Write Scaling.Standard.")]
    public void A_value_without_a_logarithm_is_refused_by_its_place(Scaling kind, double value, string message)
    {
        // Among the rows that are fitted, and among those that come later.
        foreach (int row in new[] { 3, 17 })
        {
            double[] values = [.. Enumerable.Range(1, 20).Select(i => i == row + 1 ? value : i)];
            var series = TimeSeries.FromArrays(values, new DateTime(2020, 1, 1), TimeSpan.FromDays(1));
            string found = Assert.Throws<InvalidDataException>(() => series.Split(0.6, 0.2).Scale(kind).Windows(2)).Message;
            Assert.Contains($"row {row} (2020-01-{row + 1:00}), column 'value': {value} has no logarithm; Scaling.{kind} {message}", found, StringComparison.Ordinal);
        }
        var pipeline = new Pipeline(["a"], ["a"], 1, scalings: new Dictionary<string, ColumnScaling> { ["a"] = new(kind) });
        Assert.Contains("row[0], column 'a'", Assert.Throws<ArgumentException>(() => pipeline.ScaleRow([value], new float[1])).Message, StringComparison.Ordinal);
        Assert.Contains("has no logarithm", Assert.Throws<InvalidDataException>(() => SeriesWindows.Last(TimeSeries.FromArrays([value]), new Pipeline(["value"], ["value"], 1, scalings: new Dictionary<string, ColumnScaling> { ["value"] = new(kind) }))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Scaling.Standard)]
    [InlineData(Scaling.MinMax)]
    [InlineData(Scaling.Log)]
    [InlineData(Scaling.Log1p)]
    public void What_is_nearly_constant_is_not_divided_by_its_noise(Scaling kind)
    {
        // Few rows: the bound that grows with their number would take noise of 1e-13 for a spread.
        double[] noisy = [.. Enumerable.Range(0, 10).Select(i => 20 * (1 + (1e-13 * (i % 3))))];
        var split = Of([.. noisy, 21, 21, 22, 22]).Split(10 / 14.0, 2 / 14.0).Scale(kind);
        Assert.Equal(1, split.Windows(1).Test.Pipeline!.Columns[0].Scaling.Spread);
        Assert.Contains("is constant in the training part", Assert.Single(split.Warnings), StringComparison.Ordinal);
        Assert.Contains("but for rounding errors", split.Warnings[0], StringComparison.Ordinal);

        // Eleven digits are a measurement.
        double[] real = [.. Enumerable.Range(0, 10).Select(i => 20 * (1 + (1e-10 * (i % 3))))];
        Assert.Empty(Of([.. real, 21, 21, 22, 22]).Split(10 / 14.0, 2 / 14.0).Scale(kind).Warnings);
    }

    [Theory]
    [InlineData(Scaling.Standard, double.NaN, 1)]
    [InlineData(Scaling.MinMax, 0, 0)]
    [InlineData(Scaling.Log, 0, -1)]
    [InlineData(Scaling.Log1p, 0, double.PositiveInfinity)]
    [InlineData(Scaling.None, 1, 1)]
    [InlineData(Scaling.None, 0, 2)]
    [InlineData((Scaling)17, 0, 1)]
    public void Numbers_that_do_not_scale_are_refused(Scaling kind, double center, double spread) =>
        Assert.ThrowsAny<ArgumentException>(() => new ColumnScaling(kind, center, spread));

    [Fact]
    public void The_first_difference_names_the_column_and_its_number()
    {
        static Pipeline With(ColumnScaling scaling) => new(["a"], ["a"], 1, scalings: new Dictionary<string, ColumnScaling> { ["a"] = scaling });
        void Differs(ColumnScaling one, ColumnScaling other, string sentence)
        {
            Assert.Equal(sentence, With(one).FirstDifference(With(other)));
            Assert.NotEqual(With(one), With(other));
        }
        Differs(new(Scaling.MinMax, 1, 2), new(Scaling.MinMax, 1.5, 2), "The minimum of column 'a' is 1, the other's 1.5.");
        Differs(new(Scaling.MinMax, 1, 2), new(Scaling.MinMax, 1, 3), "The range of column 'a' is 2, the other's 3.");
        Differs(new(Scaling.Log, 1, 2), new(Scaling.Log1p, 1, 2), "The scaling of column 'a' is Log, the other's Log1p.");
        Differs(new(Scaling.Log, 1, 2), new(Scaling.Log, 1, 3), "The scale of column 'a' is 2, the other's 3.");
        Assert.Equal(With(new(Scaling.Standard)), With(ColumnScaling.None));
        Assert.Equal(With(new(Scaling.Standard)).GetHashCode(), With(ColumnScaling.None).GetHashCode());
    }

    private static TimeSeries Table()
    {
        var values = new double[40, 3];
        for (int row = 0; row < 40; row++) (values[row, 0], values[row, 1], values[row, 2]) = (row * 3.5, row * 7 % 37, row % 2);
        return TimeSeries.FromArrays(values, ["temp", "count", "flag"]);
    }
}
