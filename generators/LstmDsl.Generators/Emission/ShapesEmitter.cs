namespace LstmDsl.Generators;

/// <summary>Writes the layers' constants as types, which kernels take as type arguments.</summary>
internal static class ShapesEmitter
{
    private const string ActivationType = EmissionContext.Library + "Activation";

    public static void Emit(EmissionContext context)
    {
        var writer = context.Writer;
        foreach (var layer in context.Model.Layers)
        {
            writer.Line();
            writer.Open($"private readonly struct {layer.Spec.Name}Shape : {EmissionContext.Services}I{layer.Spec.RuntimeKind}Shape");
            Constant(writer, "int", "Inputs", Text.Code(layer.Inputs));
            Constant(writer, "int", "Units", Text.Code(layer.Units));
            Constant(writer, ActivationType, "Activation", $"{ActivationType}.{layer.Spec.Activation}");
            if (layer.Spec is LstmSpec lstm)
                Constant(writer, ActivationType, "RecurrentActivation", $"{ActivationType}.{lstm.RecurrentActivation}");
            Constant(writer, "bool", "UseBias", Text.Code(layer.Spec.UseBias));
            if (layer.Spec is RecurrentSpec recurrent)
            {
                Constant(writer, "bool", "ReturnSequences", Text.Code(recurrent.ReturnSequences));
                Constant(writer, "bool", "GoBackwards", Text.Code(recurrent.GoBackwards));
            }

            writer.Close();
        }
    }

    private static void Constant(SourceWriter writer, string type, string name, string value) =>
        writer.Line($"public static {type} {name} => {value};");
}
