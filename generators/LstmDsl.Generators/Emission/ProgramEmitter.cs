namespace LstmDsl.Generators;

/// <summary>Writes the program: which kernels run, in which order, forward and backward, on any backend.</summary>
internal static class ProgramEmitter
{
    private const string Block = "<TBackend>(ref TBackend backend, int samples";

    public static void Emit(EmissionContext context)
    {
        var (writer, layers) = (context.Writer, context.Model.Layers);
        writer.Line();
        context.Expression($"static {EmissionContext.Services}ModelPlan {context.Program}.Plan", "CompiledPlan.Value");
        writer.Line();
        context.Expression($"{EmissionContext.Services}ModelState<{context.Self}> {context.Program}.State", "state");

        var predicted = layers.Where(layer => !layer.Spec.IsIdentityInPrediction).ToArray();
        Method(context, "Infer", Block + ")", predicted, layer =>
        {
            Call(context, layer, "Forward", "Inference", "samples");
            PenaltyEmitter.Call(context, layer, "Inference");
            GraphEmitter.CallMask(context, layer, "Inference");
        });
        if (context.Model.Streams || context.Model.IsFaulty)
        {
            var streamed = predicted.Where(layer => layer.Spec is not InputSpec);
            Method(context, "Step", "<TBackend>(ref TBackend backend)", streamed, layer => CallStreaming(writer, layer));
        }

        Method(context, "Forward", Block + ")", layers, layer =>
        {
            Call(context, layer, "Forward", "Training", Training(layer, isBackward: false));
            GraphEmitter.CallMask(context, layer, "Training");
        });

        var backwards = layers.Reverse().ToArray();
        Method(context, "Backward", Block + ", bool inputGradient)", backwards.Where(layer => layer.HasBackward), layer =>
        {
            PenaltyEmitter.Call(context, layer, "Training");
            Call(context, layer, "Backward", "Training", Training(layer, isBackward: true), Question(layer));
            GraphEmitter.CallSums(context, layer);
        });
        Method(
            context, "Gradients", Block + ")", backwards.Where(layer => layer.Tensors.Any(tensor => !tensor.IsConstant && !tensor.IsFrozen)),
            layer => Call(context, layer, "Gradients", "Training", Training(layer, isBackward: false)));
    }

    private static void Method(
        EmissionContext context, string name, string parameters, IEnumerable<PlannedLayer> layers, Action<PlannedLayer> write)
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
        foreach (var layer in layers)
            write(layer);
        writer.Close();
    }

    private static void Call(
        EmissionContext context, PlannedLayer layer, string pass, string plan, string arguments, string question = "")
    {
        var (name, kernel) = (layer.Spec.Name, layer.Spec.KernelArgument(EmissionContext.Services));
        var sizes = Sizes(context.Model, layer);
        context.Writer.Line($"{question}backend.{layer.Spec.RuntimeKind}{pass}<{kernel}>({name}{plan}.For({arguments}), {sizes});");
    }

    /// <summary>The sizes that a kernel takes beside its offsets: samples and timesteps, or the rows that these make.</summary>
    private static string Sizes(PlannedModel model, PlannedLayer layer)
    {
        var timesteps = Timesteps(model, layer);
        return layer.Spec switch
        {
            RecurrentSpec => $"samples, {timesteps}",
            UnfoldSpec or PoolingSpec or RearrangeSpec or AttentionSpec or CombineSpec { AppendsTimesteps: true } => "samples",
            MergeSpec or DropoutSpec => $"samples, {(layer.Timesteps > 0 ? timesteps : "timesteps: 1")}",
            _ when layer.Timesteps > 0 => $"unchecked(samples * {timesteps})",
            _ => "samples",
        };
    }

    /// <summary>The timesteps of a kernel's input: the model's own, by their name, or others.</summary>
    public static string Timesteps(PlannedModel model, PlannedLayer layer) =>
        layer.Timesteps == model.Timesteps && !model.HasSeveralInputs ? "Timesteps" : Text.Code(layer.Timesteps);

    private static void CallStreaming(SourceWriter writer, PlannedLayer layer)
    {
        var sizes = layer.Spec is RecurrentSpec ? "samples: 1, timesteps: 1" : "rows: 1";
        var kernel = layer.Spec.KernelArgument(EmissionContext.Services);
        writer.Line($"backend.{layer.Spec.RuntimeKind}Forward<{kernel}>({layer.Spec.Name}Streaming, {sizes});");
    }

    /// <summary>
    /// Gradients of outputs before which no weight is trained are a question, the model's input being the first of them; any other is needed.
    /// </summary>
    private static string Training(PlannedLayer layer, bool isBackward)
    {
        // A merge of two directions writes both gradients or does not run.
        var readsSeveral = layer.Spec is CombineSpec or AttentionSpec;
        var first = layer.AsksForInputGradient && layer.Spec is not MergeSpec;
        if (!isBackward)
            return first && !readsSeveral ? "samples, inputGradient: false" : "samples";
        var second = readsSeveral && layer.SecondGradient == Asked.WithInputGradient;
        var third = layer is { Spec: AttentionSpec, ThirdGradient: Asked.WithInputGradient };
        var states = layer is { Spec: RecurrentSpec { InitialFrom: > 0 }, InitialGradient: Asked.WithInputGradient };
        return "samples" + (first ? ", inputGradient" : "") + (second ? ", secondGradient: inputGradient" : "")
            + (third ? ", thirdGradient: inputGradient" : "") + (states ? ", stateGradients: inputGradient" : "");
    }

    /// <summary>What a backward pass that no trained weight needs is asked before; kernels without weights ask for themselves.</summary>
    private static string Question(PlannedLayer layer) =>
        layer.Backward == Asked.WithInputGradient && (layer.Tensors.Count > 0 || layer.Spec is CombineSpec or AttentionSpec or MergeSpec)
            ? "if (inputGradient) "
            : "";
}
