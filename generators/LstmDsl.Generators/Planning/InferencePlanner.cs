namespace LstmDsl.Generators;

/// <summary>
/// Lays out what a prediction needs: a recurrent layer uses one timestep's place again and again (of its hidden states only where it gives
/// the last), and what no kernel reads any more lends its place to the next. The model's input stays as it was.
/// </summary>
internal static class InferencePlanner
{
    /// <summary>Lays out the activations of the kernels; the offsets of a block that is too large mean nothing.</summary>
    public static (PlannedActivations Block, IReadOnlyList<LayerPlacement> Layers, long Floats) Plan(
        ModelSpec spec, IReadOnlyList<ShapedLayer> layers)
    {
        var regions = new LiveRegions();
        var input = (int)regions.Place((long)spec.Timesteps * spec.Features);
        var placements = new List<LayerPlacement>();
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            long units = layer.Units;
            var placement = new LayerPlacement
            {
                Input = layer.Source < 0 ? input : placements[layer.Source].Output,
                Second = layer.Second < 0 ? -1 : placements[layer.Second].Output,
                Output = (int)regions.Place(layer.OutputRows * units, i, LastReader(layers, i)),
            };
            if (layer.Spec is RecurrentSpec recurrent)
                placement = placement with { PreActivations = (int)regions.Place(recurrent.ColumnsPerUnit * units, i, i) };
            if (layer.Spec is GruSpec gru)
                placement = placement with { Recurrent = (int)regions.Place(gru.RecurrentPerUnit * units, i, i) };
            if (layer.Spec is LstmSpec)
                placement = placement with { Cells = (int)regions.Place(units, i, i) };

            placements.Add(placement);
        }

        var output = placements.Count > 0 ? placements[placements.Count - 1].Output : input;
        return (new PlannedActivations((int)regions.Floats, input, output, -1, -1), placements, regions.Floats);
    }

    /// <summary>The last kernel that reads a kernel's output; the model's output is read in the end.</summary>
    private static int LastReader(IReadOnlyList<ShapedLayer> layers, int index)
    {
        if (index == layers.Count - 1)
            return LiveRegions.Forever;

        var last = layers.Count - 1;
        while (!layers[last].Reads(index))
            last--;
        return last;
    }
}
