namespace LstmDsl.Generators;

/// <summary>
/// Lays out what a prediction needs: a recurrent layer uses one timestep's place again and again (of its hidden states only where it gives
/// the last), and what no layer reads any more lends its place to the next. The model's input stays as it was.
/// </summary>
internal static class InferencePlanner
{
    /// <summary>Lays out the activations of the layers; the offsets of a block that is too large mean nothing.</summary>
    public static (PlannedActivations Block, IReadOnlyList<LayerPlacement> Layers, long Floats) Plan(
        ModelSpec spec, IReadOnlyList<ShapedLayer> layers)
    {
        var regions = new LiveRegions();
        var input = (int)regions.Place((long)spec.Timesteps * spec.Features);
        var placements = new List<LayerPlacement>();
        var output = input;
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            long units = layer.Spec.Units;
            var read = i + 1 < layers.Count ? i + 1 : LiveRegions.Forever;
            var placement = new LayerPlacement
            {
                Input = output,
                Output = (int)regions.Place(Math.Max(layer.OutputTimesteps, 1) * units, i, read),
            };
            if (layer.Spec is RecurrentSpec recurrent)
                placement = placement with { PreActivations = (int)regions.Place(recurrent.ColumnsPerUnit * units, i, i) };
            if (layer.Spec is LstmSpec)
                placement = placement with { Cells = (int)regions.Place(units, i, i) };

            placements.Add(placement);
            output = placement.Output;
        }

        return (new PlannedActivations((int)regions.Floats, input, output, -1, -1), placements, regions.Floats);
    }
}
