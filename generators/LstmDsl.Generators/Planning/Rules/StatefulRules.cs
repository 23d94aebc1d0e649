namespace LstmDsl.Generators;

/// <summary>What is asked of stateful layers and of the batch whose places their states belong to.</summary>
internal static class StatefulRules
{
    /// <summary>Finds stateful layers without a batch size, and a batch size without stateful layers.</summary>
    public static void Check(
        ModelDeclaration declaration, InputReader inputs, LayerBuilder layers, List<Fault> faults)
    {
        var stateful = layers.Declared.FindAll(layer =>
            layers.Kernels.FindIndex(layer.FirstKernel, layer.KernelCount, kernel => kernel is RecurrentSpec { Stateful: true }) >= 0);
        var input = declaration.Attributes.TakeWhile(attribute => attribute.Kind != AttributeKind.Input).Count();
        if (input == declaration.Attributes.Count)
            return;

        if (inputs.BatchSize == 0)
        {
            foreach (var layer in stateful)
            {
                faults.Add(Fault.OfAttribute(
                    Descriptors.BatchSizeMissing.Id, layers.Kernels[layer.FirstKernel].Attribute, "Stateful",
                    layer.Name, Text.Plain(inputs.Found[0].Timesteps), Text.Plain(inputs.Found[0].Features)));
            }
        }
        else if (stateful.Count == 0 && layers.Declared.Count > 0)
        {
            faults.Add(Fault.OfAttribute(
                Descriptors.Contradiction.Id, input, "BatchSize", "BatchSize", "the layers, none of which is Stateful: they take batches of any size"));
        }
    }
}
