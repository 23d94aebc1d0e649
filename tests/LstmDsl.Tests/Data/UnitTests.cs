using System.Text.Json.Nodes;

namespace LstmDsl.Tests;

/// <summary>Units belong to columns: never averaged over, never written beside another column's numbers; and what files keep of them.</summary>
public sealed class UnitTests
{
    private static TimeSeries Weather(string? temperature = "°C", string? pressure = "hPa", string? zone = null)
    {
        var values = new double[80, 2];
        for (var row = 0; row < 80; row++)
            (values[row, 0], values[row, 1]) = (15 + (10 * Math.Sin(row / 5.0)), 1013 + (8 * Math.Cos(row / 7.0)));
        return TimeSeries.FromArrays(values, [new("t", temperature), new("p", pressure)], new DateTime(2020, 1, 1), TimeStep.Hours(1), zone: zone);
    }

    private static (TwoColumns Model, Evaluation Measured, WindowedDataset Test) Trained(TimeSeries series)
    {
        var (training, _, test) = series.Split(0.6, 0.2).Standardize().Windows(4, batchSize: 16);
        var model = new TwoColumns(seed: 1);
        var trainer = new TwoColumns.Trainer(model) { Loss = Loss.MeanSquaredError };
        trainer.Fit(training, epochs: 1, verbose: 0);
        return (model, trainer.Evaluate(test), test);
    }

    [Fact]
    public void Errors_are_those_of_each_column_and_none_is_of_columns_of_different_units()
    {
        var (_, measured, test) = Trained(Weather());
        Assert.Null(measured.InUnits);
        Assert.Equal([("t", "°C"), ("p", "hPa")], measured.InUnitsByColumn.Select(column => (column.Key, column.Value.Unit)));
        var lines = measured.ToString().Split('\n');
        Assert.Matches(@"^t: MAE \S+ °C, RMSE \S+ °C; naive forecast \(the last value\): MAE \S+ °C", lines[1]);
        Assert.Matches(@"^p: MAE \S+ hPa", lines[2]);
        Assert.DoesNotMatch(@"→ .*(°C|hPa)", test.ToString());
        Assert.Matches(@"(?m)^  t: \S+ to \S+ °C; standardised.*\n  p: \S+ to \S+ hPa; standardised", test.ToString());

        Assert.Equal("°C", Trained(Weather(pressure: "°C")).Measured.InUnits!.Unit);
        Assert.NotNull(Trained(Weather(null, null)).Measured.InUnits);
        Assert.Null(Trained(Weather(pressure: null)).Measured.InUnits);
    }

    [Fact]
    public void A_series_says_each_columns_unit_and_one_for_all_only_where_there_is_one()
    {
        Assert.Equal((null, "hPa"), (Weather().Unit, Weather().UnitOf("p")));
        Assert.Equal(["°C", "hPa"], Weather()[10..].Units);
        Assert.Equal("K", Weather("K", "K").Unit);
        Assert.Matches(@"t: \S+ to \S+, mean \S+ °C\n  p: \S+ to \S+, mean \S+ hPa", Weather().ToString());
        var given = TimeSeries.FromArrays(new double[2, 2], [new("a", "MW"), "b"], unit: "°C");
        Assert.Equal(["MW", "°C"], given.Units);
        string[] names = ["a", "b"];
        Assert.Equal(names, TimeSeries.FromArrays(new double[2, 2], names).Columns);
        using var file = new TemporaryFile("d,w,v\n2020-01-01,sun,1\n2020-01-02,rain,2\n");
        Assert.Equal([null, "mm"], TimeSeries.ReadCsv(file.Path, "d", ["w", "v"], unit: "mm", categories: ["w"]).Units);
        (int Hour, double Price)[] items = [(0, 1), (1, 2)];
        Assert.Equal(["€", null], TimeSeries.From(items, item => new DateTime(2020, 1, 1, item.Hour, 0, 0), [(new("p", "€"), item => item.Price), ("h", item => item.Hour)]).Units);
    }

    [Fact]
    public void Data_of_another_unit_in_one_column_do_not_fit_the_model_and_units_that_are_not_known_do()
    {
        var (model, _, _) = Trained(Weather());
        Assert.Contains(
            "the unit of the column 'p' is hPa, the other's bar",
            Assert.Throws<ArgumentException>(() => PipelineTravelTests.StandardizedLike(model, Weather(pressure: "bar"))).Message, StringComparison.Ordinal);
        Assert.NotEmpty(PipelineTravelTests.StandardizedLike(model, Weather(null, null)).ToString());
        var other = new TwoColumns.Trainer(model) { Loss = Loss.MeanSquaredError };
        other.Fit(PipelineTravelTests.StandardizedLike(model, Weather(null, null)).Windows(4).Training, epochs: 1, verbose: 0);
        Assert.Equal(["°C", "hPa"], model.Pipeline!.Units);
    }

    [Fact]
    public void Files_keep_units_and_zone_and_those_of_before_are_read()
    {
        var pipeline = Trained(Weather(zone: "Europe/Berlin")).Model.Pipeline!;
        Assert.Equal(pipeline, Pipeline.FromJson(pipeline.ToJson()));
        Assert.Equal(("Europe/Berlin", null, "hPa"), (pipeline.Zone, pipeline.Unit, Pipeline.FromJson(pipeline.ToJson()).Units[1]));
        Assert.NotEqual(pipeline, Trained(Weather()).Model.Pipeline);
        Assert.Equal("The time zone is Europe/Berlin, the other's is not known.", pipeline.FirstDifference(Trained(Weather()).Model.Pipeline!));

        // As 0.1 wrote it, with one unit for all columns.
        const string Before = """{"columns":["t","p"],"targets":["t"],"timesteps":4,"sampling_rate":1,"horizon":1,"time_step":"1 day","unit":"°C","transforms":[]}""";
        var old = Pipeline.FromJson(Before);
        Assert.Equal(("1 day", "°C", null), (old.TimeStep, old.Unit, old.Zone));
        Assert.Equal(["°C", "°C"], old.Units);
        Assert.Equal(old, Pipeline.FromJson(old.ToJson()));
        var now = JsonNode.Parse(pipeline.ToJson())!.AsObject();
        foreach (var wrong in new[] { "1", "[\"a\"]", "true" })
        {
            var hostile = now.DeepClone().AsObject();
            hostile["columns"]![0]!["unit"] = JsonNode.Parse(wrong);
            Assert.Throws<InvalidDataException>(() => Pipeline.FromJson(hostile.ToJsonString()));
            hostile = now.DeepClone().AsObject();
            hostile["zone"] = JsonNode.Parse(wrong);
            Assert.Throws<InvalidDataException>(() => Pipeline.FromJson(hostile.ToJsonString()));
        }
    }

    [Fact]
    public void A_model_that_was_saved_before_units_and_zones_is_loaded_and_forecasts_the_same()
    {
        var model = TwoColumns.Load(Path.Combine(AppContext.BaseDirectory, "data", "before-zones.safetensors"));
        Assert.Equal(("°C", "1 day", null), (model.Pipeline!.Unit, model.Pipeline.TimeStep, model.Pipeline.Zone));
        var values = new double[80, 2];
        for (var row = 0; row < 80; row++)
            (values[row, 0], values[row, 1]) = (row % 9, row % 7);
        var forecast = model.Forecast(TimeSeries.FromArrays(values, ["t", "p"], new DateTime(2020, 1, 1), TimeSpan.FromDays(1), unit: "°C"), 3);
        Assert.Equal([new DateTime(2020, 3, 21), new DateTime(2020, 3, 22), new DateTime(2020, 3, 23)], forecast.Select(point => point.Time!.Value.DateTime));
        double[] expected = [3.5340151836971225, 3.597194122204905, 3.5551840135991744, 3.4201922175242205, 3.8439539234937823, 3.1418400069334336];
        Assert.All(forecast.SelectMany(point => point.Values).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Fact]
    public void A_model_of_a_zone_that_this_machine_does_not_know_is_loaded_and_forecasts()
    {
        using var folder = new TemporaryFolder();
        var (known, unknown) = (Trained(Weather(zone: "Asia/Tokyo")).Model, folder.File("unknown.safetensors"));
        known.Save(unknown);
        // Names of the same length, so that nothing else in the file moves.
        var changed = Replace(File.ReadAllBytes(unknown), "Asia/Tokyo"u8, "Mars/Tokyo"u8);
        File.WriteAllBytes(unknown, Replace(changed, "lstmdsl_crc32c"u8, "lstmdsl_left_o"u8));
        var loaded = TwoColumns.Load(unknown);
        Assert.Equal("Mars/Tokyo", loaded.Pipeline!.Zone);
        Assert.Equal(known.Forecast(Weather(), 3).Select(point => point.Value), loaded.Forecast(Weather(), 3).Select(point => point.Value));
    }

    private static byte[] Replace(byte[] bytes, ReadOnlySpan<byte> old, ReadOnlySpan<byte> by)
    {
        var at = bytes.AsSpan().IndexOf(old);
        Assert.True(at > 0);
        by.CopyTo(bytes.AsSpan(at));
        return bytes;
    }
}

/// <summary>A model of two columns of different units.</summary>
[Input(4, 2), Lstm(3), Dense(2)]
public sealed partial class TwoColumns;
