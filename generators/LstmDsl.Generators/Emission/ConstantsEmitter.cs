namespace LstmDsl.Generators;

/// <summary>Writes the sizes that are known at compile time: those of the model, and where its tensors start.</summary>
internal static class ConstantsEmitter
{
    public static void Emit(EmissionContext context)
    {
        var (model, writer) = (context.Model, context.Writer);
        Constant(context, "Timesteps", model.Timesteps, "Timesteps of a window.");
        Constant(context, "Features", model.Features, "Values at each timestep of a window.");
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
