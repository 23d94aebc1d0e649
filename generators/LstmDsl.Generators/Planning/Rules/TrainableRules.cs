namespace LstmDsl.Generators;

/// <summary>What is asked of layers that are not to be trained.</summary>
internal static class TrainableRules
{
    /// <summary>Finds layers without weights that are said not to be trained, and models in which nothing is left to train.</summary>
    public static void Check(ModelDeclaration declaration, LayerBuilder layers, List<Fault> faults)
    {
        var frozen = layers.Declared.FindAll(layer => !layers.Kernels[layer.FirstKernel].IsTrainable);
        foreach (var layer in frozen.Where(layer => !HasWeights(layer, layers)))
        {
            var index = layers.Kernels[layer.FirstKernel].Attribute;
            faults.Add(Fault.OfAttribute(
                Descriptors.UnsuitableValue.Id, index, "Trainable", declaration.Attributes[index].DisplayName, "Trainable", "false",
                $"'{layer.Name}' has no weights"));
        }

        if (frozen.Count > 0 && !layers.Kernels.Any(kernel => kernel.IsTrainable && kernel.Tensors(1).Any(tensor => tensor.CanBeTrained)))
        {
            var last = layers.Kernels[frozen[frozen.Count - 1].FirstKernel].Attribute;
            faults.Add(Fault.OfAttribute(Descriptors.NothingToTrain.Id, last, "Trainable", declaration.Type.Name));
        }
    }

    private static bool HasWeights(DeclaredLayer layer, LayerBuilder layers) =>
        layers.Kernels.FindIndex(layer.FirstKernel, layer.KernelCount, kernel => kernel.Tensors(1).Any()) >= 0;
}
