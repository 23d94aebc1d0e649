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
            if (layer.Mask >= 0 && layer.Spec is not (EmbeddingSpec or { CarriesMask: true } or { UsesMask: true }))
            {
                yield return Fault.OfAttribute(
                    Descriptors.MaskLost.Id, layer.Spec.Attribute, null, NameOf(spec, index), NameOf(spec, layer.Mask));
            }
        }
    }

    private static string NameOf(ModelSpec spec, int kernel) => spec.Declared.Last(declared => declared.FirstKernel <= kernel).Name;
}
