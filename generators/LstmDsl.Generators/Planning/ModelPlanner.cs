namespace LstmDsl.Generators;

/// <summary>Infers a model's shapes and lays out its memory.</summary>
internal static class ModelPlanner
{
    /// <summary>Plans a model. Where it is faulty the numbers mean nothing; names and shapes are still those of its surface.</summary>
    public static PlannedModel Plan(ModelSpec spec)
    {
        var shaped = ShapedLayer.Infer(spec);
        var parameters = ParameterPlanner.Plan(shaped);
        var gradients = new GradientPaths(shaped);
        var (training, trained, trainingFloats) = TrainingPlanner.Plan(spec, shaped, gradients);
        var (inference, inferred, inferenceFloats) = InferencePlanner.Plan(spec, shaped);

        var (streaming, streamed) = StreamingPlanner.Plan(spec, shaped);

        var layers = new List<PlannedLayer>();
        for (var i = 0; i < shaped.Count; i++)
        {
            var (layer, source, _, _, timesteps, inputs, outputTimesteps, units) = shaped[i];
            layers.Add(new PlannedLayer(
                layer, source, timesteps, inputs, outputTimesteps, units,
                parameters.Tensors[i].FirstOrDefault()?.Index ?? 0, new(parameters.Tensors[i]),
                trained[i], inferred[i], streamed[i])
            {
                SecondShape = shaped[i].SecondShape,
                ThirdShape = shaped[i].ThirdShape,
                MakesMask = shaped[i].MakesMask,
                HasBackward = gradients.HasBackward(i),
                Backward = gradients.Runs(i),
                InputGradient = gradients.Of(source),
                SecondGradient = gradients.Of(shaped[i].Second),
                AddsInputGradient = gradients.AddsInputGradient(i),
                AddsSecondGradient = gradients.AddsSecondGradient(i),
                ThirdGradient = gradients.Of(shaped[i].Third),
                AddsThirdGradient = gradients.AddsThirdGradient(i),
                InitialGradient = gradients.Of(shaped[i].Initial),
                BegunBy = gradients.BegunBy(i),
            });
        }

        var faults = TooLarge(spec, shaped, parameters.Floats, Math.Max(trainingFloats, inferenceFloats))
            .Concat(ShapeRules.Check(spec, layers))
            .Concat(MaskRules.Check(spec, shaped))
            .Concat(ActivationRules.Check(spec, layers))
            .Select(fault => fault.In(spec.Places));
        return new PlannedModel
        {
            Type = spec.Type,
            Timesteps = spec.Timesteps,
            Features = spec.Features,
            Inputs = spec.Inputs,
            BatchSize = spec.BatchSize,
            OutputTimesteps = shaped.Count > 0 ? shaped[shaped.Count - 1].OutputTimesteps : spec.Timesteps,
            Outputs = shaped.Count > 0 ? shaped[shaped.Count - 1].Units : spec.Features,
            Layers = layers.ToEquatableArray(),
            Declared = spec.Declared,
            ParameterCount = unchecked((int)parameters.Count),
            ParameterFloats = unchecked((int)parameters.Floats),
            TrainableFloats = unchecked((int)parameters.TrainableFloats),
            Training = training,
            Inference = inference,
            Streaming = streaming,
            Forecast = spec.Forecast,
            Faults = spec.Faults.Concat(faults).ToEquatableArray(),
        };
    }

    /// <summary>Blocks are addressed with 32 bits; the largest layer is blamed where one does not fit.</summary>
    private static IEnumerable<Fault> TooLarge(
        ModelSpec spec, IReadOnlyList<ShapedLayer> layers, long parameterFloats, long activationFloats)
    {
        var fits = parameterFloats <= int.MaxValue && activationFloats <= int.MaxValue;
        if (fits || spec.Layers.Count == 0 || spec.Faults.Any(fault => fault.Id == Descriptors.TooLarge.Id))
            yield break;

        var what = parameterFloats > int.MaxValue ? "parameters" : "activations of one sample";
        var largest = layers.OrderByDescending(layer => layer.Units).First().Spec;
        yield return Fault.OfAttribute(Descriptors.TooLarge.Id, largest.Attribute, "units", largest.Name, what, spec.Type.Name);
    }
}
