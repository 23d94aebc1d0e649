namespace LstmDsl.Generators;

/// <summary>Writes the layers' constants as types, which kernels take as type arguments.</summary>
internal static class ShapesEmitter
{
    public static void Emit(EmissionContext context)
    {
        var writer = context.Writer;
        foreach (var layer in context.Model.Layers)
        {
            writer.Line();
            writer.Open($"private readonly struct {layer.Spec.Name}Shape : {EmissionContext.Services}I{layer.Spec.RuntimeKind}Shape");
            foreach (var (type, name, value) in Constants(layer))
                writer.Line($"public static {type} {name} => {value};");
            writer.Close();
        }
    }

    private static IEnumerable<(string Type, string Name, string Value)> Constants(PlannedLayer layer) => layer.Spec switch
    {
        UnitsSpec units => Constants(layer, units),
        ActivationSpec activation => [Number("Units", layer.Units), Choice("Activation", activation.Activation)],
        MergeSpec merge => [Number("Units", layer.Inputs), Choice("Merge", merge.Merge)],
        _ => [],
    };

    private static IEnumerable<(string Type, string Name, string Value)> Constants(PlannedLayer layer, UnitsSpec spec)
    {
        yield return Number("Inputs", layer.Inputs);
        yield return Number("Units", layer.Units);
        yield return Choice("Activation", spec.Activation);
        if (spec is LstmSpec lstm)
            yield return Choice("RecurrentActivation", lstm.RecurrentActivation);
        if (spec is GruSpec gru)
        {
            yield return Choice("RecurrentActivation", gru.RecurrentActivation);
            yield return Flag("ResetAfter", gru.ResetAfter);
        }

        yield return Flag("UseBias", spec.UseBias);
        if (spec is not RecurrentSpec recurrent)
            yield break;

        yield return Flag("ReturnSequences", recurrent.ReturnSequences);
        yield return Flag("GoBackwards", recurrent.GoBackwards);
        if (layer.AddsInputGradient)
            yield return Flag("AddsInputGradient", true);
    }

    private static (string Type, string Name, string Value) Number(string name, int value) => ("int", name, Text.Code(value));

    private static (string Type, string Name, string Value) Flag(string name, bool value) => ("bool", name, Text.Code(value));

    private static (string Type, string Name, string Value) Choice<TEnum>(string name, TEnum value) where TEnum : struct, Enum =>
        (EmissionContext.Library + typeof(TEnum).Name, name, $"{EmissionContext.Library}{typeof(TEnum).Name}.{value}");
}
