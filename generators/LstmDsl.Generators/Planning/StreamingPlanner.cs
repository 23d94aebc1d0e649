namespace LstmDsl.Generators;

/// <summary>
/// Lays out what a stream keeps and needs for a timestep: states stay where they are from one timestep to the next, so nothing lends its
/// place but a recurrent layer's pre-activations.
/// </summary>
internal static class StreamingPlanner
{
    /// <summary>Lays out the layers, for one sample.</summary>
    public static (PlannedActivations Block, IReadOnlyList<LayerPlacement> Layers) Plan(ModelSpec spec, IReadOnlyList<ShapedLayer> layers)
    {
        var regions = new LiveRegions();
        var input = (int)regions.Place(spec.Features);
        var placements = new List<LayerPlacement>();
        var output = input;
        for (var i = 0; i < layers.Count; i++)
        {
            long units = layers[i].Spec.Units;
            var placement = new LayerPlacement { Input = output, Output = (int)regions.Place(units) };
            if (layers[i].Spec is LstmSpec)
                placement = placement with { Cells = (int)regions.Place(units) };
            if (layers[i].Spec is RecurrentSpec recurrent)
                placement = placement with { PreActivations = (int)regions.Place(recurrent.ColumnsPerUnit * units, i, i) };

            placements.Add(placement);
            output = placement.Output;
        }

        return (new PlannedActivations((int)regions.Floats, input, output, -1, -1), placements);
    }
}
