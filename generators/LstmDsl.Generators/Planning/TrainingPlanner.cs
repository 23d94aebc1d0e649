namespace LstmDsl.Generators;

/// <summary>
/// Lays out what a training step keeps: every kernel's activations stay until the backward pass has used them, so nothing is shared. The
/// gradient of a kernel's input is the gradient of the output that it reads.
/// </summary>
internal static class TrainingPlanner
{
    /// <summary>Lays out the activations of the kernels; the offsets of a block that is too large mean nothing.</summary>
    public static (PlannedActivations Block, IReadOnlyList<LayerOffsets> Layers, long Floats) Plan(
        ModelSpec spec, IReadOnlyList<ShapedLayer> layers, GradientPaths gradients)
    {
        var regions = new LiveRegions();
        var inputFloats = (long)spec.Timesteps * spec.Features;
        var input = regions.Place(inputFloats);
        var offsets = layers.Select((layer, i) => Place(regions, layer, gradients.IsRead(i))).ToArray();

        // The model's input gradient is needed only where somebody asks for it, so it lies beyond the block.
        var apart = layers.Select((layer, i) => Apart(regions, layer, i, gradients)).ToArray();
        var inputGradient = gradients.InputHasGradient ? regions.Floats : LayerOffsets.None;
        for (var i = 0; i < offsets.Length; i++)
        {
            var (source, second) = (layers[i].Source, layers[i].Second);
            offsets[i] = offsets[i] with
            {
                Input = OutputOf(source),
                InputGradient = apart[i] >= 0 ? apart[i] : GradientOf(source),
                SummedGradient = apart[i] >= 0 ? GradientOf(source) : LayerOffsets.None,
                Second = OutputOf(second),
                SecondGradient = second == ShapedLayer.None ? LayerOffsets.None : GradientOf(second),
                Third = OutputOf(layers[i].Third),
                ThirdGradient = layers[i].Third == ShapedLayer.None ? LayerOffsets.None : GradientOf(layers[i].Third),
                Mask = MaskOf(layers[i].Mask),
                SecondMask = MaskOf(layers[i].SecondMask),
                ThirdMask = MaskOf(layers[i].ThirdMask),
                InitialHidden = InitialOf(i, encoder => encoder.Output),
                InitialCarried = InitialOf(i, encoder => encoder.Carried),
                ReceivedGradients = gradients.FirstBegunBy(i) is >= 0 and var begun ? offsets[begun].StateGradients : LayerOffsets.None,
            };
        }

        // The last of all states of the layer that another begins with.
        int InitialOf(int index, Func<LayerOffsets, int> states) =>
            layers[index].Initial is >= 0 and var from && states(offsets[from]) is >= 0 and var first
                ? first + ((layers[from].Timesteps - 1) * layers[from].Units)
                : LayerOffsets.None;

        int OutputOf(int source) => (int)(source == ShapedLayer.None ? LayerOffsets.None
            : source < 0 ? input : Given(layers[source], offsets[source]));

        int GradientOf(int source) => source < 0 ? (int)inputGradient : offsets[source].OutputGradient;

        int MaskOf(int kernel) => kernel < 0 ? LayerOffsets.None : offsets[kernel].MadeMask;

        var last = offsets.Length - 1;
        var (output, outputGradient) = last < 0
            ? (input, LayerOffsets.None)
            : (Given(layers[last], offsets[last]), offsets[last].OutputGradient);
        var block = new PlannedActivations((int)regions.Floats, (int)input, (int)output, outputGradient, (int)inputGradient)
        {
            Mask = last < 0 || layers[last].GivenMask < 0 ? LayerOffsets.None : offsets[layers[last].GivenMask].MadeMask,
        };
        return (block, offsets, regions.Floats + LiveRegions.Align(inputFloats));
    }

    /// <summary>Values for a unit that the backward pass of a recurrent layer needs; a mask keeps the gradient of each state apart.</summary>
    public static int StateGradients(RecurrentKind kind, bool isMasked) => kind.StateGradients + (isMasked ? kind.Carries ? 2 : 1 : 0);

    /// <summary>
    /// Where a kernel that can only write leaves a gradient which is added to another afterwards; none where it needs no such place.
    /// </summary>
    private static int Apart(LiveRegions regions, ShapedLayer layer, int index, GradientPaths gradients) =>
        gradients.AddsInputGradient(index) && layer.Spec is { CanAddInputGradient: false, HasBackward: true }
            ? (int)regions.Place(Math.Max(layer.Timesteps, 1L) * layer.Inputs)
            : LayerOffsets.None;

    private static long Given(ShapedLayer layer, LayerOffsets offsets) => offsets.Output + layer.LastTimestep;

    private static LayerOffsets Place(LiveRegions regions, ShapedLayer layer, bool isRead) =>
        layer.Spec is RecurrentSpec recurrent ? Recurrent(regions, layer, recurrent, isRead) : RowByRow(regions, layer, isRead);

    private static int OutputGradient(LiveRegions regions, ShapedLayer layer, bool isRead) =>
        isRead ? (int)regions.Place(layer.OutputRows * layer.Units) : LayerOffsets.None;

    private static LayerOffsets Recurrent(LiveRegions regions, ShapedLayer layer, RecurrentSpec spec, bool isRead)
    {
        var (units, kind) = ((long)layer.Units, spec.Kind);
        return new LayerOffsets
        {
            Input = LayerOffsets.None,
            PreActivations = (int)regions.Place(layer.Timesteps * spec.ColumnsPerUnit * units),
            Carried = kind.Carries ? States(regions, layer) : LayerOffsets.None,
            Kept = kind.KeptPerUnit > 0 ? (int)regions.Place(layer.Timesteps * kind.KeptPerUnit * units) : LayerOffsets.None,
            Output = States(regions, layer),
            OutputGradient = OutputGradient(regions, layer, isRead),
            StateGradients = (int)regions.Place(StateGradients(kind, isMasked: layer.Mask >= 0) * units),
            DropoutMasks = DropoutMasks(regions, layer),
        };
    }

    private static LayerOffsets RowByRow(LiveRegions regions, ShapedLayer layer, bool isRead) => new()
    {
        Input = LayerOffsets.None,
        Output = (int)regions.Place(layer.OutputRows * layer.Units),
        OutputGradient = OutputGradient(regions, layer, isRead),
        Kept = Scores(regions, layer),
        StateGradients = Scores(regions, layer),
        MadeMask = layer.MakesMask ? (int)regions.Place(layer.OutputRows) : LayerOffsets.None,
    };

    /// <summary>A number for each timestep of the query, each head, and each timestep of the values.</summary>
    private static int Scores(LiveRegions regions, ShapedLayer layer) => layer.Spec is AttentionSpec { HeadCount: var heads }
        ? (int)regions.Place(Math.Max(layer.Timesteps, 1L) * heads * layer.SecondShape.Timesteps)
        : LayerOffsets.None;

    /// <summary>States of all timesteps; those that a layer starts in, where they are no zeros, lie before them.</summary>
    private static int States(LiveRegions regions, ShapedLayer layer)
    {
        var before = layer.Spec is RecurrentSpec { Continues: true } ? 1 : 0;
        return (int)(regions.Place((before + layer.Timesteps) * (long)layer.Units) + (before * layer.Units));
    }

    /// <summary>A mask of the input and one of the state for each gate, where there is recurrent dropout.</summary>
    private static int DropoutMasks(LiveRegions regions, ShapedLayer layer) =>
        layer.Spec is RecurrentSpec { RecurrentDropout: > 0 } recurrent
            ? (int)regions.Place(recurrent.ColumnsPerUnit * ((long)layer.Inputs + layer.Units))
            : LayerOffsets.None;
}
