namespace LstmDsl.Generators;

/// <summary>
/// Lays out what a training step keeps: every layer's activations stay until the backward pass has used them, so nothing is shared. The
/// gradient of a layer's input is the gradient of the output of the layer before it.
/// </summary>
internal static class TrainingPlanner
{
    /// <summary>Lays out the activations of the layers; the offsets of a block that is too large mean nothing.</summary>
    public static (PlannedActivations Block, IReadOnlyList<LayerPlacement> Layers, long Floats) Plan(
        ModelSpec spec, IReadOnlyList<ShapedLayer> layers)
    {
        var regions = new LiveRegions();
        var inputFloats = (long)spec.Timesteps * spec.Features;
        var input = regions.Place(inputFloats);
        var placements = new List<LayerPlacement>();
        long output = input, outputGradient = -1;
        foreach (var layer in layers)
        {
            var placement = layer.Spec switch
            {
                LstmSpec => Lstm(regions, layer),
                SimpleRnnSpec => SimpleRnn(regions, layer),
                _ => Dense(regions, layer),
            };
            placements.Add(placement with { Input = (int)output, InputGradient = (int)outputGradient });
            output = placement.Output + LastTimestep(layer);
            outputGradient = placement.OutputGradient;
        }

        // The first layer's is needed only where somebody asks for it, so it lies beyond the block.
        var inputGradient = regions.Floats;
        if (placements.Count > 0)
            placements[0] = placements[0] with { InputGradient = (int)inputGradient };
        var block = new PlannedActivations((int)regions.Floats, (int)input, (int)output, (int)outputGradient, (int)inputGradient);
        return (block, placements, regions.Floats + LiveRegions.Align(inputFloats));
    }

    /// <summary>Where a layer's output starts within its hidden states, per sample: at the last timestep, or at the first.</summary>
    private static long LastTimestep(ShapedLayer layer) =>
        layer.Spec is RecurrentSpec { ReturnSequences: false } ? (layer.Timesteps - 1L) * layer.Spec.Units : 0;

    private static LayerPlacement Lstm(LiveRegions regions, ShapedLayer layer)
    {
        long units = layer.Spec.Units;
        return new LayerPlacement
        {
            Input = -1,
            PreActivations = (int)regions.Place(layer.Timesteps * 4 * units),
            Cells = (int)regions.Place(layer.Timesteps * units),
            ActivatedCells = (int)regions.Place(layer.Timesteps * units),
            Output = (int)regions.Place(layer.Timesteps * units),
            OutputGradient = (int)regions.Place(Math.Max(layer.OutputTimesteps, 1) * units),
            StateGradients = (int)regions.Place(2 * units),
        };
    }

    private static LayerPlacement SimpleRnn(LiveRegions regions, ShapedLayer layer)
    {
        long units = layer.Spec.Units;
        return new LayerPlacement
        {
            Input = -1,
            PreActivations = (int)regions.Place(layer.Timesteps * units),
            Output = (int)regions.Place(layer.Timesteps * units),
            OutputGradient = (int)regions.Place(Math.Max(layer.OutputTimesteps, 1) * units),
        };
    }

    private static LayerPlacement Dense(LiveRegions regions, ShapedLayer layer) => new()
    {
        Input = -1,
        Output = (int)regions.Place(layer.Rows * layer.Spec.Units),
        OutputGradient = (int)regions.Place(layer.Rows * layer.Spec.Units),
    };
}
