namespace LstmDsl.Generators;

/// <summary>What is asked of the shapes that were inferred.</summary>
internal static class ShapeRules
{
    /// <summary>Finds identity matrices that are not square. Where anything else is wrong, the shapes mean nothing.</summary>
    public static IEnumerable<Fault> Check(ModelSpec spec, IReadOnlyList<PlannedLayer> layers)
    {
        if (spec.Faults.Count > 0)
            yield break;

        foreach (var layer in layers)
        {
            foreach (var tensor in layer.Tensors)
            {
                if (tensor.Weight.Initializer.Kind != Init.Identity || tensor.Rows == tensor.Columns)
                    continue;

                var (attribute, attributeName, argument) = tensor.Weight.NamedBy;
                var role = LayerNames.ToSnakeCase(tensor.Role).Replace('_', ' ');
                var reason = $"the {role} of '{layer.Spec.Name}' is {Text.Shape(tensor)}, not square";
                yield return Fault.OfAttribute(
                    Descriptors.UnsuitableValue.Id, attribute, argument, attributeName, argument, nameof(Init.Identity), reason);
            }
        }
    }
}
