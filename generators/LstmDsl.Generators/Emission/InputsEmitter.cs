namespace LstmDsl.Generators;

/// <summary>Writes, of a model with several inputs, the struct that names each of them, and the forms of Predict that take it.</summary>
internal static class InputsEmitter
{
    public static void Emit(EmissionContext context)
    {
        var (model, writer) = (context.Model, context.Writer);
        context.Document("<summary>In the network's units: windows of each input, row-major, as many of each.</summary>");
        writer.Open("public readonly ref struct Inputs");
        foreach (var input in model.Inputs)
        {
            writer.Line($"/// <summary>{Text.SampleShape(input.Timesteps, input.Features)}.</summary>");
            writer.Line($"public required {EmissionContext.ReadOnlyFloats} {input.Name} {{ get; init; }}");
        }

        writer.Close();
        if (model.GivesOneNumber)
        {
            context.Document("<summary>In the network's units: predicts one sample.</summary>");
            Predict(context, "public float Predict(Inputs inputs)", "return state.PredictOne(packed.Windows);");
        }

        context.Document($"<summary>In the network's units: predicts samples, into {context.OutputShape}, row-major.</summary>");
        Predict(context, $"public void Predict(Inputs inputs, {EmissionContext.Floats} destination)", "state.Predict(packed.Windows, destination);");
    }

    private static void Predict(EmissionContext context, string head, string call)
    {
        var (inputs, writer) = (context.Model.Inputs, context.Writer);
        writer.Open(head);
        writer.Line($"using var packed = new {EmissionContext.Services}PackedInputs(CompiledPlan.Value, inputs.{inputs[0].Name});");
        for (var i = 1; i < inputs.Count; i++)
            writer.Line($"packed.Put({Text.Code(i)}, inputs.{inputs[i].Name});");
        writer.Line(call);
        writer.Close();
    }
}
