namespace LstmDsl.Generators;

/// <summary>What is asked of the time axis from layer to layer.</summary>
internal static class SequenceRules
{
    /// <summary>
    /// Finds recurrent layers that give only their last timestep although a layer after them needs a sequence; planning goes on as if each
    /// gave all.
    /// </summary>
    public static void Mend(IReadOnlyList<DeclaredLayer> declared, List<LayerSpec> layers, List<Fault> faults)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            if (!layers[i].NeedsSequence || HasTimeAxis(layers, i - layers[i].InputFrom))
                continue;

            var cause = LastTimestepOf(layers, i - layers[i].InputFrom);
            if (cause < 0)
                continue;

            var (name, next) = (NameOf(declared, cause), NameOf(declared, i));
            faults.Add(Fault.OfAttribute(Descriptors.SequenceMissing.Id, layers[cause].Attribute, null, name, next));
            for (var part = 0; part < layers.Count; part++)
            {
                if (layers[part] is RecurrentSpec recurrent && recurrent.Attribute == layers[cause].Attribute)
                    layers[part] = recurrent with { ReturnSequences = true };
            }
        }
    }

    /// <summary>Whether the output of a kernel, or the model's input (below 0), has a time axis.</summary>
    private static bool HasTimeAxis(List<LayerSpec> layers, int index) =>
        index < 0 || layers[index].OutputTimesteps(HasTimeAxis(layers, index - layers[index].InputFrom) ? 1 : 0) > 0;

    /// <summary>
    /// The recurrent layer at or before a kernel that gives only its last timestep; −1 where another layer ends the time axis.
    /// </summary>
    private static int LastTimestepOf(List<LayerSpec> layers, int index)
    {
        while (index >= 0 && layers[index] is not RecurrentSpec { ReturnSequences: false })
            index = HasTimeAxis(layers, index - layers[index].InputFrom) ? -1 : index - layers[index].InputFrom;
        return index;
    }

    private static string NameOf(IReadOnlyList<DeclaredLayer> declared, int kernel) =>
        declared.Last(layer => layer.FirstKernel <= kernel).Name;
}
