namespace LstmDsl.Generators;

/// <summary>
/// Lays out what a training step keeps: every kernel's activations stay until the backward pass has used them, so nothing is shared. The
/// gradient of a kernel's input is the gradient of the output that it reads.
/// </summary>
internal static class TrainingPlanner
{
    /// <summary>Lays out the activations of the kernels; the offsets of a block that is too large mean nothing.</summary>
    public static (PlannedActivations Block, IReadOnlyList<LayerPlacement> Layers, long Floats) Plan(
        ModelSpec spec, IReadOnlyList<ShapedLayer> layers)
    {
        var regions = new LiveRegions();
        var inputFloats = (long)spec.Timesteps * spec.Features;
        var input = regions.Place(inputFloats);
        var placements = layers.Select(layer => Place(regions, layer)).ToArray();

        // The model's input gradient is needed only where somebody asks for it, so it lies beyond the block.
        var inputGradient = layers.Any(layer => layer.Source < 0 && !layer.Spec.HasBackward) ? -1 : regions.Floats;
        for (var i = 0; i < placements.Length; i++)
        {
            var (source, second) = (layers[i].Source, layers[i].Second);
            placements[i] = placements[i] with
            {
                Input = (int)(source < 0 ? input : Given(layers[source], placements[source])),
                InputGradient = (int)(source < 0 ? inputGradient : placements[source].OutputGradient),
                Second = (int)(second < 0 ? -1 : Given(layers[second], placements[second])),
                SecondGradient = second < 0 ? -1 : placements[second].OutputGradient,
                Mask = layers[i].Mask < 0 ? -1 : placements[layers[i].Mask].MadeMask,
            };
        }

        var last = placements.Length - 1;
        var (output, outputGradient) = last < 0 ? (input, -1) : (Given(layers[last], placements[last]), placements[last].OutputGradient);
        var block = new PlannedActivations((int)regions.Floats, (int)input, (int)output, outputGradient, (int)inputGradient)
        {
            Mask = last < 0 || layers[last].GivenMask < 0 ? -1 : placements[layers[last].GivenMask].MadeMask,
        };
        return (block, placements, regions.Floats + LiveRegions.Align(inputFloats));
    }

    private static long Given(ShapedLayer layer, LayerPlacement placement) => placement.Output + layer.LastTimestep;

    private static LayerPlacement Place(LiveRegions regions, ShapedLayer layer) => layer.Spec switch
    {
        LstmSpec => Lstm(regions, layer),
        GruSpec gru => Gru(regions, layer, gru),
        SimpleRnnSpec => SimpleRnn(regions, layer),
        _ => RowByRow(regions, layer),
    };

    private static LayerPlacement Lstm(LiveRegions regions, ShapedLayer layer)
    {
        long units = layer.Units;
        return new LayerPlacement
        {
            Input = -1,
            PreActivations = (int)regions.Place(layer.Timesteps * 4 * units),
            Cells = (int)regions.Place(layer.Timesteps * units),
            ActivatedCells = (int)regions.Place(layer.Timesteps * units),
            Output = (int)regions.Place(layer.Timesteps * units),
            OutputGradient = (int)regions.Place(layer.OutputRows * units),
            StateGradients = (int)regions.Place((layer.Mask < 0 ? 2 : 4) * units),
            DropoutMasks = DropoutMasks(regions, layer),
        };
    }

    private static LayerPlacement Gru(LiveRegions regions, ShapedLayer layer, GruSpec spec)
    {
        long units = layer.Units;
        return new LayerPlacement
        {
            Input = -1,
            PreActivations = (int)regions.Place(layer.Timesteps * 3 * units),
            Recurrent = (int)regions.Place(layer.Timesteps * spec.RecurrentPerUnit * units),
            Output = (int)regions.Place(layer.Timesteps * units),
            OutputGradient = (int)regions.Place(layer.OutputRows * units),
            StateGradients = (int)regions.Place((layer.Mask < 0 ? 2 : 3) * units),
            DropoutMasks = DropoutMasks(regions, layer),
        };
    }

    private static LayerPlacement SimpleRnn(LiveRegions regions, ShapedLayer layer)
    {
        long units = layer.Units;
        return new LayerPlacement
        {
            Input = -1,
            PreActivations = (int)regions.Place(layer.Timesteps * units),
            Output = (int)regions.Place(layer.Timesteps * units),
            OutputGradient = (int)regions.Place(layer.OutputRows * units),
            StateGradients = (int)regions.Place((layer.Mask < 0 ? 1 : 2) * units),
            DropoutMasks = DropoutMasks(regions, layer),
        };
    }

    private static LayerPlacement RowByRow(LiveRegions regions, ShapedLayer layer) => new()
    {
        Input = -1,
        Output = (int)regions.Place(layer.OutputRows * layer.Units),
        OutputGradient = (int)regions.Place(layer.OutputRows * layer.Units),
        MadeMask = layer.Spec.MakesMask ? (int)regions.Place(layer.OutputRows) : -1,
    };

    /// <summary>A mask of the input and one of the state for each gate, where there is recurrent dropout.</summary>
    private static int DropoutMasks(LiveRegions regions, ShapedLayer layer) =>
        layer.Spec is RecurrentSpec { RecurrentDropout: > 0 } recurrent
            ? (int)regions.Place(recurrent.ColumnsPerUnit * ((long)layer.Inputs + layer.Units))
            : -1;
}
