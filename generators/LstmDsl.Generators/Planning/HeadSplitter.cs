namespace LstmDsl.Generators;

/// <summary>
/// Gives a sigmoid that ends the model a kernel of its own, as softmax has anyway, so that its input stays there for crossentropies to work
/// from.
/// </summary>
internal static class HeadSplitter
{
    /// <summary>Splits the last kernel, where it applies a sigmoid in place.</summary>
    public static void Split(List<DeclaredLayer> declared, List<LayerSpec> kernels)
    {
        if (kernels.Count == 0 || kernels[kernels.Count - 1] is not DenseSpec { Activation: Activation.Sigmoid } dense)
            return;

        kernels[kernels.Count - 1] = dense with { Activation = Activation.Linear, Activity = RegularizerSpec.None };
        kernels.Add(new ActivationSpec
        {
            Name = dense.Name + "Activation",
            FileName = dense.FileName,
            Attribute = dense.Attribute,
            Activation = Activation.Sigmoid,
            Activity = dense.Activity,
        });
        var last = declared[declared.Count - 1];
        declared[declared.Count - 1] = last with { KernelCount = last.KernelCount + 1 };
    }
}
