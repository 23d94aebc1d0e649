using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>The inputs of a model and what its layers give, by their names in files.</summary>
internal sealed class GraphValues
{
    private readonly Dictionary<string, OnnxValue> values = [];
    private readonly OnnxValue? only;
    private OnnxValue last;

    /// <summary>Takes a model's inputs, each with its name if it has one.</summary>
    public GraphValues(IReadOnlyList<InputPlan> inputs, IReadOnlyList<OnnxValue> given)
    {
        foreach (var (input, value) in inputs.Zip(given))
            values.Add(input.FileName, value);
        last = given[^1];
        only = given is [var single] ? single : null;
    }

    /// <summary>What the last layer gave.</summary>
    public OnnxValue Last => last;

    /// <summary>What a layer reads; what no layer has given is the only input, which needs no name.</summary>
    public IReadOnlyList<OnnxValue> ReadBy(LayerPlan layer) => layer.Inputs is not { Count: > 0 } names
        ? [last]
        : [.. names.Select(name => values.TryGetValue(name, out var value) ? value : only ?? throw Unknown(layer, name))];

    /// <summary>Keeps what a layer gives.</summary>
    public void Give(LayerPlan layer, OnnxValue value)
    {
        values.Add(layer.Name, value);
        last = value;
    }

    private static InvalidOperationException Unknown(LayerPlan layer, string name) =>
        new($"The layer '{layer.Name}' reads '{name}', which no layer before it gives.");
}
