namespace LstmDsl.Generators;

/// <summary>
/// Lays out what a stream keeps and needs for a timestep: states stay where they are from one timestep to the next, so nothing lends its
/// place but a recurrent layer's pre-activations.
/// </summary>
internal static class StreamingPlanner
{
    /// <summary>Lays out the layers, for one sample.</summary>
    public static (PlannedActivations Block, IReadOnlyList<LayerOffsets> Layers) Plan(ModelSpec spec, IReadOnlyList<ShapedLayer> layers)
    {
        var regions = new LiveRegions();
        var input = (int)regions.Place(spec.HasSeveralInputs ? spec.Inputs.Sum(slot => slot.Features) : spec.Features);
        var offsets = new List<LayerOffsets>();
        for (var i = 0; i < layers.Count; i++)
        {
            var units = (long)layers[i].Units;
            var from = OutputOf(layers[i].Source);
            var own = new LayerOffsets
            {
                Input = from,
                Second = layers[i].Second == ShapedLayer.None ? LayerOffsets.None : OutputOf(layers[i].Second),
                Output = layers[i].Spec is InputSpec { FirstFeature: var first } ? from + first
                    : layers[i].Spec.IsIdentityInPrediction ? from
                    : (int)regions.Place(units),
            };
            if (layers[i].Spec is RecurrentSpec { Kind: var kind } recurrent)
            {
                if (kind.Carries)
                    own = own with { Carried = (int)regions.Place(units) };
                own = own with { PreActivations = (int)regions.Place(recurrent.ColumnsPerUnit * units, i, i) };
                if (kind.KeepsInPrediction)
                    own = own with { Kept = (int)regions.Place(kind.KeptPerUnit * units, i, i) };
            }

            offsets.Add(own);
        }

        var output = offsets.Count > 0 ? offsets[offsets.Count - 1].Output : input;
        return (new PlannedActivations((int)regions.Floats, input, output, LayerOffsets.None, LayerOffsets.None), offsets);

        int OutputOf(int source) => source < 0 ? input : offsets[source].Output;
    }
}
