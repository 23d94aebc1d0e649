namespace LstmDsl.Generators;

/// <summary>Infers a model's shapes and lays out its memory.</summary>
internal static class ModelPlanner
{
    /// <summary>Plans a model. Where it is faulty the numbers mean nothing; names and shapes are still those of its surface.</summary>
    public static PlannedModel Plan(ModelSpec spec)
    {
        var shaped = ShapedLayer.Infer(spec);
        var parameters = new ParameterPlanner();
        var tensors = shaped.Select(parameters.Add).ToArray();
        var (training, trained, trainingFloats) = TrainingPlanner.Plan(spec, shaped);
        var (inference, inferred, inferenceFloats) = InferencePlanner.Plan(spec, shaped);

        var (streaming, streamed) = StreamingPlanner.Plan(spec, shaped);

        var layers = new List<PlannedLayer>();
        var firstTensor = 0;
        for (var i = 0; i < shaped.Count; i++)
        {
            var (layer, timesteps, inputs, outputTimesteps) = shaped[i];
            layers.Add(new PlannedLayer(
                layer, timesteps, inputs, outputTimesteps, firstTensor, tensors[i].ToEquatableArray(), trained[i], inferred[i],
                streamed[i]));
            firstTensor += tensors[i].Count;
        }

        var faults = spec.Faults
            .Concat(TooLarge(spec, parameters.Floats, Math.Max(trainingFloats, inferenceFloats)))
            .Concat(ShapeRules.Check(spec, layers));
        return new PlannedModel
        {
            Type = spec.Type,
            Timesteps = spec.Timesteps,
            Features = spec.Features,
            OutputTimesteps = shaped.Count > 0 ? shaped[shaped.Count - 1].OutputTimesteps : spec.Timesteps,
            Outputs = shaped.Count > 0 ? shaped[shaped.Count - 1].Spec.Units : spec.Features,
            Layers = layers.ToEquatableArray(),
            ParameterCount = unchecked((int)parameters.Count),
            ParameterFloats = unchecked((int)parameters.Floats),
            Training = training,
            Inference = inference,
            Streaming = streaming,
            Faults = faults.ToEquatableArray(),
        };
    }

    /// <summary>Blocks are addressed with 32 bits; the largest layer is blamed where one does not fit.</summary>
    private static IEnumerable<Fault> TooLarge(ModelSpec spec, long parameterFloats, long activationFloats)
    {
        var fits = parameterFloats <= int.MaxValue && activationFloats <= int.MaxValue;
        if (fits || spec.Layers.Count == 0 || spec.Faults.Any(fault => fault.Id == Descriptors.TooLarge.Id))
            yield break;

        var what = parameterFloats > int.MaxValue ? "parameters" : "activations of one sample";
        var largest = spec.Layers.OrderByDescending(layer => layer.Units).First();
        yield return Fault.OfAttribute(Descriptors.TooLarge.Id, largest.Attribute, "units", largest.Name, what, spec.Type.Name);
    }
}
