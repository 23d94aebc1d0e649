using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Which layers of a model stand in Keras's <c>TimeDistributed</c>, whose variables lie one group deeper.</summary>
internal static class KerasWrapped
{
    /// <summary>The group of the layer within.</summary>
    public const string Group = "layer";

    /// <summary>Their indices among the layers of a file that describes them.</summary>
    public static IReadOnlySet<int> Of(KerasArchitecture architecture) =>
        Enumerable.Range(0, architecture.Layers.Count)
            .Where(index => architecture.Layers[index] is { WrittenAs: KerasLayer.TimeDistributed } layer && layer.Is<DenseAttribute>())
            .ToHashSet();

    /// <summary>
    /// Their indices where a file holds weights alone: all products with each timestep of a sequence, if it holds as many as there are. It
    /// does not say in which order classes follow one another; of fewer, none is found, so that the surplus is reported.
    /// </summary>
    public static IReadOnlySet<int> Of(Hdf5Group root, ModelPlan plan)
    {
        var written = root.Groups.GetValueOrDefault("layers")?.Groups ?? [];
        var count = written.Count(layer => layer.Key.StartsWith(KerasNames.Snake(KerasLayer.TimeDistributed), StringComparison.Ordinal)
            && layer.Value.Find($"{Group}/vars") is { Datasets.Count: > 0 });
        var candidates = Enumerable.Range(0, plan.Layers.Count)
            .Where(index => plan.Layers[index].Declaration is DenseAttribute && TakesSequence(plan, index))
            .ToHashSet();
        return count == candidates.Count ? candidates : new HashSet<int>();
    }

    private static bool TakesSequence(ModelPlan plan, int index) => index == 0 || plan.Layers[index - 1].OutputShape.Length > 1;
}
