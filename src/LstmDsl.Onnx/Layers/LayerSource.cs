using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A layer to be written: its declaration and its weights.</summary>
internal sealed class LayerSource
{
    private readonly LayerPlan layer;
    private readonly ModelState state;
    private readonly string prefix;

    /// <summary>Takes a layer of a model.</summary>
    public LayerSource(LayerPlan layer, ModelState state)
    {
        (this.layer, this.state, prefix) = (layer, state, $"{layer.Name}.");
    }

    private LayerSource(LayerSource around, string part)
    {
        (layer, state, prefix) = (around.layer, around.state, $"{around.layer.Name}.{part}.");
    }

    /// <summary>Its attribute; of a bidirectional layer that of the layer which it wraps.</summary>
    public LayerAttribute Declaration => layer.Declaration;

    /// <summary>What lets it run in both directions; null where it runs in one.</summary>
    public BidirectionalAttribute? Wrapper => layer.Wrapper;

    /// <summary>Its class.</summary>
    public string Kind => Declaration.Kind;

    /// <summary>Name of the layer.</summary>
    public string Name => layer.Name;

    /// <summary>Timesteps that it gives; 0 where its output has no time axis.</summary>
    public int Timesteps => layer.OutputShape is [var timesteps, _] ? timesteps : 0;

    /// <summary>Values that it gives, at each timestep.</summary>
    public int Width => layer.OutputShape[^1];

    /// <summary>Whether another layer begins with the states that it ends in.</summary>
    public bool GivesStates => state.Plan.GivesStates(layer.Name);

    /// <summary>A part with weights of its own: the layer that a wrapper runs <c>forward</c> or <c>backward</c>, or a projection of heads.</summary>
    public LayerSource Inner(string part) => new(this, part);

    /// <summary>A weight; null where the layer has none in that role.</summary>
    public TensorSlot? Slot(TensorRole role) =>
        state.Plan.Tensors.FirstOrDefault(slot => slot.Role == role && slot.Name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>A weight's values, row by row; null where the layer has none in that role.</summary>
    public float[]? Find(TensorRole role) => Slot(role) is { } slot ? state.Read(slot) : null;

    /// <summary>The values of a weight that every such layer has.</summary>
    public float[] Values(TensorRole role) =>
        Find(role) ?? throw new InvalidOperationException($"The layer '{Name}' ({Kind}) has no {role}.");
}
