using System.Globalization;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Lays out a checkpoint as Keras 3 does.</summary>
internal static class KerasWriter
{
    /// <summary>The member that names the version whose format this is. Its date is that of the members: the same content is the same bytes.</summary>
    public const string Metadata = """{"keras_version": "3.15.1", "date_saved": "1980-01-01@00:00:00"}""";

    /// <summary>Keras's name of a model that has none.</summary>
    public const string ModelName = "sequential";

    private const string NameAttribute = "name";

    /// <summary>Weights and, where there is a trainer, its optimizer.</summary>
    /// <exception cref="ArgumentException">A layer is one that Keras does not have.</exception>
    public static Hdf5NewGroup Weights(CheckpointContent content, ModelPlan plan)
    {
        RequireKnown(plan);
        var named = content.Tensors.ToDictionary(tensor => tensor.Name);
        var root = new Hdf5NewGroup();
        root.At("vars").Attributes[NameAttribute] = plan.IsSequential ? ModelName : KerasGraphJson.ModelName;
        WriteInputs(root, plan);
        foreach (var variables in KerasVariables.Of(plan, KerasGraph.Order(plan)))
        {
            var group = root.At($"{variables.Path}/vars");
            group.Attributes[NameAttribute] = variables.Name;
            for (var i = 0; i < variables.Slots.Count; i++)
            {
                var tensor = named[variables.Slots[i].Name];
                group.Datasets[Number(i)] = new(
                    tensor.Shape,
                    variables.Slots[i].Role == TensorRole.Count ? Array.ConvertAll((float[])tensor.Values, count => (long)count) : tensor.Values);
            }
        }

        if (content.Trainer is { } trainer)
        {
            var group = root.At("optimizer/vars");
            group.Attributes[NameAttribute] = KerasOptimizer.NameOf(trainer.Optimizer);
            var state = KerasOptimizerState.Write(content, plan, trainer);
            for (var i = 0; i < state.Count; i++)
                group.Datasets[Number(i)] = state[i];
        }

        return root;
    }

    /// <summary>Tensors that Keras has no place for; null where there are none.</summary>
    public static Hdf5NewGroup? Extra(CheckpointContent content, ModelPlan plan)
    {
        var weights = plan.Tensors.Select(slot => slot.Name).ToHashSet();
        var extra = new Hdf5NewGroup();
        foreach (var tensor in content.Tensors)
        {
            if (!weights.Contains(tensor.Name) && !OptimizerTensors.IsOne(tensor, plan.Tensors))
                extra.Datasets.Add(tensor.Name, new(tensor.Shape, tensor.Values));
        }

        return extra.Datasets.Count > 0 ? extra : null;
    }

    /// <summary>A Functional counts its inputs among its layers, though there is nothing to keep of them.</summary>
    private static void WriteInputs(Hdf5NewGroup root, ModelPlan plan)
    {
        if (plan.IsSequential)
            return;
        var stem = $"layers/{KerasNames.Snake(KerasNode.InputKind)}";
        var inputs = KerasGraph.Of(plan).InFiles().FindAll(node => node.Kind == KerasNode.InputKind);
        for (var i = 0; i < inputs.Count; i++)
            root.At($"{stem}{(i == 0 ? "" : $"_{Number(i)}")}/vars").Attributes[NameAttribute] = inputs[i].Name;
    }

    private static void RequireKnown(ModelPlan plan)
    {
        foreach (var layer in plan.Layers)
        {
            if (layer.ParameterCount > 0 && KerasLayerKinds.Of(layer.Declaration) is null)
            {
                throw new ArgumentException(
                    $"The layer '{layer.Name}' is a {layer.Declaration.Kind}, which Keras does not have, so that none of its files can hold {plan.Name}. Save it as "
                    + ".safetensors.");
            }
        }
    }

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
