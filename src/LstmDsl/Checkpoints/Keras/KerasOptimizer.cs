using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// An optimizer's state as Keras keeps it: one list of variables, the iteration first, then (but in Keras 2) the learning rate, then the
/// slots of the trained weights.
/// </summary>
internal static class KerasOptimizer
{
    private const string Prefix = "optimizer.";

    /// <summary>Optimizers of which it is known how Keras orders their slots, by this library's names.</summary>
    private static readonly Dictionary<string, string> Classes = new()
    {
        ["sgd"] = "SGD",
        ["rmsprop"] = "RMSprop",
        ["adam"] = "Adam",
        ["adamw"] = "AdamW",
    };

    /// <summary>Keras's class; null for an optimizer whose state is not exchanged.</summary>
    public static string? ClassOf(TrainingMetadata training) =>
        Exchanges(training.HyperParameters) && !training.HyperParameters.ContainsKey("ema_momentum")
            ? Classes.GetValueOrDefault(training.Optimizer)
            : null;

    /// <summary>What Keras's configuration says of an optimizer; null where its state is not exchanged.</summary>
    /// <param name="optimizer">The object with <c>class_name</c> and <c>config</c>.</param>
    public static (string Name, Dictionary<string, double> Numbers)? Described(JsonElement optimizer)
    {
        if (optimizer.ValueKind != JsonValueKind.Object || KerasJson.Text(optimizer, "class_name") is not { } kind
            || !optimizer.TryGetProperty("config", out var config) || config.ValueKind != JsonValueKind.Object)
            return null;

        // Keras 2 calls its own classes custom ones in a whole model's file.
        var name = kind.Replace("Custom>", "", StringComparison.Ordinal);
        var numbers = new Dictionary<string, double>();
        foreach (var member in config.EnumerateObject())
        {
            if (member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                numbers[member.Name] = member.Value.GetBoolean() ? 1 : 0;
            else if (member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDouble(out var number))
                numbers[member.Name] = number;
        }

        var own = Classes.FirstOrDefault(pair => pair.Value == name).Key;
        return own is not null && numbers.ContainsKey("learning_rate") && numbers.GetValueOrDefault("use_ema") == 0 && Exchanges(numbers) ? (own, numbers) : null;
    }

    /// <summary>Turns Keras's variables into the tensors of a checkpoint.</summary>
    /// <param name="variables">The variables, in order.</param>
    /// <param name="plan">The model.</param>
    /// <param name="name">The optimizer.</param>
    /// <param name="numbers">Its hyper-parameters.</param>
    /// <param name="file">The file, for messages.</param>
    /// <returns>The tensors, the iteration and, where it is there, the learning rate.</returns>
    public static (List<StoredTensor> Tensors, long Iteration, double? LearningRate) Read(
        Hdf5Value[] variables, ModelPlan plan, string name, IReadOnlyDictionary<string, double> numbers, string file)
    {
        if (variables is not [{ Values: long[] or int[] } first, .. var rest] || first.Values.Length != 1)
            throw new InvalidDataException($"'{file}': the optimizer's variables do not begin with its iteration.");
        var iteration = first.Values is long[] large ? large[0] : ((int[])first.Values)[0];
        double? rate = null;
        if (rest is [{ Shape.Length: 0, Values: float[] and [var stored] }, ..])
        {
            rate = stored;
            rest = rest[1..];
        }

        var tensors = new List<StoredTensor> { new($"{Prefix}iteration", [], new[] { iteration }) };
        var wanted = Order(plan, name, numbers).ToList();
        // Keras 2 keeps a momentum for SGD even where there is none.
        if (wanted.Count > 0 && wanted.Count != rest.Length)
        {
            throw new InvalidDataException(
                $"'{file}': the optimizer '{name}' keeps {wanted.Count} tensors for this model, the file has {rest.Length}.");
        }

        foreach (var ((slot, tensor), value) in wanted.Zip(rest))
            tensors.Add(KerasReader.Tensor(NameOf(slot, tensor), value));
        foreach (var fixedTensor in plan.Tensors.Where(tensor => tensor.Momentum is not null))
        {
            foreach (var slot in wanted.Select(pair => pair.Slot).Distinct())
                tensors.Add(new(NameOf(slot, fixedTensor), fixedTensor.Shape, new float[fixedTensor.Length]));
        }

        return (tensors, iteration, rate);
    }

    /// <summary>Keras's variables of a checkpoint's optimizer.</summary>
    public static IReadOnlyList<Hdf5Value> Write(CheckpointContent content, ModelPlan plan, TrainingMetadata training)
    {
        var named = content.Tensors.ToDictionary(tensor => tensor.Name);
        List<Hdf5Value> variables = [new([], new[] { training.Iteration }), new([], new[] { (float)training.LearningRate })];
        foreach (var (slot, tensor) in Order(plan, training.Optimizer, training.HyperParameters))
        {
            var stored = named[NameOf(slot, tensor)];
            variables.Add(new(stored.Shape, stored.Values));
        }

        return variables;
    }

    /// <summary>Whether a tensor of a checkpoint is the optimizer's.</summary>
    public static bool IsOne(StoredTensor tensor, ModelPlan plan) => OptimizerTensors.IsOne(tensor, plan.Tensors);

    /// <summary>Averages of weights, sums of gradients and schedules are not exchanged.</summary>
    private static bool Exchanges(IReadOnlyDictionary<string, double> numbers) =>
        !numbers.Keys.Any(key => key is "gradient_accumulation_steps" || key.StartsWith("learning_rate.", StringComparison.Ordinal));

    /// <summary>Slots that Keras makes together alternate, weight by weight; others follow each other.</summary>
    private static IEnumerable<(string Slot, TensorSlot Tensor)> Order(
        ModelPlan plan, string name, IReadOnlyDictionary<string, double> numbers)
    {
        bool Has(string number) => numbers.GetValueOrDefault(number) > 0;
        List<string[]> together = name switch
        {
            "sgd" => Has("momentum") ? [["momentum"]] : [],
            "rmsprop" =>
            [
                ["velocity"],
                .. Has("momentum") ? [["momentum"]] : Array.Empty<string[]>(),
                .. Has("centered") ? [["average_gradient"]] : Array.Empty<string[]>(),
            ],
            _ => [["momentum", "velocity"], .. Has("amsgrad") ? [["velocity_hat"]] : Array.Empty<string[]>()],
        };
        return from slots in together
               from tensor in plan.Tensors
               where tensor.Momentum is null
               from slot in slots
               select (slot, tensor);
    }

    private static string NameOf(string slot, TensorSlot tensor) => $"{Prefix}{slot}.{tensor.Name}";
}
