using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// An optimizer's state as Keras keeps it: one list of variables, the iteration first, then the learning rate (but in Keras 2, and where
/// it follows a schedule), then what is kept for each trained weight.
/// </summary>
internal static class KerasOptimizerState
{
    private const string Prefix = "optimizer.";
    private const string RowFactor = "row_velocity";
    private const string ColumnFactor = "column_velocity";

    /// <summary>
    /// Whether an optimizer has made nothing for the weights yet, as Keras leaves that of a model that was compiled and never trained: it
    /// has its iteration, which is 0, and its learning rate.
    /// </summary>
    public static bool IsUnbuilt(
        IReadOnlyList<Hdf5Value> variables,
        ModelPlan plan,
        IReadOnlyList<int> order,
        string name,
        IReadOnlyDictionary<string, double> numbers,
        bool isKeras2) =>
        variables.Count == 0
        || (variables.Count == First(numbers, isKeras2) && Layout(plan, order, name, numbers).Count > 0
            && variables[0].Values is long[] and [0] or int[] and [0]);

    /// <summary>Turns Keras's variables into the tensors of a checkpoint.</summary>
    /// <param name="variables">The variables, in order.</param>
    /// <param name="plan">The model.</param>
    /// <param name="order">Its layers' places, in the order in which the file counts them.</param>
    /// <param name="name">The optimizer.</param>
    /// <param name="numbers">Its hyper-parameters.</param>
    /// <param name="isKeras2">Whether Keras 2 wrote them.</param>
    /// <param name="file">The file, for messages.</param>
    /// <returns>The tensors, the iteration and, where it is there, the learning rate.</returns>
    /// <exception cref="InvalidDataException">They are not that optimizer's for this model.</exception>
    public static (List<StoredTensor> Tensors, long Iteration, double? LearningRate) Read(
        IReadOnlyList<Hdf5Value> variables,
        ModelPlan plan,
        IReadOnlyList<int> order,
        string name,
        IReadOnlyDictionary<string, double> numbers,
        bool isKeras2,
        string file)
    {
        var layout = Layout(plan, order, name, numbers);
        var first = First(numbers, isKeras2);
        // Keras 2 keeps a momentum for SGD even where there is none.
        if (variables.Count != first + layout.Count && !(isKeras2 && layout.Count == 0))
        {
            throw new InvalidDataException(
                $"'{file}': the optimizer '{name}' keeps {first + layout.Count} variables for {plan.Name}, the file has {variables.Count}.");
        }

        var iteration = variables is [{ Values: long[] and [>= 0 and var count] }, ..]
            ? count
            : variables is [{ Values: int[] and [>= 0 and var small] }, ..]
                ? small
                : throw new InvalidDataException($"'{file}': the optimizer's variables do not begin with its iteration.");
        double? rate = first == 1
            ? null
            : variables[1].Values is float[] and [var stored]
                ? stored
                : throw new InvalidDataException($"'{file}': the optimizer's second variable is not its learning rate.");

        var tensors = new List<StoredTensor> { new($"{Prefix}iteration", [], new[] { iteration }) };
        for (var i = 0; i < layout.Count; i++)
        {
            var (slot, tensor, shape) = layout[i];
            if (slot is null)
                continue;
            var value = KerasReader.Tensor("", variables[first + i]);
            if (value.Values is not float[] values || !value.Shape.AsSpan().SequenceEqual(shape))
            {
                throw new InvalidDataException(
                    $"'{file}': variable {first + i} of the optimizer '{name}' must be F32 ({string.Join(", ", shape)}) for {plan.Name}; "
                    + $"it is {SafetensorsTypes.Of(variables[first + i].Values)?.Name() ?? "no number"} ({string.Join(", ", value.Shape)}).");
            }

            tensors.Add(new(NameOf(slot, tensor!), tensor!.Shape, Padded(values, tensor.Length)));
        }

        // What is not trained has slots here too, which nobody looks at.
        var slots = layout.Where(variable => variable.Slot is not null).Select(variable => variable.Slot!).Distinct();
        var untouched = from slot in slots
                        from tensor in plan.Tensors
                        where tensors.TrueForAll(read => read.Name != NameOf(slot, tensor))
                        select new StoredTensor(NameOf(slot, tensor), tensor.Shape, new float[tensor.Length]);
        tensors.AddRange([.. untouched]);
        return (tensors, iteration, rate);
    }

    /// <summary>Keras's variables of a checkpoint's optimizer.</summary>
    public static IReadOnlyList<Hdf5Value> Write(CheckpointContent content, ModelPlan plan, TrainerCheckpoint trainer)
    {
        var named = content.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
        var numbers = trainer.Optimizer.HyperParameters;
        List<Hdf5Value> variables = [new([], new[] { trainer.Iteration })];
        if (!KerasOptimizer.FollowsSchedule(numbers))
            variables.Add(new([], new[] { (float)trainer.LearningRate }));
        foreach (var (slot, tensor, shape) in Layout(plan, KerasGraph.Order(plan), trainer.Optimizer.Name, numbers))
        {
            float[] Stored(string name) => (float[])named[NameOf(name, tensor!)];
            var length = shape.Aggregate(1, (product, size) => product * size);
            variables.Add(new(shape, (slot, tensor) switch
            {
                ({ } name, _) => Stored(name)[..length],
                (null, { } matrix) => KerasFactors.Moments(matrix, Stored(RowFactor), Stored(ColumnFactor)),
                (null, null) when trainer.Optimizer is Nadam nadam => new[] { (float)nadam.MomentumProduct(Updates(trainer)) },
                _ => new float[length],
            }));
        }

        return variables;
    }

    /// <summary>
    /// The variables after the learning rate. Slots that Keras makes together alternate, weight by weight; others follow each other.
    /// </summary>
    /// <returns>
    /// Slot, tensor and shape. Without a slot it follows from others: with a tensor, Adafactor's moments; without, Nadam's product, or a
    /// place that Adafactor keeps empty.
    /// </returns>
    private static List<(string? Slot, TensorSlot? Tensor, int[] Shape)> Layout(
        ModelPlan plan, IReadOnlyList<int> order, string name, IReadOnlyDictionary<string, double> numbers)
    {
        bool Has(string number) => numbers.GetValueOrDefault(number) > 0;
        List<string[]> together = [];
        if (numbers.ContainsKey("ema_momentum"))
            together.Add(["average"]);
        if (Has("gradient_accumulation_steps"))
            together.Add(["gradient_accumulator"]);
        string[][] own = name switch
        {
            "sgd" => Has("momentum") ? [["momentum"]] : [],
            "rmsprop" =>
            [
                ["velocity"],
                .. Has("momentum") ? [["momentum"]] : Array.Empty<string[]>(),
                .. Has("centered") ? [["average_gradient"]] : Array.Empty<string[]>(),
            ],
            "adam" or "adamw" => [["momentum", "velocity"], .. Has("amsgrad") ? [["velocity_hat"]] : Array.Empty<string[]>()],
            "nadam" or "lamb" => [["momentum", "velocity"]],
            "adamax" => [["momentum", "norm"]],
            "adadelta" => [["accumulated_grad", "accumulated_delta_var"]],
            "adagrad" => [["accumulator"]],
            "ftrl" => [["accumulator", "linear"]],
            "lion" => [["momentum"]],
            _ => [],
        };
        together.AddRange(own);
        var trained = KerasVariables.Of(plan, order).SelectMany(variables => variables.Slots).Where(tensor => tensor.IsTrained).ToList();
        List<(string? Slot, TensorSlot? Tensor, int[] Shape)> layout =
        [
            .. from slots in together from tensor in trained from slot in slots select ((string?)slot, (TensorSlot?)tensor, tensor.Shape),
        ];
        if (name == "adafactor")
        {
            foreach (var tensor in trained)
            {
                var shape = tensor.Shape;
                if (shape.Length < 2)
                    layout.AddRange([(null, null, []), (null, null, []), (RowFactor, tensor, shape)]);
                else
                    layout.AddRange([(RowFactor, tensor, shape[..^1]), (ColumnFactor, tensor, [.. shape[..^2], shape[^1]]), (null, tensor, shape)]);
            }
        }
        else if (name == "nadam")
        {
            layout.Add((null, null, []));
        }

        return layout;
    }

    /// <summary>How many variables come before those that are kept for weights.</summary>
    private static int First(IReadOnlyDictionary<string, double> numbers, bool isKeras2) =>
        isKeras2 || KerasOptimizer.FollowsSchedule(numbers) ? 1 : 2;

    private static long Updates(TrainerCheckpoint trainer) => trainer.Iteration / (trainer.Optimizer.GradientAccumulationSteps ?? 1);

    private static float[] Padded(float[] values, int length)
    {
        Array.Resize(ref values, length);
        return values;
    }

    private static string NameOf(string slot, TensorSlot tensor) => $"{Prefix}{slot}.{tensor.Name}";
}
