namespace LstmDsl.Generators;

/// <summary>What is asked of masks: that they reach what they are for.</summary>
internal static class MaskRules
{
    /// <summary>Finds layers that take a mask and neither use it nor hand it on. Where anything is wrong, masks mean nothing.</summary>
    public static IEnumerable<Fault> Check(ModelSpec spec, IReadOnlyList<ShapedLayer> layers)
    {
        if (spec.Faults.Count > 0)
            yield break;

        for (var index = 0; index < layers.Count; index++)
        {
            var layer = layers[index];
            // An embedding that takes another layer's mask takes its output too, which the shapes are blamed for.
            if (layer.Spec is CombineSpec combine)
            {
                if (OfCombination(spec, layer, combine, index) is { } fault)
                    yield return fault;
            }
            else if (layer is { Mask: >= 0, Spec: RecurrentSpec { InitialFrom: > 0, InitialState: var initial } begins } && !(begins.IsHalf && begins.GoBackwards))
            {
                yield return Fault.OfAttribute(
                    Descriptors.InputUnsuitable.Id, layer.Spec.Attribute, "InitialState", spec.OwnerOf(index).Name,
                    $"a sequence without a mask since it begins with the states of '{initial}' (Keras runs such a layer as if it had none)",
                    $"masked by '{spec.OwnerOf(layer.Mask).Name}'");
            }
            else if (layer.Mask >= 0 && layer.Spec is not (EmbeddingSpec or { CarriesMask: true } or { UsesMask: true }))
            {
                yield return Fault.OfAttribute(
                    Descriptors.MaskLost.Id, layer.Spec.Attribute, null, spec.OwnerOf(index).Name, spec.OwnerOf(layer.Mask).Name);
            }
        }
    }

    /// <summary>
    /// Of two outputs that are put together Keras takes a timestep for padding where both say so, and none where one of them says nothing.
    /// Timesteps after others each keep what was said of them.
    /// </summary>
    private static Fault? OfCombination(ModelSpec spec, ShapedLayer layer, CombineSpec combine, int index) =>
        layer.Mask < 0 != layer.SecondMask < 0 && layer.OutputTimesteps > 0 && !combine.AppendsTimesteps
            ? Fault.OfAttribute(
                Descriptors.MaskLost.Id, combine.Attribute, null, spec.OwnerOf(index).Name, spec.OwnerOf(Math.Max(layer.Mask, layer.SecondMask)).Name)
            : null;
}
