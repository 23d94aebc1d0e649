using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A layer to be written: its options and its weights.</summary>
internal sealed class LayerSource
{
    private readonly LayerSummary layer;
    private readonly ModelState state;
    private readonly string prefix;

    /// <summary>Takes a layer of a model.</summary>
    public LayerSource(LayerSummary layer, ModelState state)
    {
        (this.layer, this.state, Kind, prefix) = (layer, state, layer.Kind, $"{layer.Name}.");
        using var document = JsonDocument.Parse(layer.Options);
        Options = document.RootElement.Clone();
    }

    private LayerSource(LayerSource around, string direction)
    {
        (layer, state, prefix) = (around.layer, around.state, $"{around.layer.Name}.{direction}.");
        var inner = around.Options.GetProperty("layer");
        Kind = inner.GetProperty("class_name").GetString()!;
        Options = inner.GetProperty("config");
    }

    /// <summary>Keras's class.</summary>
    public string Kind { get; }

    /// <summary>Name of the layer.</summary>
    public string Name => layer.Name;

    /// <summary>Timesteps that it gives; 0 where its output has no time axis.</summary>
    public int Timesteps => layer.OutputShape is [var timesteps, _] ? timesteps : 0;

    /// <summary>Values that it gives, at each timestep.</summary>
    public int Width => layer.OutputShape[^1];

    /// <summary>The options in Keras's argument names.</summary>
    public JsonElement Options { get; }

    /// <summary>The layer that a wrapper runs in a direction, <c>forward</c> or <c>backward</c>.</summary>
    public LayerSource Inner(string direction) => new(this, direction);

    /// <summary>A whole number; of a list, the first.</summary>
    public int Whole(string option)
    {
        var value = Options.GetProperty(option);
        return (value.ValueKind == JsonValueKind.Array ? value[0] : value).GetInt32();
    }

    /// <summary>A number.</summary>
    public double Real(string option) => Options.GetProperty(option).GetDouble();

    /// <summary>A list of numbers, or one, as they are computed with; null where the option has none.</summary>
    public float[]? Reals(string option)
    {
        var value = Options.GetProperty(option);
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Array => [.. value.EnumerateArray().Select(number => (float)number.GetDouble())],
            _ => [(float)value.GetDouble()],
        };
    }

    /// <summary>Whether an option is set.</summary>
    public bool Flag(string option) => Options.GetProperty(option).GetBoolean();

    /// <summary>A choice, which Keras's files name in small letters with underscores between words.</summary>
    public TChoice Choice<TChoice>(string option) where TChoice : struct, Enum =>
        Enum.Parse<TChoice>(Options.GetProperty(option).GetString()!.Replace("_", ""), ignoreCase: true);

    /// <summary>A weight; null where the layer has none in that role.</summary>
    public TensorSlot? Slot(TensorRole role) =>
        state.Plan.Tensors.FirstOrDefault(slot => slot.Role == role && slot.Name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>A weight's values, row by row; null where the layer has none in that role.</summary>
    public float[]? Find(TensorRole role) => Slot(role) is { } slot ? state.Read(slot) : null;

    /// <summary>The values of a weight that every such layer has.</summary>
    public float[] Values(TensorRole role) =>
        Find(role) ?? throw new InvalidOperationException($"The layer '{Name}' ({Kind}) has no {role}.");
}
