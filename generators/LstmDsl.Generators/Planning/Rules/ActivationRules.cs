namespace LstmDsl.Generators;

/// <summary>What is asked of activations: that there is something to share out.</summary>
internal static class ActivationRules
{
    /// <summary>
    /// Finds activations that share a row out among its units where the row has one unit, which then gets all, whatever it is; Keras warns of
    /// it too. Where anything is wrong, the shapes mean nothing.
    /// </summary>
    public static IEnumerable<Fault> Check(ModelSpec spec, IReadOnlyList<PlannedLayer> layers)
    {
        if (spec.Faults.Count > 0)
            yield break;

        for (var index = 0; index < layers.Count; index++)
        {
            if (layers[index] is not { Units: 1, Spec: ActivationSpec { Activation: var activation } kernel } || !activation.WorksOnRows())
                continue;

            var declared = spec.OwnerOf(index);
            var argument = declared.Kind == AttributeKind.Activation ? "activation" : "Activation";
            var (always, instead) = activation == Activation.LogSoftmax ? ("0", Activation.LogSigmoid) : ("1", Activation.Sigmoid);
            yield return Fault.OfAttribute(
                Descriptors.SoftmaxOfOne.Id, kernel.Attribute, argument, declared.Name, always, activation.ToString(), instead.ToString());
        }
    }
}
