namespace LstmDsl.Generators;

/// <summary>
/// Writes where a layer finds its tensors: in the parameter block, and in a block of activations of one sample, which the library multiplies
/// by the samples of a block.
/// </summary>
internal static class OffsetsEmitter
{
    public static void Emit(EmissionContext context, PlannedLayer layer)
    {
        var head = ReferenceEquals(layer, context.Model.Head) ? ["IsHead = true"] : Enumerable.Empty<string>();
        Write(context, layer, "Training", Training(layer).Concat(head));
        if (layer.Spec.IsIdentityInPrediction)
            return;

        Write(context, layer, "Inference", Inference(layer));
        if (context.Model.Streams && layer.Spec is not InputSpec)
            Write(context, layer, "Streaming", Streaming(layer));
    }

    private static void Write(EmissionContext context, PlannedLayer layer, string plan, IEnumerable<string> activations) =>
        context.Constants($"{layer.Spec.OffsetsKind}Offsets", layer.Spec.Name + plan, [.. Parameters(layer), .. activations]);

    private static IEnumerable<string> Parameters(PlannedLayer layer)
    {
        // What counts samples only travels in files.
        foreach (var tensor in layer.Tensors.Where(tensor => tensor.Role != "Count"))
            yield return $"{tensor.Role} = {tensor.CodeName}";
        if (layer.Spec is AffineSpec { HasWeights: false })
        {
            yield return "Mean = -1";
            yield return "Variance = -1";
        }

        if (layer.Spec is DenseSpec { UseBias: false })
            yield return "Bias = -1";
        if (layer.Spec is NormalizationSpec { Gamma: null })
            yield return "Gamma = -1";
        if (layer.Spec is NormalizationSpec { Beta: null })
            yield return "Beta = -1";
    }

    private static IEnumerable<string> Training(PlannedLayer layer)
    {
        var places = layer.Training;
        yield return Offset("Input", places.Input);
        if (layer.Spec is RecurrentSpec recurrent)
        {
            foreach (var tensor in Recurrent(layer, recurrent, places, layer.Timesteps, layer.Timesteps, layer.Timesteps))
                yield return tensor;
            yield return Offset("StateGradients", places.StateGradients);
            if (recurrent.InitialFrom > 0)
                yield return "GivesStateGradients = true";
            if (places.ReceivedGradients >= 0)
                yield return Offset("ReceivedGradients", places.ReceivedGradients);
        }
        else
        {
            if (places.Second >= 0)
                yield return Offset("Second", places.Second);
            foreach (var tensor in Attention(layer, places, layer.SecondShape.Timesteps))
                yield return tensor;
            yield return Offset("Output", places.Output);
            if (places.SecondGradient >= 0)
                yield return Offset("SecondGradient", places.SecondGradient);
            if (places.ThirdGradient >= 0)
                yield return Offset("ThirdGradient", places.ThirdGradient);
        }

        foreach (var property in MaskAndStates(layer, places))
            yield return property;
        if (places.DropoutMasks >= 0 && layer.Spec is RecurrentSpec)
            yield return Offset("DropoutMasks", places.DropoutMasks);
        if (places.OutputGradient >= 0)
            yield return Offset("OutputGradient", places.OutputGradient);
        if (layer.HasBackward)
            yield return Offset("InputGradient", places.InputGradient);
    }

    private static IEnumerable<string> Inference(PlannedLayer layer)
    {
        var places = layer.Inference;
        var hidden = places.Mask >= 0 ? layer.Timesteps : layer.OutputTimesteps;
        yield return Offset("Input", places.Input);
        if (layer.Spec is RecurrentSpec recurrent)
        {
            foreach (var tensor in Recurrent(layer, recurrent, places, timesteps: 0, places.Mask >= 0 ? hidden : 0, hidden))
                yield return tensor;
        }
        else
        {
            if (places.Second >= 0)
                yield return Offset("Second", places.Second);
            foreach (var tensor in Attention(layer, places, stride: 0))
                yield return tensor;
            yield return Offset("Output", places.Output);
        }

        foreach (var property in MaskAndStates(layer, places))
            yield return property;
    }

    // One sample and one timestep: what has a time axis elsewhere has none here.
    private static IEnumerable<string> Streaming(PlannedLayer layer)
    {
        var places = layer.Streaming;
        yield return Offset("Input", places.Input);
        if (layer.Spec is not RecurrentSpec recurrent)
        {
            if (places.Second >= 0)
                yield return Offset("Second", places.Second);
            yield return Offset("Output", places.Output);
            yield break;
        }

        foreach (var tensor in Recurrent(layer, recurrent, places, timesteps: 0, carried: 0, hidden: 0))
            yield return tensor;
        yield return "Continues = true";
    }

    /// <summary>What a recurrent layer keeps, each tensor with its stride where timesteps have places of their own.</summary>
    private static IEnumerable<string> Recurrent(
        PlannedLayer layer, RecurrentSpec spec, LayerOffsets places, int timesteps, int carried, int hidden)
    {
        (string Name, int Place, int Timesteps, int Width)[] tensors =
        [
            ("Gates", places.PreActivations, timesteps, spec.ColumnsPerUnit * layer.Units),
            ("Carried", places.Carried, carried, layer.Units),
            ("Kept", places.Kept, timesteps, spec.Kind.KeptPerUnit * layer.Units),
            ("Hidden", places.Output, hidden, layer.Units),
        ];
        foreach (var (name, place, steps, width) in tensors.Where(tensor => tensor.Place >= 0))
        {
            yield return Offset(name, place);
            if (steps > 0)
                yield return $"{name}Stride = {Text.Code(width)}";
        }
    }

    /// <summary>What an attention layer reads and keeps beside what others have.</summary>
    private static IEnumerable<string> Attention(PlannedLayer layer, LayerOffsets places, int stride)
    {
        if (layer.Spec is not AttentionSpec)
            yield break;

        yield return Offset("Third", places.Third);
        if (places.SecondMask >= 0)
            yield return Offset("SecondMask", places.SecondMask);
        if (places.ThirdMask >= 0)
            yield return Offset("ThirdMask", places.ThirdMask);
        yield return Offset("Kept", places.Kept);
        if (stride > 0)
            yield return $"KeptStride = {Text.Code(stride)}";
        if (places.StateGradients >= 0)
            yield return Offset("ScoreGradients", places.StateGradients);
    }

    /// <summary>Which timesteps count, where the layer's kernel asks or says it, and what states it begins with.</summary>
    private static IEnumerable<string> MaskAndStates(PlannedLayer layer, LayerOffsets places)
    {
        var leavesOut = layer.Spec is CombineSpec { LeavesPaddingOut: true };
        var reads = leavesOut
            || layer.Spec is RecurrentSpec or BatchNormalizationSpec or AttentionSpec or PoolingSpec { TakesMaximum: false, Sliding: null };
        if (places.MadeMask >= 0 && layer.Spec.MakesMask)
            yield return Offset("Mask", places.MadeMask);
        else if (places.Mask >= 0 && reads)
            yield return Offset("Mask", places.Mask);
        if (places.SecondMask >= 0 && leavesOut)
            yield return Offset("SecondMask", places.SecondMask);
        if (places.InitialHidden >= 0)
            yield return Offset("InitialHidden", places.InitialHidden);
        if (places.InitialCarried >= 0)
            yield return Offset("InitialCarried", places.InitialCarried);
        if (layer.Spec is RecurrentSpec { Continues: true })
            yield return "Continues = true";
    }

    private static string Offset(string name, int perSample) => $"{name} = {Text.Code(perSample)}";
}
