using System.Globalization;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>What a file of Keras holds, whichever of its formats.</summary>
/// <param name="File">The file, for messages.</param>
/// <param name="Weights">The root of its HDF5 part.</param>
internal sealed record KerasContent(string File, Hdf5Group Weights)
{
    /// <summary>The architecture, as JSON; null in a file of weights alone.</summary>
    public JsonElement? Architecture { get; init; }

    /// <summary>Which Keras wrote it.</summary>
    public KerasVersion Version { get; init; }

    /// <summary>
    /// Reads the optimizer, as JSON; null where the model was not compiled. Who wants weights alone does not ask, so that what is wrong
    /// with it is nothing to them.
    /// </summary>
    public Func<JsonElement?> Optimizer { get; init; } = static () => null;

    /// <summary>This library's own metadata; null in a file of Keras's own.</summary>
    public string? Metadata { get; init; }

    /// <summary>Tensors that Keras has no place for; null where there are none.</summary>
    public Hdf5Group? Extra { get; init; }
}

/// <summary>Finds a model's weights, and its optimizer's state, in what Keras wrote.</summary>
internal static class KerasReader
{
    /// <summary>The layers that a file describes; null for weights alone.</summary>
    /// <exception cref="InvalidDataException">It lists no layers, or they are no chain.</exception>
    public static KerasArchitecture? Architecture(KerasContent content) =>
        content.Architecture is { } model ? KerasArchitecture.Read(model, content.Version, content.File) : null;

    /// <summary>A model's weights, under this library's names.</summary>
    /// <exception cref="InvalidDataException">The file is of another architecture, or damaged.</exception>
    public static CheckpointContent ReadWeights(KerasContent content, ModelPlan plan) =>
        new() { Tensors = Weights(content, plan, Pairs(content, plan)), Metadata = content.Metadata };

    /// <summary>Everything that a checkpoint may hold, under this library's names.</summary>
    /// <exception cref="InvalidDataException">The file is of another architecture, or damaged.</exception>
    public static CheckpointContent Read(KerasContent content, ModelPlan plan)
    {
        var pairs = Pairs(content, plan);
        var tensors = Weights(content, plan, pairs);
        var order = Order(plan, pairs);
        if (content.Metadata is null)
            return KerasTraining.Read(content, plan, order, tensors);
        if (CheckpointMetadata.FromJson(content.Metadata, content.File).Training is { } training)
        {
            tensors.AddRange(KerasOptimizerState.Read(
                OptimizerVariables(content.Weights, content.File), plan, order, training.Optimizer, training.HyperParameters, isKeras2: false,
                content.File).Tensors);
        }

        foreach (var dataset in content.Extra?.Datasets ?? [])
            tensors.Add(Exactly(dataset.Key, dataset.Value.Read()));
        return new() { Tensors = tensors, Metadata = content.Metadata };
    }

    /// <summary>The layers of a file that says what they are, with those of the model, as the file counts them; null for weights alone.</summary>
    private static IReadOnlyList<KerasPair>? Pairs(KerasContent content, ModelPlan plan) =>
        Architecture(content) is { } architecture ? KerasComparison.Check(architecture, plan, content.File) : null;

    private static IReadOnlyList<int> Order(ModelPlan plan, IReadOnlyList<KerasPair>? pairs) =>
        pairs is null ? KerasGraph.Order(plan) : [.. pairs.Select(pair => pair.Index)];

    private static List<StoredTensor> Weights(KerasContent content, ModelPlan plan, IReadOnlyList<KerasPair>? pairs) =>
        OldLayout(content.Weights) is { } old ? OldWeights(old, plan, Order(plan, pairs), content.File) : NewWeights(content, plan, pairs);

    /// <summary>The group of the weights in the layout of Keras 2; null in that of Keras 3.</summary>
    public static Hdf5Group? OldLayout(Hdf5Group root) =>
        root.Groups.GetValueOrDefault("model_weights") ?? (root.Attributes.ContainsKey("layer_names") ? root : null);

    /// <summary>A weight; whatever precision it was stored in, it is a float here, and so is one whole number, which is a count.</summary>
    public static StoredTensor Tensor(string name, Hdf5Value value) => value switch
    {
        { Values: double[] doubles } => new(name, value.Shape, Array.ConvertAll(doubles, number => (float)number)),
        { Shape: [], Values: int[] and [var count] } => new(name, [], new[] { (float)count }),
        { Shape: [], Values: long[] and [var count] } => new(name, [], new[] { (float)count }),
        _ => Exactly(name, value),
    };

    private static StoredTensor Exactly(string name, Hdf5Value value) => new(name, value.Shape, value.Values);

    /// <summary>Keras 3's: by class and number. What is no weight of the model keeps its path, and is reported as surplus.</summary>
    private static List<StoredTensor> NewWeights(KerasContent content, ModelPlan plan, IReadOnlyList<KerasPair>? pairs)
    {
        var root = content.Weights;
        var wrapped = pairs is null ? KerasWrapped.Of(root, plan) : KerasWrapped.Of(pairs);
        var names = KerasVariables.Weights(plan, Order(plan, pairs), wrapped).ToDictionary(weight => weight.Path, weight => weight.Slot.Name);
        return
        [
            .. from item in KerasLayerPaths.Of(root)
               where !item.Path.Contains("/seed_generator/", StringComparison.Ordinal)
               select Tensor(names.GetValueOrDefault(item.Path, item.Dataset.Path), item.Dataset.Read()),
        ];
    }

    /// <summary>Keras 2's: layers and weights in the order of two lists of names, layers without weights among them.</summary>
    private static List<StoredTensor> OldWeights(Hdf5Group root, ModelPlan plan, IReadOnlyList<int> order, string file)
    {
        var layers = order.Select(index => plan.Layers[index])
            .Select(layer => plan.Tensors.Where(slot => slot.Name.StartsWith($"{layer.Name}.", StringComparison.Ordinal)).ToList())
            .Where(slots => slots.Count > 0)
            .ToList();
        var tensors = new List<StoredTensor>();
        var index = 0;
        foreach (var layer in root.Texts("layer_names") ?? [])
        {
            var group = root.Groups.GetValueOrDefault(layer)
                ?? throw new InvalidDataException($"'{file}': layer '{Excerpt.Of(layer)}' is listed, but not there.");
            var datasets = Listed(group, file);
            if (datasets.Count == 0)
                continue;
            var slots = index < layers.Count ? layers[index++] : [];
            List<StoredTensor> ofLayer =
                [.. datasets.Select((dataset, i) => Tensor(i < slots.Count ? slots[i].Name : dataset.Path, dataset.Read()))];
            KerasCudnn.Convert(ofLayer, slots);
            tensors.AddRange(ofLayer);
        }

        return tensors;
    }

    /// <summary>The optimizer's variables, in order; empty where there are none.</summary>
    public static Hdf5Value[] OptimizerVariables(Hdf5Group root, string file)
    {
        if (root.Groups.TryGetValue("optimizer_weights", out var old))
            return [.. Listed(old, file).Select(dataset => dataset.Read())];
        var vars = root.Find("optimizer/vars")?.Datasets ?? [];
        return
        [
            .. from variable in vars
               let number = int.TryParse(variable.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : int.MaxValue
               orderby number
               select variable.Value.Read(),
        ];
    }

    /// <summary>The data sets that a group's list of names gives, in that order.</summary>
    private static List<Hdf5Dataset> Listed(Hdf5Group group, string file) =>
    [
        .. (group.Texts("weight_names") ?? []).Select(name => group.FindDataset(name)
            ?? throw new InvalidDataException($"'{file}': '{Excerpt.Of(name)}' in {Excerpt.Of(group.Path)} is listed, but not there.")),
    ];
}
