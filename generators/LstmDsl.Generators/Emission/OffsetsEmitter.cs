namespace LstmDsl.Generators;

/// <summary>Writes where each layer finds its tensors in a block of samples: constants, times the samples for activations.</summary>
internal static class OffsetsEmitter
{
    public static void Emit(EmissionContext context)
    {
        var writer = context.Writer;
        writer.Line();
        writer.Line("// Activations lie time-major, (timesteps, samples, width): an offset is a constant times the block's samples.");
        foreach (var layer in context.Model.Layers)
        {
            var question = layer.AsksForInputGradient ? ", bool inputGradient" : "";
            var head = ReferenceEquals(layer, context.Model.Head) ? [("IsHead", "true", "")] : Enumerable.Empty<(string, string, string)>();
            Method(writer, layer, $"Training(int samples{question})", TrainingRows(layer).Concat(head));
            if (layer.Spec.IsIdentityInPrediction)
                continue;

            Method(writer, layer, "Inference(int samples)", InferenceRows(layer));
            if (context.Model.Streams)
                Method(writer, layer, "Streaming()", StreamingRows(layer));
        }
    }

    private static void Method(
        SourceWriter writer, PlannedLayer layer, string signature, IEnumerable<(string Name, string Value, string Shape)> rows)
    {
        var type = $"{EmissionContext.Services}{layer.Spec.OffsetsKind}Offsets";
        writer.Line();
        writer.Open($"private static {type} {layer.Spec.Name}{signature}");
        writer.Open("unchecked");
        writer.Open($"return new {type}");
        foreach (var (name, value, shape) in ParameterRows(layer).Concat(rows))
            writer.Line(shape.Length > 0 ? $"{name} = {value}, // {shape}" : $"{name} = {value},");
        writer.Close("};");
        writer.Close();
        writer.Close();
    }

    private static IEnumerable<(string Name, string Value, string Shape)> ParameterRows(PlannedLayer layer)
    {
        // What counts samples only travels in files.
        foreach (var tensor in layer.Tensors.Where(tensor => tensor.Role != "Count"))
            yield return (tensor.Role, tensor.CodeName, Text.Shape(tensor));
        if (layer.Spec is AffineSpec { HasWeights: false })
        {
            yield return ("Mean", "-1", "");
            yield return ("Variance", "-1", "");
        }

        if (layer.Spec is DenseSpec { UseBias: false })
            yield return ("Bias", "-1", "");
        if (layer.Spec is NormalizationSpec { Gamma: null })
            yield return ("Gamma", "-1", "");
        if (layer.Spec is NormalizationSpec { Beta: null })
            yield return ("Beta", "-1", "");
    }

    private static IEnumerable<(string Name, string Value, string Shape)> TrainingRows(PlannedLayer layer)
    {
        var (places, timesteps, units) = (layer.Training, layer.Timesteps, layer.Units);
        yield return ("Input", Offset(places.Input), Text.BlockShape(timesteps, layer.Inputs));
        switch (layer.Spec)
        {
            case RecurrentSpec recurrent:
                foreach (var row in RecurrentTensors(layer, recurrent, places, timesteps, timesteps, timesteps))
                    yield return row;
                var gradients = TrainingPlanner.StateGradients(recurrent.Kind, isMasked: places.Mask >= 0);
                yield return ("StateGradients", Offset(places.StateGradients), $"({Text.Plain(gradients)}, samples, {Text.Plain(units)})");
                break;
            case MergeSpec:
                yield return ("Second", Offset(places.Second), Text.BlockShape(layer.Timesteps, layer.Inputs));
                yield return ("Output", Offset(places.Output), Text.BlockShape(layer.OutputTimesteps, units));
                yield return ("SecondGradient", Offset(places.SecondGradient), Text.BlockShape(layer.Timesteps, layer.Inputs));
                break;
            default:
                yield return ("Output", Offset(places.Output), Text.BlockShape(layer.OutputTimesteps, units));
                break;
        }

        foreach (var row in MaskRows(layer, places))
            yield return row;
        if (layer.Spec is RecurrentSpec { Stateful: true })
            yield return ("Continues", "true", "");
        if (places.DropoutMasks >= 0 && layer.Spec is RecurrentSpec dropped)
        {
            var shape = $"({Text.Plain(dropped.ColumnsPerUnit)}, samples, {Text.Plain(layer.Inputs)} + {Text.Plain(units)})";
            yield return ("DropoutMasks", Offset(places.DropoutMasks), shape);
        }

        var inputGradient = Offset(places.InputGradient);
        yield return ("OutputGradient", Offset(places.OutputGradient), Text.BlockShape(layer.OutputTimesteps, units));
        if (!layer.Spec.HasBackward)
            yield break;

        yield return (
            "InputGradient", layer.ReadsModelInput ? $"inputGradient ? {inputGradient} : -1" : inputGradient,
            Text.BlockShape(timesteps, layer.Inputs));
    }

    private static IEnumerable<(string Name, string Value, string Shape)> InferenceRows(PlannedLayer layer)
    {
        var (places, units) = (layer.Inference, layer.Units);
        var hidden = places.Mask >= 0 ? layer.Timesteps : layer.OutputTimesteps;
        yield return ("Input", Offset(places.Input), Text.BlockShape(layer.Timesteps, layer.Inputs));
        switch (layer.Spec)
        {
            case RecurrentSpec recurrent:
                foreach (var row in RecurrentTensors(layer, recurrent, places, timesteps: 0, places.Mask >= 0 ? hidden : 0, hidden))
                    yield return row;
                break;
            case MergeSpec:
                yield return ("Second", Offset(places.Second), Text.BlockShape(layer.Timesteps, layer.Inputs));
                yield return ("Output", Offset(places.Output), Text.BlockShape(layer.OutputTimesteps, units));
                yield return ("SecondGradient", "-1", "");
                break;
            default:
                yield return ("Output", Offset(places.Output), Text.BlockShape(layer.OutputTimesteps, units));
                break;
        }

        foreach (var row in MaskRows(layer, places))
            yield return row;
        if (layer.Spec is RecurrentSpec { Stateful: true })
            yield return ("Continues", "true", "");
        if (layer.Spec is RecurrentSpec)
            yield break;

        yield return ("OutputGradient", "-1", "");
        if (layer.Spec.HasBackward)
            yield return ("InputGradient", "-1", "");
    }

    /// <summary>What a recurrent layer keeps, each tensor with its stride where timesteps have places of their own.</summary>
    private static IEnumerable<(string Name, string Value, string Shape)> RecurrentTensors(
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
            yield return (name, Offset(place), Text.BlockShape(steps, width));
            if (steps > 0)
                yield return (name + "Stride", Text.Code(width), "");
        }
    }

    /// <summary>Which timesteps count, where the layer's kernel asks or says it.</summary>
    private static IEnumerable<(string Name, string Value, string Shape)> MaskRows(PlannedLayer layer, LayerOffsets places)
    {
        var reads = layer.Spec is RecurrentSpec or BatchNormalizationSpec or PoolingSpec { TakesMaximum: false, Sliding: null };
        if (places.MadeMask >= 0)
            yield return ("Mask", Offset(places.MadeMask), Text.MaskShape(layer.OutputTimesteps));
        else if (places.Mask >= 0 && reads)
            yield return ("Mask", Offset(places.Mask), Text.MaskShape(layer.Timesteps));
    }

    // One sample and one timestep: what has a time axis elsewhere has none here.
    private static IEnumerable<(string Name, string Value, string Shape)> StreamingRows(PlannedLayer layer)
    {
        var (places, units) = (layer.Streaming, layer.Units);
        yield return ("Input", Text.Code(places.Input), Text.Shape(0, layer.Inputs));
        switch (layer.Spec)
        {
            case RecurrentSpec { Kind: var kind } recurrent:
                yield return ("Gates", Text.Code(places.PreActivations), Text.Shape(0, recurrent.ColumnsPerUnit * units));
                if (places.Carried >= 0)
                    yield return ("Carried", Text.Code(places.Carried), Text.Shape(0, units));
                if (places.Kept >= 0)
                    yield return ("Kept", Text.Code(places.Kept), Text.Shape(0, kind.KeptPerUnit * units));
                yield return ("Hidden", Text.Code(places.Output), Text.Shape(0, units));
                yield return ("Continues", "true", "");
                yield break;
            default:
                yield return ("Output", Text.Code(places.Output), Text.Shape(0, units));
                break;
        }

        yield return ("OutputGradient", "-1", "");
        yield return ("InputGradient", "-1", "");
    }

    /// <summary>An offset per sample, times the samples.</summary>
    public static string Offset(int perSample) => perSample == 0 ? "0" : $"{Text.Code(perSample)} * samples";
}
