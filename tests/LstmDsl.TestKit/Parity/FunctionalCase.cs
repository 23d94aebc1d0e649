using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>A case of parity/functional: what goes into the model, and what Keras predicted of it.</summary>
/// <param name="name">Its name.</param>
internal sealed class FunctionalCase(string name)
{
    private readonly JsonElement described = ParityIndex.Case("functional", name);
    private readonly SafetensorsFixture fixture = SafetensorsFixture.Load("functional", name);

    /// <summary>The file that Keras saved.</summary>
    public string Path => System.IO.Path.Combine(ParityIndex.Folder, described.GetProperty("model").GetString()!);

    /// <summary>Names of layers and inputs, in Keras's order.</summary>
    public IEnumerable<string> Layers => described.GetProperty("layers").EnumerateArray().Select(layer => layer.GetString()!);

    /// <summary>How often the model is called with the same samples.</summary>
    public int Calls => described.TryGetProperty("calls", out var calls) ? calls.GetInt32() : 1;

    /// <summary>The summary that Keras printed.</summary>
    public string Summary => described.GetProperty("text").GetString()!.TrimEnd('\n');

    /// <summary>The tensors.</summary>
    public SafetensorsFixture Fixture => fixture;

    /// <summary>The samples, each with its inputs one after the other.</summary>
    /// <param name="inputs">Names of the inputs, in the order in which the model takes them; none for the only one.</param>
    public float[] Samples(IReadOnlyList<string> inputs)
    {
        var tensors = fixture.Names.Where(tensor => tensor.StartsWith("x.", StringComparison.Ordinal)).ToList();
        List<string> ordered = inputs.Count == 0 ? tensors : [.. inputs.Select(input => $"x.{input}")];
        Assert.Equal(tensors.Order(), ordered.Order());
        var samples = fixture.Shape(tensors[0])[0];
        return
        [
            .. from sample in Enumerable.Range(0, samples)
               from tensor in ordered
               let values = fixture.Floats(tensor)
               from value in values.Skip(sample * (values.Length / samples)).Take(values.Length / samples)
               select value,
        ];
    }

    /// <summary>What Keras predicted in double at a call.</summary>
    public double[] Prediction(int call) => fixture.Doubles(Calls > 1 ? $"{call + 1}.pred" : "pred");
}
