namespace LstmDsl.Generators;

/// <summary>Writes the model's own trainer.</summary>
internal static class TrainerEmitter
{
    public static void Emit(EmissionContext context)
    {
        if (context.TakenNames.Contains("Trainer"))
            return;

        var writer = context.Writer;
        writer.Line();
        writer.Line(
            $"/// <summary>Trains a <c>{context.Model.Type.Name}</c> on windows of {context.SampleInputShape} and targets of "
            + $"{context.SampleOutputShape}.</summary>");
        writer.Line("/// <param name=\"model\">The model; its weights are trained in place.</param>");
        writer.Line("/// <param name=\"device\">What it is trained on; by default the CPU.</param>");
        writer.Line($"public sealed class Trainer({context.Self} model, {EmissionContext.Library}Device? device = null)");
        writer.Continue($": {EmissionContext.Library}Trainer<{context.Self}>(model, device);");
    }
}
