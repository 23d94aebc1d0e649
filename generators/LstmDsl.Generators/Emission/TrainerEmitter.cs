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
        var isDeclared = context.Model.Forecast is not null;
        writer.Line(isDeclared
            ? $"/// <summary>Trains a <c>{context.Model.Type.Name}</c> on its windows; loss and optimizer follow from the declaration unless they "
                + "are set.</summary>"
            : $"/// <summary>Trains a <c>{context.Model.Type.Name}</c> on windows of {context.SampleInputShape} and targets of "
                + $"{context.SampleOutputShape}.</summary>");
        writer.Line("/// <param name=\"model\">The model; its weights are trained in place.</param>");
        writer.Line("/// <param name=\"device\">What it is trained on; by default the CPU.</param>");
        var head = $"public sealed class Trainer({context.Self} model, {EmissionContext.Library}Device? device = null)";
        var (parent, end) = ($": {EmissionContext.Library}{(isDeclared ? "ForecastTrainer" : "Trainer")}<{context.Self}>(model, device)", ";");
        if (writer.Fits(head.Length + " ".Length + parent.Length + end.Length))
        {
            writer.Line($"{head} {parent}{end}");
            return;
        }

        writer.Line(head);
        writer.Continue(parent + end);
    }
}
