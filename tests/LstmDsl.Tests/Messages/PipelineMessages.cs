using System.Text.Json.Nodes;

namespace LstmDsl.Tests;

/// <summary>What can be wrong with a pipeline's JSON, alone and in a model's file.</summary>
internal static class PipelineMessages
{
    public static IEnumerable<MessageCase> Of(TemporaryFolder folder)
    {
        const string Version1 =
            """{"columns":["a","b"],"targets":["a"],"timesteps":3,"sampling_rate":1,"horizon":1,"sequence_targets":false,"time_step":null,"unit":null,"transforms":[{"kind":"standardization","mean":[1,2],"scale":[3,4]}]}""";
        var whole = new Pipeline(["a"], ["b"], 3, scalings: new Dictionary<string, ColumnScaling> { ["a"] = new(Scaling.Log, 1, 2) }).ToJson();
        Action With(string member, string? value) => In(Version1, member, value);
        Action Now(string member, string? value) => In(whole, member, value);
        Action In(string text, string member, string? value) => () =>
        {
            var json = JsonNode.Parse(text)!.AsObject();
            json.Remove(member);
            var changed = json.ToJsonString();
            Pipeline.FromJson(value is null ? changed : changed[..^1] + $",\"{member}\":{value}}}");
        };

        yield return new("no JSON", () => Pipeline.FromJson("{"));
        yield return new("a list", () => Pipeline.FromJson("[]"));
        yield return new("half a surrogate pair", () => Pipeline.FromJson("{\"\\ud800 and more than any name\":1}"));
        yield return new("a member missing", With("columns", null));
        yield return new("no column", With("columns", "[]"));
        yield return new("a column twice", With("columns", "[\"a\",\"a\"]"));
        yield return new("a column that is no text", With("columns", "[\"a\",1]"));
        yield return new("a column of half a surrogate pair", With("columns", "[\"a\",\"\\ud800\"]"));
        yield return new("columns that are no list", With("columns", "\"a\""));
        yield return new("no target", With("targets", "[]"));
        yield return new("a target that is no column", With("targets", "[\"c\"]"));
        yield return new("a target twice", With("targets", "[\"a\",\"a\"]"));
        yield return new("a count that is none", With("timesteps", "0"));
        yield return new("a count that is a text", With("timesteps", "\"3\""));
        yield return new("neither true nor false", With("sequence_targets", "1"));
        yield return new("a unit that is no text", With("unit", "3"));
        yield return new("a transform that is no object", With("transforms", "[7]"));
        yield return new("a transform that is not known", With("transforms", "[{\"kind\":\"logarithm\"}]"));
        yield return new("a mean that is no number", With("transforms", Standardization("[1,\"x\"]", "[1,1]")));
        yield return new("an infinite mean", With("transforms", Standardization("[1,1e999]", "[1,1]")));
        yield return new("a scale of zero", With("transforms", Standardization("[1,2]", "[1,0]")));
        yield return new("other numbers of means and scales", With("transforms", Standardization("[1]", "[1,2]")));
        yield return new("a transform of fewer columns", With("transforms", Standardization("[1]", "[1]")));
        yield return new("a newer version", Now("version", "3"));
        yield return new("a column that is no object", Now("columns", "[\"a\"]"));
        yield return new("a scaling that is not known", Now("columns", "[{\"name\":\"a\",\"scaling\":\"cubic\"}]"));
        yield return new("a spread of zero", Now("columns", "[{\"name\":\"a\",\"scaling\":\"log\",\"center\":1,\"spread\":0}]"));
        yield return new("a column there twice", Now("columns", "[{\"name\":\"a\",\"scaling\":\"none\"},{\"name\":\"a\",\"scaling\":\"none\"}]"));
        yield return new("an input that is no column", Now("inputs", "[\"c\"]"));
        yield return new("a column for nothing", Now("inputs", "[\"b\"]"));
        yield return new("both kinds of several targets", () => Pipeline.FromJson(whole.Replace("\"sequence_targets\":false", "\"sequence_targets\":true", StringComparison.Ordinal).Replace("\"target_steps\":1", "\"target_steps\":2", StringComparison.Ordinal)));
        yield return new("a value without a logarithm", () => Pipeline.FromJson(whole).ScaleRow([0], new float[1]));
        yield return new("a pipeline for other data in a model's file", () =>
        {
            var path = folder.File("piped.safetensors");
            var metadata = """{"format":1,"library_version":"x","model":"StepsLstm5","pipeline":{"columns":[]}}""";
            var tensors = new StepsLstm5(seed: 1);
            tensors.Save(path);
            Safetensors.Write(path, Safetensors.Read(path) with { Metadata = metadata });
            StepsLstm5.Load(path);
        });
        yield return new("too few values to scale", () => Pipeline.FromJson(whole).UnscaleTargets([1, 2], new double[1]));
    }

    private static string Standardization(string mean, string scale) => $"[{{\"kind\":\"standardization\",\"mean\":{mean},\"scale\":{scale}}}]";
}
