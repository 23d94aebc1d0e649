using System.Text.Json.Nodes;

namespace LstmDsl.Tests;

/// <summary>What can be wrong with a pipeline's JSON, alone and in a model's file.</summary>
internal static class PipelineMessages
{
    public static IEnumerable<MessageCase> Of(TemporaryFolder folder)
    {
        var whole = new Pipeline(["a", "b"], ["a"], 3, transforms: [new Standardization([1, 2], [3, 4])]).ToJson();
        Action With(string member, string? value) => () =>
        {
            var json = JsonNode.Parse(whole)!.AsObject();
            json.Remove(member);
            var text = json.ToJsonString();
            Pipeline.FromJson(value is null ? text : text[..^1] + $",\"{member}\":{value}}}");
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
