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
            var lstm = layer.Spec as LstmSpec;
            var contract = EmissionContext.Services + (lstm is null ? "IDenseShape" : "ILstmShape");
            writer.Line();
            writer.Open($"private readonly struct {layer.Spec.Name}Shape : {contract}");
            Constant(writer, "int", "Inputs", Text.Code(layer.Inputs));
            Constant(writer, "int", "Units", Text.Code(layer.Units));
            Constant(writer, ActivationType, "Activation", $"{ActivationType}.{layer.Spec.Activation}");
            if (lstm is not null)
                Constant(writer, ActivationType, "RecurrentActivation", $"{ActivationType}.{lstm.RecurrentActivation}");
            Constant(writer, "bool", "UseBias", Text.Code(layer.Spec.UseBias));
            if (lstm is not null)
                Constant(writer, "bool", "ReturnSequences", Text.Code(lstm.ReturnSequences));
            writer.Close();
        }
    }

    private static void Constant(SourceWriter writer, string type, string name, string value) =>
        writer.Line($"public static {type} {name} => {value};");
}
