namespace LstmDsl.Generators;

/// <summary>
/// Writes where a layer finds its tensors: in the parameter block, and in a block of activations of one sample, which the library multiplies
/// by the samples of a block.
/// </summary>
internal static class OffsetsEmitter
{
    public static void Emit(EmissionContext context, PlannedLayer layer)
    {
        var parameters = Parameters(layer);
        List<string> training = [.. parameters];
        AddTraining(training, layer);
        if (ReferenceEquals(layer, context.Model.Head))
            training.Add("IsHead = true");
        Write(context, layer, "Training", training);
        if (layer.Spec.IsIdentityInPrediction)
            return;

        List<string> inference = [.. parameters];
        AddInference(inference, layer);
        Write(context, layer, "Inference", inference);
        if (!context.Model.Streams || layer.Spec is InputSpec)
            return;

        List<string> streaming = [.. parameters];
        AddStreaming(streaming, layer);
        Write(context, layer, "Streaming", streaming);
    }

    private static void Write(EmissionContext context, PlannedLayer layer, string plan, List<string> properties) =>
        context.Constants($"{layer.Spec.OffsetsKind}Offsets", layer.Spec.Name + plan, properties);

    private static List<string> Parameters(PlannedLayer layer)
    {
        var properties = new List<string>();
        foreach (var tensor in layer.Tensors)
        {
            // What counts samples only travels in files.
            if (tensor.Role != "Count")
                properties.Add($"{tensor.Role} = {tensor.CodeName}");
        }

        if (layer.Spec is AffineSpec { HasWeights: false })
        {
            properties.Add("Mean = -1");
            properties.Add("Variance = -1");
        }

        if (layer.Spec is DenseSpec { UseBias: false })
            properties.Add("Bias = -1");
        if (layer.Spec is NormalizationSpec { Gamma: null })
            properties.Add("Gamma = -1");
        if (layer.Spec is NormalizationSpec { Beta: null })
            properties.Add("Beta = -1");
        return properties;
    }

    private static void AddTraining(List<string> properties, PlannedLayer layer)
    {
        var places = layer.Training;
        properties.Add(Offset("Input", places.Input));
        if (layer.Spec is RecurrentSpec recurrent)
        {
            AddRecurrent(properties, layer, recurrent, places, layer.Timesteps, layer.Timesteps, layer.Timesteps);
            properties.Add(Offset("StateGradients", places.StateGradients));
            if (recurrent.InitialFrom > 0)
                properties.Add("GivesStateGradients = true");
            AddIfThere(properties, "ReceivedGradients", places.ReceivedGradients);
        }
        else
        {
            AddIfThere(properties, "Second", places.Second);
            AddAttention(properties, layer, places, layer.SecondShape.Timesteps);
            properties.Add(Offset("Output", places.Output));
            AddIfThere(properties, "SecondGradient", places.SecondGradient);
            AddIfThere(properties, "ThirdGradient", places.ThirdGradient);
        }

        AddMaskAndStates(properties, layer, places);
        if (layer.Spec is RecurrentSpec)
            AddIfThere(properties, "DropoutMasks", places.DropoutMasks);
        AddIfThere(properties, "OutputGradient", places.OutputGradient);
        if (layer.HasBackward)
            properties.Add(Offset("InputGradient", places.InputGradient));
    }

    private static void AddInference(List<string> properties, PlannedLayer layer)
    {
        var places = layer.Inference;
        var hidden = places.Mask >= 0 ? layer.Timesteps : layer.OutputTimesteps;
        properties.Add(Offset("Input", places.Input));
        if (layer.Spec is RecurrentSpec recurrent)
        {
            AddRecurrent(properties, layer, recurrent, places, timesteps: 0, places.Mask >= 0 ? hidden : 0, hidden);
        }
        else
        {
            AddIfThere(properties, "Second", places.Second);
            AddAttention(properties, layer, places, stride: 0);
            properties.Add(Offset("Output", places.Output));
        }

        AddMaskAndStates(properties, layer, places);
    }

    // One sample and one timestep: what has a time axis elsewhere has none here.
    private static void AddStreaming(List<string> properties, PlannedLayer layer)
    {
        var places = layer.Streaming;
        properties.Add(Offset("Input", places.Input));
        if (layer.Spec is not RecurrentSpec recurrent)
        {
            AddIfThere(properties, "Second", places.Second);
            properties.Add(Offset("Output", places.Output));
            return;
        }

        AddRecurrent(properties, layer, recurrent, places, timesteps: 0, carried: 0, hidden: 0);
        properties.Add("Continues = true");
    }

    /// <summary>What a recurrent layer keeps, each tensor with its stride where timesteps have places of their own.</summary>
    private static void AddRecurrent(
        List<string> properties, PlannedLayer layer, RecurrentSpec spec, LayerOffsets places, int timesteps, int carried, int hidden)
    {
        Add("Gates", places.PreActivations, timesteps, spec.ColumnsPerUnit * layer.Units);
        Add("Carried", places.Carried, carried, layer.Units);
        Add("Kept", places.Kept, timesteps, spec.Kind.KeptPerUnit * layer.Units);
        Add("Hidden", places.Output, hidden, layer.Units);

        void Add(string name, int place, int steps, int width)
        {
            AddIfThere(properties, name, place);
            if (place >= 0 && steps > 0)
                properties.Add($"{name}Stride = {Text.Code(width)}");
        }
    }

    /// <summary>What an attention layer reads and keeps beside what others have.</summary>
    private static void AddAttention(List<string> properties, PlannedLayer layer, LayerOffsets places, int stride)
    {
        if (layer.Spec is not AttentionSpec)
            return;

        properties.Add(Offset("Third", places.Third));
        AddIfThere(properties, "SecondMask", places.SecondMask);
        AddIfThere(properties, "ThirdMask", places.ThirdMask);
        properties.Add(Offset("Kept", places.Kept));
        if (stride > 0)
            properties.Add($"KeptStride = {Text.Code(stride)}");
        AddIfThere(properties, "ScoreGradients", places.StateGradients);
    }

    /// <summary>Which timesteps count, where the layer's kernel asks or says it, and what states it begins with.</summary>
    private static void AddMaskAndStates(List<string> properties, PlannedLayer layer, LayerOffsets places)
    {
        var leavesOut = layer.Spec is CombineSpec { LeavesPaddingOut: true };
        var reads = leavesOut
            || layer.Spec is RecurrentSpec or BatchNormalizationSpec or AttentionSpec or PoolingSpec { TakesMaximum: false, Sliding: null };
        if (places.MadeMask >= 0 && layer.Spec.MakesMask)
            properties.Add(Offset("Mask", places.MadeMask));
        else if (reads)
            AddIfThere(properties, "Mask", places.Mask);
        if (leavesOut)
            AddIfThere(properties, "SecondMask", places.SecondMask);
        AddIfThere(properties, "InitialHidden", places.InitialHidden);
        AddIfThere(properties, "InitialCarried", places.InitialCarried);
        if (layer.Spec is RecurrentSpec { Continues: true })
            properties.Add("Continues = true");
    }

    private static void AddIfThere(List<string> properties, string name, int perSample)
    {
        if (perSample >= 0)
            properties.Add(Offset(name, perSample));
    }

    private static string Offset(string name, int perSample) => $"{name} = {Text.Code(perSample)}";
}
