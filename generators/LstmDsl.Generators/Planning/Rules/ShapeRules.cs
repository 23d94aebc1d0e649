namespace LstmDsl.Generators;

/// <summary>What is asked of the shapes that were inferred.</summary>
internal static class ShapeRules
{
    /// <summary>
    /// Finds layers whose input does not suit them, and identity matrices that are not square. Where anything else is wrong, the shapes
    /// mean nothing.
    /// </summary>
    public static IEnumerable<Fault> Check(ModelSpec spec, IReadOnlyList<PlannedLayer> layers)
    {
        if (spec.Faults.Count > 0)
            yield break;

        for (var index = 0; index < layers.Count; index++)
        {
            var layer = layers[index];
            if (layer.Spec is CombineSpec combine && !combine.Suits(new(layer.Timesteps, layer.Inputs), layer.SecondShape))
            {
                yield return Fault.OfAttribute(
                    Descriptors.ShapesApart.Id, combine.Attribute, null, spec.OwnerOf(index).Name,
                    Asked(combine), combine.FirstName, Text.Shape(layer.Timesteps, layer.Inputs), combine.SecondName,
                    Text.Shape(layer.SecondShape.Timesteps, layer.SecondShape.Width));
                yield break;
            }

            if (layer.Spec is AttentionSpec attention && OfAttention(spec, layers, layer, attention) is { } apart)
            {
                yield return apart;
                yield break;
            }

            var owner = spec.Declared.LastOrDefault(declared => declared.FirstKernel == index);
            if (owner is { Kind: AttributeKind.TimeDistributed } && layer.Timesteps == 0)
            {
                yield return Fault.OfAttribute(
                    Descriptors.InputUnsuitable.Id, layer.Spec.Attribute - 1, null, owner.Name, "a sequence", "without a time axis");
                yield break;
            }

            if (Misfit(layer, layers) is { } misfit)
            {
                // What follows from a wrong shape is not blamed too.
                var name = spec.OwnerOf(index).Name;
                yield return Fault.OfAttribute(
                    Descriptors.InputUnsuitable.Id, layer.Spec.Attribute, null, name, misfit.Takes, misfit.Found);
                yield break;
            }

            if (layer.Spec is FeatureNormalizationSpec { Mean.Count: > 1 and var numbers } && numbers != layer.Inputs)
            {
                var features = layer.Inputs == 1 ? "1 feature" : $"{Text.Plain(layer.Inputs)} features";
                yield return Fault.OfAttribute(
                    Descriptors.UnsuitableValue.Id, layer.Spec.Attribute, "Mean", "Normalization", "Mean",
                    $"{Text.Plain(numbers)} numbers",
                    $"the input of '{layer.Spec.Name}' has {features}; give each its number, or one for all");
            }

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

    private static Fault? OfAttention(ModelSpec spec, IReadOnlyList<PlannedLayer> layers, PlannedLayer layer, AttentionSpec attention)
    {
        var ((values, _), (keys, width)) = (layer.SecondShape, layer.ThirdShape);
        // Several heads compare projections, which are of one width in any case.
        var comparesAsTheyAre = attention.Heads is null;
        // Heads read projections of their own, and these what is declared.
        var query = attention.Names.Query ?? NameAt(comparesAsTheyAre ? layer.Source : layers[layer.Source].Source);
        var valuesName = attention.Names.Values ?? query;
        var keysName = attention.Names.Keys ?? valuesName;
        if (values == 0 || keys == 0)
        {
            return Fault.OfAttribute(
                Descriptors.InputUnsuitable.Id, attention.Attribute, values != 0 ? "Keys" : comparesAsTheyAre ? "values" : "Values", NameOf(attention),
                values == 0 ? "values that are a sequence" : "keys that are a sequence",
                $"'{(values == 0 ? valuesName : keysName)}', which has no time axis");
        }

        if (comparesAsTheyAre && width != layer.Inputs)
        {
            return Fault.OfAttribute(
                Descriptors.ShapesApart.Id, attention.Attribute, null, NameOf(attention), "a query and keys of one width",
                query, Text.Shape(layer.Timesteps, layer.Inputs), keysName, Text.Shape(keys, width));
        }

        return keys == values ? null : Fault.OfAttribute(
            Descriptors.ShapesApart.Id, attention.Attribute, "Keys", NameOf(attention), "as many keys as values",
            keysName, Shape(keys, width), valuesName, Shape(values, layer.SecondShape.Width));

        // What heads are given is as wide as their projections, which nobody declared.
        string Shape(int timesteps, int own) =>
            comparesAsTheyAre ? Text.Shape(timesteps, own) : timesteps == 1 ? "1 timestep" : $"{Text.Plain(timesteps)} timesteps";

        string NameOf(AttentionSpec own) => own.Heads is null ? own.Name : own.Name.Substring(0, own.Name.Length - "Heads".Length);

        string NameAt(int kernel) => kernel < 0 ? "input" : spec.OwnerOf(kernel).Name;
    }

    private static string Asked(CombineSpec combine) => combine.Combination switch
    {
        LstmDsl.CompilerServices.Combination.Concatenate => "outputs of the same timesteps",
        LstmDsl.CompilerServices.Combination.Append => "sequences, (timesteps, features), of one width",
        _ => "outputs of one shape",
    };

    private static long Length(int timesteps, int width) => Math.Max(timesteps, 1L) * width;

    private static bool ReadsInput(PlannedLayer layer, IReadOnlyList<PlannedLayer> layers) =>
        layer.ReadsModelInput || layers[layer.Source].Spec is InputSpec;

    private static (string Takes, string Found)? Misfit(PlannedLayer layer, IReadOnlyList<PlannedLayer> layers)
    {
        var timesteps = layer.Timesteps == 1 ? "one timestep" : $"{Text.Plain(layer.Timesteps)} timesteps";
        var window = (layer.Spec as WindowsSpec)?.Sliding ?? (layer.Spec as PoolingSpec)?.Sliding;
        return layer.Spec switch
        {
            { NeedsSequence: true } when layer.Timesteps == 0 => ("a sequence", "without a time axis"),
            RepeatSpec when layer.Timesteps > 0 => ("one row of values", $"a sequence of {timesteps}"),
            ReshapeSpec reshape when Length(reshape.Timesteps, reshape.Features) != Length(layer.Timesteps, layer.Inputs) =>
                ($"{Text.Plain((int)Length(reshape.Timesteps, reshape.Features))} values of a sample, the product of its sizes",
                    $"{Text.Shape(layer.Timesteps, layer.Inputs)}, which has {Text.Plain((int)Length(layer.Timesteps, layer.Inputs))}"),
            EmbeddingSpec when !ReadsInput(layer, layers) => ("the model's own input", "another layer's output"),
            EmbeddingSpec when layer.Inputs > 1 => ("one number at each timestep", $"{Text.Plain(layer.Inputs)} features wide"),
            _ when window is not null && layer.OutputTimesteps == 0 =>
                ($"at least {Text.Plain((int)window.Reach)} timesteps", $"a sequence of {timesteps}"),
            _ => null,
        };
    }
}
