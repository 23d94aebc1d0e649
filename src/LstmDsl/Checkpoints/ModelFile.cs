using System.Globalization;
using System.Reflection;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Carries a model, and the trainer that is at work on it, to a checkpoint and back, whatever the format.</summary>
internal static class ModelFile
{
    /// <summary>Writes weights and pipeline and, where there is a trainer, everything that training needs to go on.</summary>
    public static void Write(ModelState state, string path, TrainerCheckpoint? trainer)
    {
        var format = CheckpointFormat.For(path);
        format.RequireWritable(path);
        format.RequireDescribable(path, state.Plan);
        var plan = state.Plan;
        var tensors = new List<StoredTensor>(WeightTensors.From(plan.Tensors, state.CopyParameters()));
        if (trainer is not null)
            tensors.AddRange(OptimizerTensors.From(plan.Tensors, trainer.Slots.Names, trainer.Slots.All, plan.ParameterFloats, trainer.Iteration));
        foreach (var (name, callback) in trainer?.Callbacks ?? new Dictionary<string, CallbackState>())
        {
            if (callback.Weights is { } block)
                tensors.AddRange(CallbackTensors.From(name, plan.Tensors, block));
        }

        var metadata = new CheckpointMetadata
        {
            LibraryVersion = LibraryVersion,
            ModelName = plan.Name,
            Layers = LayerTexts.Of(plan),
            Fingerprint = plan.Fingerprint,
            VectorWidth = trainer?.VectorWidth,
            PipelineJson = state.Pipeline?.ToJson(),
            Training = trainer is null ? null : new TrainingMetadata
            {
                Optimizer = trainer.Optimizer.Name,
                HyperParameters = trainer.Optimizer.HyperParameters,
                Loss = trainer.Loss is { } loss ? KerasLossObject.Text(loss) : null,
                Iteration = trainer.Iteration,
                LearningRate = trainer.LearningRate,
                Epoch = trainer.NextEpoch,
                Seed = trainer.Seed,
                Frozen = trainer.Frozen,
                Callbacks = trainer.Callbacks.ToDictionary(one => one.Key, one => one.Value.Numbers),
                CallbackTexts = trainer.Callbacks.Where(one => one.Value.Texts.Count > 0)
                    .ToDictionary(one => one.Key, one => one.Value.Texts),
                Run = trainer.Run,
                History = trainer.History,
            },
        };
        format.Write(path, new CheckpointContent { Tensors = tensors, Metadata = metadata.ToJson(), Trainer = trainer }, plan);
    }

    /// <summary>Reads weights and pipeline into a model.</summary>
    public static void Read(ModelState state, string path) => Take(state, path, Described(CheckpointFormat.For(path).ReadWeights(path, state.Plan), path));

    /// <summary>Reads weights and pipeline into a model, from a safetensors file that is open.</summary>
    public static void Read(ModelState state, Stream stream, string name) => Take(state, name, Described(Safetensors.Read(stream, name), name));

    /// <summary>
    /// Reads weights and pipeline into a model, and the optimizer's slots into <paramref name="slots"/>. Everything is checked first.
    /// </summary>
    /// <param name="state">The model.</param>
    /// <param name="path">The file.</param>
    /// <param name="optimizer">The optimizer, whose file it must be.</param>
    /// <param name="slots">Takes its slots.</param>
    /// <param name="exactly">Whether the file must hold a run, of an optimizer with the same settings.</param>
    /// <returns>
    /// What the file says beside tensors, null for another program's; what callbacks kept, null in a file of weights alone; and what should be
    /// known of it, null for nothing.
    /// </returns>
    public static (CheckpointMetadata? Metadata, IReadOnlyDictionary<string, CallbackState>? Callbacks, string? Warning) Read(
        ModelState state, string path, Optimizer optimizer, OptimizerSlots slots, bool exactly)
    {
        var file = Described(CheckpointFormat.For(path).Read(path, state.Plan), path);
        var training = file.Metadata?.Training;
        if (exactly)
            RequireRun(path, training, optimizer, state);
        if (training is not null)
        {
            if (training.Optimizer != optimizer.Name)
            {
                throw new InvalidDataException(
                    $"'{path}' was trained with the optimizer '{training.Optimizer}', this trainer has '{optimizer.Name}'. "
                    + "Give the trainer that optimizer, or load the model alone.");
            }

            OptimizerTensors.Restore(file.Content, state.Plan.Tensors, slots.Names, slots.All, state.Plan.ParameterFloats, path);
        }

        var callbacks = training is null ? null : Callbacks(training, file.Content, state.Plan, path);
        Take(state, path, file);
        return (file.Metadata, callbacks, file.Content.Warning);
    }

    /// <summary>This library's version.</summary>
    public static string LibraryVersion { get; } =
        typeof(ModelFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static (CheckpointContent Content, CheckpointMetadata? Metadata) Described(CheckpointContent content, string path) =>
        (content, content.Metadata is null ? null : CheckpointMetadata.FromJson(content.Metadata, path));

    private static void RequireRun(string path, TrainingMetadata? training, Optimizer optimizer, ModelState state)
    {
        if (training?.Run is null)
        {
            throw new InvalidDataException(
                $"'{path}' holds {(training is null ? "weights alone" : "no run")}, so training cannot go on where it stopped. Load it instead.");
        }

        var (had, has) = (training.HyperParameters, optimizer.HyperParameters);
        if (training.Optimizer == optimizer.Name && had.Keys.Concat(has.Keys).FirstOrDefault(Differs) is { } name)
        {
            throw new InvalidDataException(
                $"'{path}' was trained by {optimizer.Name} with {name} = {Value(had, name)}, this trainer's has {Value(has, name)}. "
                + "Give the trainer that optimizer, or read the file with Load.");
        }

        if (training.Run.States.Length != (state.LayerStates?.Length ?? 0))
        {
            throw new InvalidDataException(
                $"'{path}' holds {training.Run.States.Length} values that layers carry from batch to batch; "
                + $"those of {state.Plan.Name} carry {state.LayerStates?.Length ?? 0}. "
                + "Read the file with Load, and begin at an epoch of your choice.");
        }

        bool Differs(string name) => !(had.TryGetValue(name, out var value) && has.TryGetValue(name, out var other) && value.Equals(other));

        static string Value(IReadOnlyDictionary<string, double> values, string name) =>
            values.TryGetValue(name, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : "none";
    }

    private static Dictionary<string, CallbackState> Callbacks(
        TrainingMetadata training, CheckpointContent content, ModelPlan plan, string path)
    {
        var weights = CallbackTensors.Restore(content, [.. training.Callbacks.Keys], plan, path);
        return training.Callbacks.ToDictionary(one => one.Key, one => new CallbackState
        {
            Numbers = one.Value,
            Texts = training.CallbackTexts.GetValueOrDefault(one.Key) ?? new Dictionary<string, string>(),
            Weights = weights.GetValueOrDefault(one.Key),
            Origin = (path, one.Key),
        });
    }

    private static void Take(ModelState state, string path, (CheckpointContent Content, CheckpointMetadata? Metadata) file)
    {
        var block = new float[state.Plan.ParameterFloats];
        var own = file.Content with { Tensors = [.. file.Content.Tensors.Where(tensor => !CallbackTensors.IsOne(tensor))] };
        WeightTensors.Restore(own, state.Plan.Tensors, block, path);
        if (file.Metadata is { Layers: { Count: > 0 } layers } metadata
            && (metadata.Fingerprint == 0 || metadata.Fingerprint != state.Plan.Fingerprint)
            && LayerTexts.Difference(layers, state.Plan) is { } difference)
        {
            throw new InvalidDataException(
                $"'{path}' holds another model than {state.Plan.Name}, though its tensors are as large: {difference}. Declare what was saved, or save "
                + "weights alone, .weights.h5.");
        }

        var pipeline = state.Pipeline;
        if (file.Metadata?.PipelineJson is { } json)
        {
            try
            {
                pipeline = Pipeline.FromJson(json);
            }
            catch (InvalidDataException exception)
            {
                throw new InvalidDataException($"'{path}': {exception.Message}", exception);
            }
        }

        using var replacing = state.BeginReplacing();
        state.SetParameters(block);
        state.Pipeline = pipeline;
        state.Seed = file.Metadata?.Training?.Seed ?? state.Seed;
    }
}
