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
        for (var i = 0; i < layers.Count; i++)
        {
            var (source, units) = (layers[i].Source, (long)layers[i].Units);
            var from = source < 0 ? input : placements[source].Output;
            var placement = new LayerPlacement
            {
                Input = from,
                Output = layers[i].Spec.IsIdentityInPrediction ? from : (int)regions.Place(units),
            };
            if (layers[i].Spec is RecurrentSpec { Kind: var kind } recurrent)
            {
                if (kind.Carries)
                    placement = placement with { Carried = (int)regions.Place(units) };
                placement = placement with { PreActivations = (int)regions.Place(recurrent.ColumnsPerUnit * units, i, i) };
                if (kind.KeepsInPrediction)
                    placement = placement with { Kept = (int)regions.Place(kind.KeptPerUnit * units, i, i) };
            }

            placements.Add(placement);
        }

        var output = placements.Count > 0 ? placements[placements.Count - 1].Output : input;
        return (new PlannedActivations((int)regions.Floats, input, output, -1, -1), placements);
    }
}
