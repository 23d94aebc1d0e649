using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Which layers of a model stand in Keras's <c>TimeDistributed</c>, whose variables lie one group deeper.</summary>
internal static class KerasWrapped
{
    /// <summary>The group of the layer within.</summary>
    public const string Group = "layer";

    /// <summary>Their places among the model's layers, where a file describes what they are.</summary>
    public static IReadOnlySet<int> Of(IEnumerable<KerasPair> pairs) =>
        pairs.Where(pair => pair.Stored.WrittenAs == KerasLayer.TimeDistributed)
            .Select(pair => pair.Index).ToHashSet();

    /// <summary>
    /// Their places where a file holds weights alone: those that are declared so, or all products with each timestep of a sequence, if it holds as many as there are. It
    /// does not say in which order classes follow one another; of fewer, none is found, so that the surplus is reported.
    /// </summary>
    public static IReadOnlySet<int> Of(Hdf5Group root, ModelPlan plan)
    {
        var written = root.Groups.GetValueOrDefault("layers")?.Groups ?? [];
        var count = written.Count(layer => layer.Key.StartsWith(KerasNames.Snake(KerasLayer.TimeDistributed), StringComparison.Ordinal)
            && layer.Value.Find($"{Group}/vars") is { Datasets.Count: > 0 });
        var declared = plan.Layers.Index().Where(layer => layer.Item.IsTimeDistributed).Select(layer => layer.Index).ToHashSet();
        if (declared.Count > 0 && count == declared.Count(index => plan.Layers[index].ParameterCount > 0))
            return declared;
        var candidates = KerasGraph.Of(plan).BehindSources()
            .Where(node => node.IsDeclared && node.Layer is { Plan.Declaration: DenseAttribute } && node.Inputs[0].Shape.Length > 1)
            .Select(node => node.Layer!.Value.Index)
            .ToHashSet();
        return count == candidates.Count ? candidates : new HashSet<int>();
    }
}
