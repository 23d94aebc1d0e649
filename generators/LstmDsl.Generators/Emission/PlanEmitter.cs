using System.Globalization;

namespace LstmDsl.Generators;

/// <summary>
/// Writes the plan that the runtime walks. It stands in a type of its own, so that it is there whatever the order in which the static
/// fields of the user's own part are initialised.
/// </summary>
internal static class PlanEmitter
{
    private const string Plan = EmissionContext.Services + "ModelPlan";

    public static void Emit(EmissionContext context)
    {
        var (model, writer) = (context.Model, context.Writer);
        writer.Line();
        writer.Open("private static class CompiledPlan");
        writer.Line($"internal static readonly {Plan} Value = new {Plan}");
        writer.Open();
        writer.Line($"Contract = {EmissionContext.Services}Contract.Version3,");
        writer.Line($"Name = \"{model.Type.Name}\",");
        writer.Line($"Shape = new {EmissionContext.Library}ModelShape({ShapeArguments(model)}),");
        writer.Line($"ParameterCount = ParameterCount,");
        writer.Line($"ParameterFloats = {Text.Code(model.ParameterFloats)},");
        if (model.TrainableFloats < model.ParameterFloats)
            writer.Line($"TrainableFloats = {Text.Code(model.TrainableFloats)},");
        if (model.Inputs.Any(input => input.Name is not null))
            List(writer, "Inputs", "InputPlan", model.Inputs.Select(Input));
        if (model.Layers.Any(layer => layer.Spec is BatchNormalizationSpec { IsTrainable: true }))
            writer.Line("NeedsWholeBatch = true,");
        if (model.Head is { Spec: ActivationSpec { Activation: var activation } })
            writer.Line($"Head = {EmissionContext.Library}Activation.{activation},");
        if (model.BatchSize > 0)
            writer.Line($"BatchSize = {Text.Code(model.BatchSize)},");
        if (model.IsStateful)
            List(writer, "States", "StateSlot", model.Layers.SelectMany(States));
        List(writer, "Tensors", "TensorSlot", model.Tensors.Select(TensorText.Slot));
        string[] layers = [.. SummaryEmitter.Rows(model).Select(row => Layer(model, row))];
        List(writer, "Layers", "LayerPlan", layers);
        writer.Line($"Fingerprint = {Fingerprint([.. model.Inputs.Select(Input), .. layers])},");
        writer.Line($"Training = {Activations(model.Training, model.Head?.Training)},");
        writer.Line($"Inference = {Activations(model.Inference, model.Head?.Inference)},");
        if (model.Streams)
            writer.Line($"Streaming = {Activations(model.Streaming)},");
        if (model.Streams && model.HasSeveralInputs)
            writer.Line($"StreamedFeatures = {Text.Code(model.Inputs.Sum(input => input.Features))},");
        writer.Close("};");
        writer.Close();
    }

    private static void List(SourceWriter writer, string property, string type, IEnumerable<string> entries)
    {
        writer.Line($"{property} = new {EmissionContext.Services}{type}[]");
        writer.Open();
        foreach (var entry in entries)
            writer.Line($"{entry},");
        writer.Close("},");
    }

    /// <summary>
    /// A number that differs where inputs or layers do, so that whoever has one of a file need not look at all their options (FNV-1a, 64 bits).
    /// </summary>
    private static string Fingerprint(IEnumerable<string> parts)
    {
        var hash = 14695981039346656037UL;
        foreach (var part in parts)
        {
            foreach (var letter in part)
                hash = unchecked((hash ^ letter) * 1099511628211UL);
            hash = unchecked((hash ^ '\n') * 1099511628211UL);
        }

        return $"0x{hash.ToString("x16", CultureInfo.InvariantCulture)}UL";
    }

    /// <summary>What a stateful layer carries: hidden states, and the second ones of a cell that has them.</summary>
    private static IEnumerable<string> States(PlannedLayer layer)
    {
        if (layer.Spec is not RecurrentSpec { Stateful: true, Kind: var kind })
            yield break;

        yield return State(layer, layer.Training.Output, layer.Inference.Output, layer.InferenceStride);
        if (kind.Carries)
            yield return State(layer, layer.Training.Carried, layer.Inference.Carried, layer.InferenceCarriedStride);
    }

    private static string State(PlannedLayer layer, int training, int inference, int stride)
    {
        int[] places =
        [
            layer.Units, training - layer.Units, training + ((layer.Timesteps - 1) * layer.Units),
            inference - stride, inference + ((layer.Timesteps - 1) * stride),
        ];
        return $"new(\"{layer.Spec.FileName}\", {string.Join(", ", places.Select(Text.Code))})";
    }

    private static string ShapeArguments(PlannedModel model) =>
        $"Timesteps, Features, OutputTimesteps: {Text.Code(Math.Max(model.OutputTimesteps, 1))}, Outputs, "
        + $"ReturnsSequences: {Text.Code(model.ReturnsSequences)}";

    private static string Input(InputSlot input) =>
        $"new(\"{input.Name}\", \"{input.FileName}\", {Text.Code(input.Timesteps)}, {Text.Code(input.Features)})";

    private static string Layer(PlannedModel model, LayerRow row)
    {
        LayerSpec[] kernels = [.. model.KernelsOf(row.Layer).Select(kernel => kernel.Spec)];
        var properties = new List<string>();
        if (row.NonTrainableCount > 0)
            properties.Add($"NonTrainableCount = {Text.Code((int)row.NonTrainableCount)}");
        if (LayerText.Wrapper(row.Layer, kernels) is { } wrapper)
            properties.Add($"Wrapper = {wrapper}");
        if (row.Layer.Kind == AttributeKind.TimeDistributed)
            properties.Add("IsTimeDistributed = true");
        if (!model.IsSequential)
            properties.Add($"Inputs = [{string.Join(", ", row.Layer.Inputs.Select(input => $"\"{input}\""))}]");
        return $"new(\"{row.Layer.FileName}\", {LayerText.Attribute(row.Layer, kernels)}, "
            + $"[{string.Join(", ", row.OutputShape.Select(Text.Code))}], {Text.Code((int)row.ParameterCount)})"
            + (properties.Count == 0 ? "" : $" {{ {string.Join(", ", properties)} }}");
    }

    private static string Activations(PlannedActivations block, LayerOffsets? head = null)
    {
        var properties = new List<string>();
        if (block.Mask >= 0)
            properties.Add($"Mask = {Text.Code(block.Mask)}");
        if (head is not null)
            properties.Add($"Logits = {Text.Code(head.Input)}");
        if (head is { InputGradient: >= 0 })
            properties.Add($"LogitsGradient = {Text.Code(head.InputGradient)}");
        return $"new(Floats: {Text.Code(block.Floats)}, Input: {Text.Code(block.Input)}, Output: {Text.Code(block.Output)}, "
            + $"OutputGradient: {Text.Code(block.OutputGradient)}, InputGradient: {Text.Code(block.InputGradient)})"
            + (properties.Count == 0 ? "" : $" {{ {string.Join(", ", properties)} }}");
    }
}
