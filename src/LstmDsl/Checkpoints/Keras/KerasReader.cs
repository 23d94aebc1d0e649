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

    /// <summary>The optimizer, as JSON; null where the model was not compiled.</summary>
    public JsonElement? Optimizer { get; init; }

    /// <summary>This library's own metadata; null in a file of Keras's own.</summary>
    public string? Metadata { get; init; }

    /// <summary>Tensors that Keras has no place for; null where there are none.</summary>
    public Hdf5Group? Extra { get; init; }
}

/// <summary>Finds a model's weights, and its optimizer's state, in what Keras wrote.</summary>
internal static class KerasReader
{
    /// <summary>Keras's own learning rate, where the file gives a schedule in its place.</summary>
    private const double DefaultRate = 0.001;

    /// <summary>The layers that a file describes; null for weights alone.</summary>
    /// <exception cref="InvalidDataException">It lists no layers, or they are no chain.</exception>
    public static KerasArchitecture? Architecture(KerasContent content) =>
        content.Architecture is { } model ? KerasArchitecture.Read(model, IsOfKeras2(content), content.File) : null;

    /// <summary>Everything that a checkpoint may hold, under this library's names.</summary>
    /// <exception cref="InvalidDataException">The file is of another architecture, or damaged.</exception>
    public static CheckpointContent Read(KerasContent content, ModelPlan plan)
    {
        var old = OldLayout(content.Weights);
        var isKeras2 = IsOfKeras2(content);
        if (Architecture(content) is { } architecture)
            KerasComparison.Check(architecture, plan, content.File);

        var tensors = old is null ? NewWeights(content.Weights, plan) : OldWeights(old, plan, content.File);
        var metadata = content.Metadata;
        if (metadata is not null)
        {
            if (CheckpointMetadata.FromJson(metadata, content.File).Training is { } training)
            {
                var variables = OptimizerVariables(content.Weights);
                tensors.AddRange(KerasOptimizerState.Read(
                    variables, plan, training.Optimizer, training.HyperParameters, isKeras2: false, content.File).Tensors);
            }

            foreach (var dataset in content.Extra?.Datasets ?? [])
                tensors.Add(Exactly(dataset.Key, dataset.Value.Read()));
        }
        else if (Optimizer(content, isKeras2) is var (name, numbers) && OptimizerVariables(content.Weights) is { Length: > 0 } variables)
        {
            var (state, iteration, rate) = KerasOptimizerState.Read(variables, plan, name, numbers, isKeras2, content.File);
            tensors.AddRange(state);
            metadata = new CheckpointMetadata
            {
                LibraryVersion = "Keras",
                ModelName = plan.Name,
                Training = new()
                {
                    Optimizer = name,
                    HyperParameters = numbers,
                    Iteration = iteration,
                    LearningRate = rate ?? numbers.GetValueOrDefault("learning_rate", DefaultRate),
                    Epoch = 0,
                    Seed = 0,
                },
            }.ToJson();
        }

        return new() { Tensors = tensors, Metadata = metadata };
    }

    /// <summary>
    /// The optimizer whose state the file holds; null where there is none that is known here. Of Keras 2 those of before 2.11 ordered their
    /// variables otherwise and did not say that they were not the legacy ones.
    /// </summary>
    private static (string Name, Dictionary<string, double> Numbers)? Optimizer(KerasContent content, bool isKeras2) =>
        content.Optimizer is { } described && KerasOptimizer.Described(described) is { } optimizer
            && (!isKeras2 || optimizer.Numbers.TryGetValue("is_legacy_optimizer", out var isLegacy) && isLegacy == 0)
            ? optimizer
            : null;

    /// <summary>Keras 3's own layout has no version; in the old one either may have written.</summary>
    private static bool IsOfKeras2(KerasContent content) =>
        OldLayout(content.Weights) is { } weights
            && !(weights.Texts("keras_version") is [var version] && version.StartsWith("3.", StringComparison.Ordinal));

    /// <summary>The group of the weights in the layout of Keras 2; null in that of Keras 3.</summary>
    private static Hdf5Group? OldLayout(Hdf5Group root) =>
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
    private static List<StoredTensor> NewWeights(Hdf5Group root, ModelPlan plan)
    {
        var names = KerasVariables.Weights(plan).ToDictionary(weight => $"/{weight.Path}", weight => weight.Slot.Name);
        return
        [
            .. from dataset in root.Groups.GetValueOrDefault("layers")?.AllDatasets() ?? []
               where !dataset.Path.Contains("/seed_generator/", StringComparison.Ordinal)
               select Tensor(names.GetValueOrDefault(dataset.Path, dataset.Path), dataset.Read()),
        ];
    }

    /// <summary>Keras 2's: layers and weights in the order of two lists of names, layers without weights among them.</summary>
    private static List<StoredTensor> OldWeights(Hdf5Group root, ModelPlan plan, string file)
    {
        var layers = plan.Layers
            .Select(layer => plan.Tensors.Where(slot => slot.Name.StartsWith($"{layer.Name}.", StringComparison.Ordinal)).ToList())
            .Where(slots => slots.Count > 0)
            .ToList();
        var tensors = new List<StoredTensor>();
        var index = 0;
        foreach (var layer in root.Texts("layer_names") ?? [])
        {
            var group = root.Groups.GetValueOrDefault(layer)
                ?? throw new InvalidDataException($"'{file}': layer '{layer}' is listed, but not there.");
            var datasets = Listed(group);
            if (datasets.Count == 0)
                continue;
            var slots = index < layers.Count ? layers[index++] : [];
            for (var i = 0; i < datasets.Count; i++)
                tensors.Add(Tensor(i < slots.Count ? slots[i].Name : datasets[i].Path, datasets[i].Read()));
        }

        return tensors;
    }

    private static Hdf5Value[] OptimizerVariables(Hdf5Group root)
    {
        if (root.Groups.TryGetValue("optimizer_weights", out var old))
            return [.. Listed(old).Select(dataset => dataset.Read())];
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
    private static List<Hdf5Dataset> Listed(Hdf5Group group) =>
    [
        .. (group.Texts("weight_names") ?? []).Select(name => group.FindDataset(name)
            ?? throw new InvalidDataException($"'{name}' in {group.Path} is listed, but not there.")),
    ];
}
