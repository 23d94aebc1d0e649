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
        writer.Line("// What this code and the library agree on; a library that does not know it does not compile with this code.");
        writer.Line($"internal const int Contract = {EmissionContext.Services}Contract.Version1;");
        writer.Line();
        writer.Line($"internal static readonly {Plan} Value = new {Plan}");
        writer.Open();
        writer.Line($"Name = \"{model.Type.Name}\",");
        writer.Line($"Shape = new {EmissionContext.Library}ModelShape({ShapeArguments(model)}),");
        writer.Line($"ParameterCount = ParameterCount,");
        writer.Line($"ParameterFloats = {Text.Code(model.ParameterFloats)},");
        if (model.TrainableFloats < model.ParameterFloats)
            writer.Line($"TrainableFloats = {Text.Code(model.TrainableFloats)},");
        if (model.Layers.Any(layer => layer.Spec is BatchNormalizationSpec))
            writer.Line("NeedsWholeBatch = true,");
        List(writer, "Tensors", "TensorSlot", model.Tensors.Select(TensorText.Slot));
        List(writer, "Layers", "LayerSummary", SummaryEmitter.Rows(model).Select(row => LayerSummary(model, row)));
        writer.Line($"Training = {Activations(model.Training)},");
        writer.Line($"Inference = {Activations(model.Inference)},");
        if (model.Streams)
            writer.Line($"Streaming = {Activations(model.Streaming)},");
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

    private static string ShapeArguments(PlannedModel model) =>
        $"Timesteps, Features, OutputTimesteps: {Text.Code(Math.Max(model.OutputTimesteps, 1))}, Outputs, "
        + $"ReturnsSequences: {Text.Code(model.ReturnsSequences)}";

    private static string LayerSummary(PlannedModel model, LayerRow row)
    {
        var shape = string.Join(", ", row.OutputShape.Select(Text.Code));
        var fixedWeights = row.NonTrainableCount > 0 ? $"NonTrainableCount = {Text.Code((int)row.NonTrainableCount)}, " : "";
        var options = KerasOptions.Of(row.Layer, [.. model.KernelsOf(row.Layer).Select(kernel => kernel.Spec)]);
        return $"new(\"{row.Layer.FileName}\", \"{row.Layer.KerasKind}\", [{shape}], {Text.Code((int)row.ParameterCount)}) "
            + $"{{ {fixedWeights}Options = \"\"\"{options}\"\"\" }}";
    }

    private static string Activations(PlannedActivations block) =>
        $"new(Floats: {Text.Code(block.Floats)}, Input: {Text.Code(block.Input)}, Output: {Text.Code(block.Output)}, "
        + $"OutputGradient: {Text.Code(block.OutputGradient)}, InputGradient: {Text.Code(block.InputGradient)})"
        + (block.Mask < 0 ? "" : $" {{ Mask = {Text.Code(block.Mask)} }}");
}
