namespace LstmDsl.Generators;

/// <summary>Writes the sizes that are known at compile time: those of the model, and where its tensors start.</summary>
internal static class ConstantsEmitter
{
    public static void Emit(EmissionContext context)
    {
        var (model, writer) = (context.Model, context.Writer);
        writer.Line("/// <summary>Timesteps of a window.</summary>");
        writer.Line($"public const int Timesteps = {Text.Code(model.Timesteps)};");
        writer.Line();
        writer.Line("/// <summary>Values at each timestep of a window.</summary>");
        writer.Line($"public const int Features = {Text.Code(model.Features)};");
        writer.Line();
        writer.Line(model.ReturnsSequences
            ? "/// <summary>Values of the output at each timestep.</summary>"
            : "/// <summary>Values of the output.</summary>");
        writer.Line($"public const int Outputs = {Text.Code(model.Outputs)};");
        writer.Line();
        writer.Line("/// <summary>Number of weights.</summary>");
        writer.Line($"public const int ParameterCount = {Text.Code(model.ParameterCount)};");
        if (model.IsFaulty)
            return;

        writer.Line();
        writer.Line("// Where the tensors start in the parameter block, in floats; each on 64 bytes.");
        foreach (var tensor in model.Layers.SelectMany(layer => layer.Tensors))
            writer.Line($"private const int {tensor.CodeName} = {Text.Code(tensor.Offset)}; // {Text.Shape(tensor)}");
    }
}
