using System.Globalization;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Takes from a file of Keras's own what training needs to go on: the optimizer with its state.</summary>
internal static class KerasTraining
{
    /// <summary>Keras's own learning rate, where the file gives a schedule in its place.</summary>
    private const double DefaultRate = 0.001;

    /// <summary>The weights with the optimizer's state; without it, and with a warning, where the file has none that is read here.</summary>
    /// <param name="content">The file.</param>
    /// <param name="plan">The model.</param>
    /// <param name="order">Its layers' places, in the order in which the file counts them.</param>
    /// <param name="weights">The weights.</param>
    /// <exception cref="InvalidDataException">The state is not that of the optimizer that the file names, for this model.</exception>
    public static CheckpointContent Read(KerasContent content, ModelPlan plan, IReadOnlyList<int> order, List<StoredTensor> weights)
    {
        if (content.Optimizer() is not { ValueKind: not JsonValueKind.Null } described)
            return new() { Tensors = weights };

        var isKeras2 = content.Version == KerasVersion.Two;
        if (KerasOptimizer.Described(described) is not var (name, numbers) || (isKeras2 && !IsOfTheNewKind(numbers)))
        {
            return Fresh(
                weights,
                $"'{content.File}' was compiled with {Named(described)}, whose state is not read here: "
                + "weights are loaded, this trainer's own optimizer starts afresh.");
        }

        var variables = KerasReader.OptimizerVariables(content.Weights, content.File);
        if (KerasOptimizerState.IsUnbuilt(variables, plan, order, name, numbers, isKeras2))
        {
            var rate = numbers.TryGetValue("learning_rate", out var stored)
                ? string.Create(CultureInfo.InvariantCulture, $" (the file's is {(float)stored})")
                : "";
            return Fresh(
                weights,
                $"'{content.File}' holds no state of {Named(described)}, as Keras leaves a model that was compiled and not trained: weights are "
                + $"loaded, this trainer's own optimizer starts afresh, at its own learning rate{rate}.");
        }

        var (state, iteration, current) = KerasOptimizerState.Read(variables, plan, order, name, numbers, isKeras2, content.File);
        var metadata = new CheckpointMetadata
        {
            LibraryVersion = "Keras",
            ModelName = plan.Name,
            Training = new()
            {
                Optimizer = name,
                HyperParameters = numbers,
                Iteration = iteration,
                LearningRate = current ?? numbers.GetValueOrDefault("learning_rate", DefaultRate),
                Epoch = 0,
                Seed = 0,
            },
        };
        return new() { Tensors = [.. weights, .. state], Metadata = metadata.ToJson() };
    }

    /// <summary>Those of before Keras 2.11 ordered their variables otherwise and did not say that they were not the legacy ones.</summary>
    private static bool IsOfTheNewKind(Dictionary<string, double> numbers) =>
        numbers.TryGetValue("is_legacy_optimizer", out var isLegacy) && isLegacy == 0;

    private static CheckpointContent Fresh(List<StoredTensor> weights, string warning) => new() { Tensors = weights, Warning = warning };

    private static string Named(JsonElement optimizer) => $"the optimizer {Shown(
        optimizer.ValueKind == JsonValueKind.String ? optimizer.GetString() : KerasJson.Text(optimizer, "class_name"))}";

    private static string Shown(string? name) => name is null ? "that it does not name" : KerasNames.Plain(name);
}
