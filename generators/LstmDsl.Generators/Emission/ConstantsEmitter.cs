namespace LstmDsl.Generators;

/// <summary>Writes the sizes that are known at compile time: those of the model, and where its tensors start.</summary>
internal static class ConstantsEmitter
{
    public static void Emit(EmissionContext context)
    {
        var (model, writer) = (context.Model, context.Writer);
        var (timesteps, features) = model.HasSeveralInputs
            ? ("One: a sample holds its inputs one after the other, each with timesteps of its own.", "Values of a sample, those of all inputs.")
            : ("Timesteps of a window.", "Values at each timestep of a window.");
        Constant(context, "Timesteps", model.Timesteps, timesteps);
        Constant(context, "Features", model.Features, features);
        Constant(
            context, "Outputs", model.Outputs, model.ReturnsSequences ? "Values of the output at each timestep." : "Values of the output.");
        Constant(context, "ParameterCount", model.ParameterCount, "Number of weights.");
        if (model.IsFaulty)
            return;

        writer.Line();
        writer.Line("// Where the tensors start in the parameter block, in floats; each on 64 bytes.");
        foreach (var tensor in model.Tensors)
            writer.Line($"private const int {tensor.CodeName} = {Text.Code(tensor.Offset)}; // {Text.Shape(tensor)}");
    }

    private static void Constant(EmissionContext context, string name, int value, string summary)
    {
        if (context.TakenNames.Contains(name))
            return;

        var writer = context.Writer;
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line($"public const int {name} = {Text.Code(value)};");
    }
}
