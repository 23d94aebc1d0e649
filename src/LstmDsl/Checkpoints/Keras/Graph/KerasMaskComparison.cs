namespace LstmDsl;

/// <summary>
/// Compares the masks that a file calls its layers with to those that follow from what the layers are, as they do here. A call without
/// one is no difference, since Keras then makes them itself.
/// </summary>
/// <param name="stored">The file's layers.</param>
/// <param name="declared">Those of the model, in the same order.</param>
internal sealed class KerasMaskComparison(KerasArchitecture stored, IReadOnlyList<KerasNode> declared)
{
    private readonly Dictionary<string, KerasNode> byName =
        stored.Entries.Index().ToDictionary(entry => entry.Item.Name, entry => declared[entry.Index]);

    /// <summary>Compares them.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="InvalidDataException">A layer is called with another mask.</exception>
    public void Check(string file)
    {
        foreach (var (index, layer) in stored.Entries.Index())
        {
            if (layer.Mask is { } mask && !(declared[index].Mask is { } own && IsSame(mask, own)))
            {
                throw new InvalidDataException(
                    $"'{file}': '{Excerpt.Of(layer.Name)}' is called with a mask, '{Excerpt.Of(mask)}', that is not the one of what it takes. "
                    + "Here a layer has the mask that follows from the layers before it.");
            }
        }
    }

    private bool IsSame(string name, KerasNode node)
    {
        if (byName.TryGetValue(name, out var layer))
            return ReferenceEquals(layer, node);
        return stored.Operations.TryGetValue(name, out var operation)
            && operation.Kind == node.Kind
            && operation.Inputs.Count == node.Inputs.Count
            && (operation.Number is null || operation.Number == node.Number)
            && operation.Inputs.Zip(node.Inputs).All(pair => IsSame(pair.First, pair.Second));
    }
}
