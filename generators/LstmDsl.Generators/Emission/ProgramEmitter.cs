namespace LstmDsl.Generators;

/// <summary>Writes the program: which kernels run, in which order, forward and backward, on any backend.</summary>
internal static class ProgramEmitter
{
    private const string Block = "<TBackend>(ref TBackend backend, int samples";

    public static void Emit(EmissionContext context)
    {
        var (writer, layers) = (context.Writer, context.Model.Layers);
        writer.Line();
        context.Expression($"static int {EmissionContext.Library}IRecurrentModel<{context.Self}>.ParameterCount", "ParameterCount");
        writer.Line();
        context.Expression($"static {EmissionContext.Services}ModelPlan {context.Program}.Plan", "CompiledPlan.Value");
        writer.Line();
        context.Expression($"{EmissionContext.Services}ModelState<{context.Self}> {context.Program}.State", "state");

        Method(context, "Infer", Block + ")", layers.SelectMany(layer =>
            PenaltyEmitter.Calls(layer, "Inference").Prepend(Call(layer, "Forward", "Inference", "samples"))));
        if (context.Model.Streams || context.Model.IsFaulty)
            Method(context, "Step", "<TBackend>(ref TBackend backend)", layers.Select(StreamingCall));
        Method(context, "Forward", Block + ")", layers.Select(layer => Call(layer, "Forward", "Training", Training(layer, "false"))));

        var backwards = layers.Reverse().ToArray();
        var backward = backwards.SelectMany(layer =>
            PenaltyEmitter.Calls(layer, "Training").Append(Call(layer, "Backward", "Training", Training(layer, "inputGradient"))));
        Method(context, "Backward", Block + ", bool inputGradient)", backward);
        Method(context, "Gradients", Block + ")", backwards.Select(layer => Call(layer, "Gradients", "Training", Training(layer, "false"))));
    }

    private static void Method(EmissionContext context, string name, string parameters, IEnumerable<string> calls)
    {
        var writer = context.Writer;
        var head = $"static void {context.Program}.{name}{parameters}";
        writer.Line();
        if (context.Model.IsFaulty)
        {
            context.Expression(head, "");
            return;
        }

        writer.Open(head);
        foreach (var call in calls)
            writer.Line(call);
        writer.Close();
    }

    private static string Call(PlannedLayer layer, string pass, string plan, string arguments)
    {
        var name = layer.Spec.Name;
        var sizes = layer.Spec is RecurrentSpec ? "samples, Timesteps" : layer.Timesteps > 0 ? "unchecked(samples * Timesteps)" : "samples";
        return $"backend.{layer.Spec.RuntimeKind}{pass}<{name}Shape>({name}{plan}({arguments}), {sizes});";
    }

    private static string StreamingCall(PlannedLayer layer)
    {
        var sizes = layer.Spec is RecurrentSpec ? "samples: 1, timesteps: 1" : "rows: 1";
        return $"backend.{layer.Spec.RuntimeKind}Forward<{layer.Spec.Name}Shape>({layer.Spec.Name}Streaming(), {sizes});";
    }

    /// <summary>Only the first layer's input gradient is a question; every other layer's is the gradient of the output before it.</summary>
    private static string Training(PlannedLayer layer, string inputGradient) =>
        OffsetsEmitter.AsksForInputGradient(layer) ? $"samples, {inputGradient}" : "samples";
}
