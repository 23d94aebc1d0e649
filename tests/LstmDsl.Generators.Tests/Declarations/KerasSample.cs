using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LstmDsl.Generators.Tests;

/// <summary>Files of Keras's, as they are and with another configuration.</summary>
internal static class KerasSample
{
    private const string Configuration = "config.json";

    /// <summary>A file's path.</summary>
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "parity", name);

    /// <summary>Inputs and predictions of a file of Keras's.</summary>
    public static (float[] X, float[] Predictions) Numbers(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path($"compiled/{name}.json")));
        return (Floats("x"), Floats("pred"));

        float[] Floats(string member) => [.. json.RootElement.GetProperty(member).EnumerateArray().Select(number => number.GetSingle())];
    }

    /// <summary>A copy, its configuration changed.</summary>
    /// <param name="name">The file.</param>
    /// <param name="path">Where the copy goes.</param>
    /// <param name="change">Changes the text of the configuration.</param>
    public static void Copy(string name, string path, Func<string, string> change)
    {
        using var source = ZipFile.OpenRead(Path(name));
        using var copy = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var member in source.Entries)
        {
            using var stream = member.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            var content = bytes.ToArray();
            if (member.Name == Configuration)
                content = Encoding.UTF8.GetBytes(change(JsonNode.Parse(content)!.ToJsonString()));

            using var target = copy.CreateEntry(member.FullName, CompressionLevel.NoCompression).Open();
            target.Write(content);
        }
    }

    /// <summary>A file's weights, as <c>save_weights</c> writes them.</summary>
    public static void ExtractWeights(string name, string path)
    {
        using var source = ZipFile.OpenRead(Path(name));
        source.GetEntry("model.weights.h5")!.ExtractToFile(path);
    }

    /// <summary>A file of a Sequential with these layers, for its declaration alone: its weights are another model's.</summary>
    public static void Write(string path, string layers) =>
        Copy("compiled/K01.keras", path, _ => $$$"""{"class_name":"Sequential","config":{"layers":[{{{layers}}}]}}""");

    /// <summary>A file of a Functional with these layers.</summary>
    public static void WriteFunctional(string path, string layers, string inputs, string outputs) => Copy(
        "compiled/K01.keras",
        path,
        _ => $$$"""{"class_name":"Functional","config":{"layers":[{{{layers}}}],"input_layers":{{{inputs}}},"output_layers":{{{outputs}}}}}""");
}
