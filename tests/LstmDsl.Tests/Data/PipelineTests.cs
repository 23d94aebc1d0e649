using System.Text.Json;
using System.Text.Json.Nodes;

namespace LstmDsl.Tests;

/// <summary>Pipelines: scaling, equality, and JSON, hostile JSON included.</summary>
public sealed class PipelineTests
{
    private static Pipeline Make(string[]? targets = null, int timesteps = 20, int rate = 1, int horizon = 1, string? step = "1 day", string? unit = "°C", double scale = 7.3, bool sequence = false) =>
        new(["temp", "wind \"ü\""], targets ?? ["temp"], timesteps, rate, horizon, step, unit, Standard(scale), sequence);

    private static Dictionary<string, ColumnScaling> Standard(double scale) =>
        new() { ["temp"] = new(Scaling.Standard, 16.4, scale), ["wind \"ü\""] = new(Scaling.Standard, 1 / 3.0, 5e-324) };

    /// <summary>What <see cref="Make"/> was in the first version's files.</summary>
    private const string Version1 =
        """{"columns":["temp","wind \"ü\""],"targets":["temp"],"timesteps":20,"sampling_rate":1,"horizon":1,"sequence_targets":false,"time_step":"1 day","unit":"°C","transforms":[{"kind":"standardization","mean":[16.4,0.3333333333333333],"scale":[7.3,5E-324]}]}""";

    [Fact]
    public void Values_are_scaled_there_and_back()
    {
        var pipeline = new Pipeline(["a", "b"], ["b"], 3, scalings: new Dictionary<string, ColumnScaling> { ["a"] = new(Scaling.Standard, 12, 2), ["b"] = new(Scaling.Standard, 24, 40) });
        Assert.Equal((14 - 12) / 2.0, pipeline.Scale(0, 14));
        Assert.Equal((24 - 24) / 40.0, pipeline.ScaleTarget(0, 24));
        Assert.Equal(24, pipeline.UnscaleTarget(0, pipeline.ScaleTarget(0, 24)));
        var row = new float[2];
        pipeline.ScaleRow([14, 64], row);
        Assert.Equal([1f, 1], row);
        var raw = new double[1];
        pipeline.UnscaleTargets([1], raw);
        Assert.Equal(64, raw[0]);
        Assert.Throws<ArgumentException>(() => pipeline.ScaleRow([1], new float[1]));
        Assert.Throws<ArgumentException>(() => pipeline.UnscaleTargets([1, 2], new double[2]));
    }

    [Fact]
    public void Equality_is_by_value_and_the_first_difference_is_named()
    {
        Assert.Equal(Make(), Make());
        Assert.Equal(Make().GetHashCode(), Make().GetHashCode());
        Assert.Null(Make().FirstDifference(Make()));
        void Differs(Pipeline other, string sentence)
        {
            Assert.NotEqual(Make(), other);
            Assert.Equal(sentence, Make().FirstDifference(other));
        }
        Differs(Make(targets: ["wind \"ü\"", "temp"]), "The targets are 'temp', the other's 'wind \"ü\"', 'temp'.");
        Differs(Make(timesteps: 21, horizon: 2), "The timesteps are 20, the other's 21.");
        Differs(Make(rate: 2), "The sampling rate is 1, the other's 2.");
        Differs(Make(horizon: 5), "The horizon is 1, the other's 5.");
        Differs(Make(sequence: true), "The targets of a window are one row, the other's a sequence.");
        Differs(Make(step: null), "The time step is 1 day, the other's is not known.");
        Differs(Make(unit: "K"), "The unit is °C, the other's K.");
        Differs(Make(scale: 7.5), "The scale of column 'temp' is 7.3, the other's 7.5.");
        Differs(new Pipeline(["temp"], ["temp"], 20), "The columns are 'temp', 'wind \"ü\"', the other's 'temp'.");
        Differs(new Pipeline(["temp", "wind \"ü\""], ["temp"], 20, timeStep: "1 day", unit: "°C"), "The scaling of column 'temp' is Standard, the other's None.");
        Differs(new Pipeline(["temp", "wind \"ü\""], ["temp"], 20, timeStep: "1 day", unit: "°C", targetSteps: 24), "The targets of a window are one row, the other's 24 steps.");
    }

    [Fact]
    public void Json_gives_an_equal_pipeline_back_every_bit_of_it()
    {
        var pipeline = Make(targets: ["wind \"ü\"", "temp"], rate: 3, horizon: 2, unit: null, sequence: true);
        var back = Pipeline.FromJson(pipeline.ToJson());
        Assert.Equal(pipeline, back);
        var fitted = back.Columns[1].Scaling;
        Assert.Equal(BitConverter.DoubleToInt64Bits(1 / 3.0), BitConverter.DoubleToInt64Bits(fitted.Center));
        Assert.Equal(5e-324, fitted.Spread);
        using var document = JsonDocument.Parse(pipeline.ToJson());
        Assert.Equal(pipeline, Pipeline.FromJson(document.RootElement));
        Assert.Equal(
            """{"version":2,"columns":[{"name":"a","scaling":"log1p","center":0.1,"spread":2},{"name":"b","scaling":"none"}],"inputs":["a"],"targets":["b"],"timesteps":2,"sampling_rate":1,"horizon":1,"target_steps":3,"sequence_targets":false,"time_step":null,"unit":null}""",
            new Pipeline(["a"], ["b"], 2, scalings: new Dictionary<string, ColumnScaling> { ["a"] = new(Scaling.Log1p, 0.1, 2) }, targetSteps: 3).ToJson());
    }

    [Fact]
    public void Each_scaling_and_role_comes_back_from_json()
    {
        var scalings = Enum.GetValues<Scaling>().ToDictionary(kind => kind.ToString(), kind => kind == Scaling.None ? ColumnScaling.None : new ColumnScaling(kind, 0.1, 1 / 3.0));
        var pipeline = new Pipeline([.. scalings.Keys.Take(3)], [.. scalings.Keys.Skip(2)], 4, scalings: scalings, targetSteps: 7);
        var back = Pipeline.FromJson(pipeline.ToJson());
        Assert.Equal(pipeline, back);
        Assert.Equal(pipeline.GetHashCode(), back.GetHashCode());
        Assert.Equal(pipeline.Columns, back.Columns);
        Assert.Equal([ColumnRoles.Input, ColumnRoles.Input, ColumnRoles.Input | ColumnRoles.Target, .. Enumerable.Repeat(ColumnRoles.Target, scalings.Count - 3)], back.Columns.Select(column => column.Roles));
        Assert.Equal(7, back.TargetSteps);
    }

    [Fact]
    public void What_the_first_version_wrote_is_still_read()
    {
        Assert.Equal(Make(), Pipeline.FromJson(Version1));
        Assert.Equal(Make().Columns, Pipeline.FromJson(Version1).Columns);
        var twice = Pipeline.FromJson("""{"columns":["a"],"targets":["a"],"timesteps":3,"sampling_rate":1,"horizon":1,"time_step":null,"unit":null,"transforms":[{"kind":"standardization","mean":[10],"scale":[2]},{"kind":"standardization","mean":[1],"scale":[4]}]}""");
        Assert.Equal(((14 - 10) / 2.0 - 1) / 4, twice.Scale(0, 14));
    }

    [Fact]
    public void A_file_from_before_sequences_had_targets_is_still_read()
    {
        var json = JsonNode.Parse(Version1)!.AsObject();
        Assert.True(json.Remove("sequence_targets"));
        Assert.Equal(Make(), Pipeline.FromJson(json.ToJsonString()));
    }

    [Theory]
    [InlineData("columns", "[]", "at least one column")]
    [InlineData("columns", "[\"temp\",\"temp\"]", "'temp' is named twice")]
    [InlineData("columns", "[\"temp\",1]", "'columns' is 1; expected a text")]
    [InlineData("columns", "\"temp\"", "'columns' is \"temp\"; expected a list")]
    [InlineData("columns", null, "'columns' is missing")]
    [InlineData("columns", "[\"temp\",\"\\ud800\"]", "'columns' is no valid text")]
    [InlineData("targets", "[]", "at least one target")]
    [InlineData("targets", "[\"rain\"]", "'rain' is no column")]
    [InlineData("timesteps", "0", "'timesteps' is 0; expected a whole number from 1")]
    [InlineData("timesteps", "1.5", "'timesteps' is 1.5")]
    [InlineData("timesteps", "99999999999", "'timesteps' is 99999999999")]
    [InlineData("timesteps", "\"20\"", "'timesteps' is \"20\"; expected a number")]
    [InlineData("sampling_rate", "-1", "'sampling_rate' is -1")]
    [InlineData("horizon", "null", "'horizon' is null")]
    [InlineData("sequence_targets", "1", "'sequence_targets' is 1; expected true or false")]
    [InlineData("unit", "3", "'unit' is 3; expected a text")]
    [InlineData("time_step", null, "'time_step' is missing")]
    [InlineData("transforms", "{}", "'transforms' is {}; expected a list")]
    [InlineData("transforms", "[7]", "transform is 7")]
    [InlineData("transforms", "[{\"kind\":\"magic\"}]", "'magic' is not known; known is 'standardization'")]
    [InlineData("transforms", "[{\"kind\":\"standardization\",\"mean\":[1,2]}]", "'scale' is missing")]
    [InlineData("transforms", "[{\"kind\":\"standardization\",\"mean\":[1,2],\"scale\":[1]}]", "2 means and 1 scale;")]
    [InlineData("transforms", "[{\"kind\":\"standardization\",\"mean\":[1],\"scale\":[1]}]", "for 1 column; the number of columns is 2")]
    [InlineData("transforms", "[{\"kind\":\"standardization\",\"mean\":[1,2],\"scale\":[1,0]}]", "scale of column 1 is 0")]
    [InlineData("transforms", "[{\"kind\":\"standardization\",\"mean\":[1,1e999],\"scale\":[1,1]}]", "column 1 is Infinity")]
    [InlineData("transforms", "[{\"kind\":\"standardization\",\"mean\":[1,\"NaN\"],\"scale\":[1,1]}]", "'mean' is \"NaN\"")]
    public void Json_of_the_first_version_that_lies_is_refused_by_name(string member, string? value, string message) => RefusesChanged(Version1, member, value, message);

    [Theory]
    [InlineData("version", "3", "version is 3; known are those up to 2")]
    [InlineData("version", "0", "'version' is 0")]
    [InlineData("version", "\"2\"", "'version' is \"2\"")]
    [InlineData("columns", "[]", "'temp' is an input or a target, but is missing among its columns")]
    [InlineData("columns", "[\"temp\"]", "'columns' is \"temp\"; expected an object for each column")]
    [InlineData("columns", "[{\"name\":\"temp\",\"scaling\":\"none\"},{\"name\":\"temp\",\"scaling\":\"none\"}]", "'temp' is there twice")]
    [InlineData("columns", "[{\"scaling\":\"none\"}]", "'name' is missing")]
    [InlineData("columns", "[{\"name\":\"temp\"}]", "'scaling' is missing")]
    [InlineData("columns", "[{\"name\":\"temp\",\"scaling\":\"cubic\"}]", "scaling 'cubic' of column 'temp' is not known; known are 'standard', 'min_max', 'log', 'log1p', 'none'")]
    [InlineData("columns", "[{\"name\":\"temp\",\"scaling\":\"log\",\"center\":1}]", "'spread' is missing")]
    [InlineData("columns", "[{\"name\":\"temp\",\"scaling\":\"log\",\"center\":1,\"spread\":0}]", "column 'temp': The spread is 0; expected a positive, finite number.")]
    [InlineData("columns", "[{\"name\":\"temp\",\"scaling\":\"log\",\"center\":1e999,\"spread\":1}]", "The center is Infinity")]
    [InlineData("inputs", "[]", "at least one column")]
    [InlineData("inputs", null, "'inputs' is missing")]
    [InlineData("inputs", "[\"temp\",\"temp\"]", "'temp' is named twice")]
    [InlineData("inputs", "[\"temp\"]", "a scaling of 'wind \"ü\"', which is no column")]
    [InlineData("targets", "[]", "at least one target")]
    [InlineData("targets", "[\"temp\",\"temp\"]", "The target 'temp' is named twice")]
    [InlineData("target_steps", "0", "'target_steps' is 0")]
    [InlineData("target_steps", null, "'target_steps' is missing")]
    [InlineData("sequence_targets", null, "'sequence_targets' is missing")]
    [InlineData("sequence_targets", "1", "'sequence_targets' is 1; expected true or false")]
    [InlineData("timesteps", "0", "'timesteps' is 0; expected a whole number from 1")]
    public void Json_that_lies_is_refused_by_name(string member, string? value, string message) => RefusesChanged(Make().ToJson(), member, value, message);

    private static void RefusesChanged(string whole, string member, string? value, string message)
    {
        var json = JsonNode.Parse(whole)!.AsObject();
        json.Remove(member);
        string text = json.ToJsonString();
        if (value is not null) text = text[..^1] + $",\"{member}\":{value}}}";
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Pipeline.FromJson(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"columns\":[\"a\"]} trailing")]
    public void What_is_no_json_object_is_refused(string text) => Assert.Throws<InvalidDataException>(() => Pipeline.FromJson(text));

    /// <summary>The parser passes half of a pair of surrogates, escaped or not, and is asked for it later.</summary>
    [Theory]
    [InlineData("{\"\\ud800 and more than any name\":1}", "A name in the pipeline is no valid text")]
    [InlineData("{\"columns\":[\"a\"],\"targets\":[\"a\"],\"timesteps\":1,\"sampling_rate\":1,\"horizon\":1,\"sequence_targets\":false,\"time_step\":null,\"unit\":\"\\udfff\",\"transforms\":[]}", "'unit' is no valid text")]
    [InlineData("{\"columns\":[\"a\"],\"targets\":[\"a\"],\"timesteps\":1,\"sampling_rate\":1,\"horizon\":1,\"sequence_targets\":false,\"time_step\":null,\"unit\":null,\"transforms\":[{\"\\ud800 and more\":1}]}", "A name in the pipeline is no valid text")]
    public void Half_a_pair_of_surrogates_is_refused_wherever_it_stands(string text, string message)
    {
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Pipeline.FromJson(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_pair_of_surrogates_that_is_not_escaped_is_no_json()
    {
        string message = Assert.Throws<InvalidDataException>(() => Pipeline.FromJson($"{{\"columns\":[\"{'\ud800'}\"]}}")).Message;
        Assert.StartsWith("The pipeline is no JSON", message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_targets_as_columns_take_memory_in_proportion()
    {
        const int columns = 20_000;
        string[] names = [.. Enumerable.Range(0, columns).Select(i => $"c{i}")];
        long before = GC.GetAllocatedBytesForCurrentThread();
        var pipeline = new Pipeline(names, names, 3);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000L * columns);
        Assert.Equal(columns, pipeline.Targets.Count);
    }

    [Fact]
    public void Nesting_without_end_is_refused() => Assert.Throws<InvalidDataException>(() => Pipeline.FromJson(new string('[', 100_000)));
}
