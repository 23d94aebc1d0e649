namespace LstmDsl.Generators;

/// <summary>
/// Lays out what a prediction needs: a recurrent layer uses one timestep's place again and again (of its hidden states only where it gives
/// the last), and what no kernel reads any more lends its place to the next. The model's input stays as it was.
/// </summary>
internal static class InferencePlanner
{
    /// <summary>Lays out the activations of the kernels; the offsets of a block that is too large mean nothing.</summary>
    public static (PlannedActivations Block, IReadOnlyList<LayerOffsets> Layers, long Floats) Plan(
        ModelSpec spec, IReadOnlyList<ShapedLayer> layers)
    {
        var regions = new LiveRegions();
        var input = (int)regions.Place((long)spec.Timesteps * spec.Features);
        var offsets = new List<LayerOffsets>();
        var given = new List<int>();
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            long units = layer.Units;
            var source = layer.Source < 0 ? input : given[layer.Source];
            if (layer.Spec.IsIdentityInPrediction)
            {
                offsets.Add(new LayerOffsets { Input = source, Output = source });
                given.Add(source);
                continue;
            }

            // A mask carries states from timestep to timestep, so that each needs a place of its own.
            var states = layer.Mask < 0 ? 1 : Math.Max(layer.Timesteps, 1);
            var rows = layer.GivesLastTimestep ? states : layer.OutputRows;
            var continues = layer.Spec is RecurrentSpec { Continues: true };
            var (from, stays) = layer.Spec is RecurrentSpec { Stateful: true } ? (0, LiveRegions.Forever) : (i, i);
            var own = new LayerOffsets
            {
                Input = source,
                Second = layer.Second == ShapedLayer.None ? LayerOffsets.None : layer.Second < 0 ? input : given[layer.Second],
                Third = layer.Third == ShapedLayer.None ? LayerOffsets.None : layer.Third < 0 ? input : given[layer.Third],
                Mask = layer.Mask < 0 ? LayerOffsets.None : offsets[layer.Mask].MadeMask,
                SecondMask = layer.SecondMask < 0 ? LayerOffsets.None : offsets[layer.SecondMask].MadeMask,
                ThirdMask = layer.ThirdMask < 0 ? LayerOffsets.None : offsets[layer.ThirdMask].MadeMask,
                InitialHidden = Last(layer.Initial, encoder => encoder.Output, keepsAll: layer.Initial >= 0 && KeepsAllHidden(layers[layer.Initial])),
                InitialCarried = Last(layer.Initial, encoder => encoder.Carried, keepsAll: layer.Initial >= 0 && layers[layer.Initial].Mask >= 0),
                Output = continues
                    ? States(regions, rows, KeepsAllHidden(layer), units, from, Math.Max(stays, LastReader(layers, i)))
                    : (int)regions.Place(rows * units, i, LastReader(layers, i)),
            };
            if (layer.Spec is RecurrentSpec { Kind: var kind } recurrent)
            {
                own = own with { PreActivations = (int)regions.Place(recurrent.ColumnsPerUnit * units, i, i) };
                if (kind.KeepsInPrediction)
                    own = own with { Kept = (int)regions.Place(kind.KeptPerUnit * units, i, i) };
                if (kind.Carries)
                {
                    stays = Math.Max(stays, LastBegun(layers, i));
                    var carried = continues
                        ? States(regions, states, layer.Mask >= 0, units, from, stays)
                        : (int)regions.Place(states * units, i, stays);
                    own = own with { Carried = carried };
                }
            }

            if (layer.Spec is AttentionSpec { HeadCount: var heads })
                own = own with { Kept = (int)regions.Place((long)heads * layer.SecondShape.Timesteps, i, i) };
            if (layer.MakesMask)
                own = own with { MadeMask = (int)regions.Place(layer.OutputRows, i) };

            offsets.Add(own);
            given.Add((int)(own.Output + (layer.GivesLastTimestep ? (states - 1) * units : 0)));
        }

        int Last(int kernel, Func<LayerOffsets, int> states, bool keepsAll) => kernel >= 0 && states(offsets[kernel]) is >= 0 and var first
            ? first + (keepsAll ? (layers[kernel].Timesteps - 1) * layers[kernel].Units : 0)
            : LayerOffsets.None;

        var last = layers.Count - 1;
        var block = new PlannedActivations((int)regions.Floats, input, last < 0 ? input : given[last], LayerOffsets.None, LayerOffsets.None)
        {
            Mask = last < 0 || layers[last].GivenMask < 0 ? LayerOffsets.None : offsets[layers[last].GivenMask].MadeMask,
        };
        return (block, offsets, regions.Floats);
    }

    /// <summary>
    /// States of a layer that does not begin with zeros; a stateful one's are written before all kernels and read after them. Those that it
    /// starts in lie before the first timestep's, or in the one place that serves all timesteps.
    /// </summary>
    private static int States(LiveRegions regions, long timesteps, bool apart, long units, int from, int to) =>
        (int)(regions.Place((timesteps + (apart ? 1 : 0)) * units, from, to) + (apart ? units : 0));

    /// <summary>Whether each timestep's hidden states have a place: where they are given, and where a mask carries them.</summary>
    private static bool KeepsAllHidden(ShapedLayer layer) => layer.Mask >= 0 || !layer.GivesLastTimestep;

    /// <summary>The last kernel that begins with the states that a kernel ends in; the kernel itself where none does.</summary>
    private static int LastBegun(IReadOnlyList<ShapedLayer> layers, int index) =>
        Enumerable.Range(0, layers.Count).Where(later => layers[later].Initial == index).DefaultIfEmpty(index).Max();

    /// <summary>
    /// The last kernel that reads a kernel's output, also through others that pass it on; the model's output is read in the end.
    /// </summary>
    private static int LastReader(IReadOnlyList<ShapedLayer> layers, int index)
    {
        if (index == layers.Count - 1)
            return LiveRegions.Forever;

        var last = LastBegun(layers, index);
        for (var i = index + 1; i < layers.Count; i++)
        {
            if (layers[i].Reads(index))
                last = Math.Max(last, layers[i].Spec.IsIdentityInPrediction ? LastReader(layers, i) : i);
        }

        return last;
    }
}
