namespace LstmDsl.Generators;

/// <summary>A layer with its shapes inferred; a time axis of 0 means that there is none.</summary>
internal sealed record ShapedLayer(LayerSpec Spec, int Timesteps, int Inputs, int OutputTimesteps)
{
    /// <summary>Rows that a dense layer works on per sample.</summary>
    public long Rows => Math.Max(Timesteps, 1);

    /// <summary>Infers all layers' shapes from the model's input on.</summary>
    public static IReadOnlyList<ShapedLayer> Infer(ModelSpec spec)
    {
        var layers = new List<ShapedLayer>();
        var (timesteps, width) = (spec.Timesteps, spec.Features);
        foreach (var layer in spec.Layers)
        {
            var outputTimesteps = layer is RecurrentSpec { ReturnSequences: false } ? 0 : timesteps;
            layers.Add(new ShapedLayer(layer, timesteps, width, outputTimesteps));
            (timesteps, width) = (outputTimesteps, layer.Units);
        }

        return layers;
    }
}
