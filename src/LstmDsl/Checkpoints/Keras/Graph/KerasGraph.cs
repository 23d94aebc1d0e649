using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>The graph that Keras has of a model: its inputs, its layers and, between them, the operations that make masks.</summary>
internal sealed class KerasGraph
{
    private readonly KerasMasks masks;

    private KerasGraph(ModelPlan plan, IReadOnlyList<KerasNode> inputs, KerasNode output, KerasMasks masks) =>
        (Plan, Inputs, Output, this.masks) = (plan, inputs, output, masks);

    /// <summary>The model.</summary>
    public ModelPlan Plan { get; }

    /// <summary>The inputs, in the order in which the model takes them.</summary>
    public IReadOnlyList<KerasNode> Inputs { get; }

    /// <summary>The layer whose output is the model's.</summary>
    public KerasNode Output { get; }

    /// <summary>The graph of a model.</summary>
    public static KerasGraph Of(ModelPlan plan)
    {
        var masks = new KerasMasks(plan);
        var given = new Dictionary<string, KerasNode>();
        List<KerasNode> inputs = [];
        foreach (var input in plan.InputsByName)
            inputs.Add(given[input.FileName] = new(KerasNode.InputKind, input.FileName, plan.ShapeOf(input)));

        var current = inputs[0];
        for (var index = 0; index < plan.Layers.Count; index++)
        {
            var layer = plan.Layers[index];
            KerasNode[] sources = layer.Inputs is { } names ? [.. names.Select(name => given[name])] : [current];
            // Keras takes what has a name in the order of the names: key, value.
            if (sources is [var asking, var values, var keys] && KerasLayerKinds.HasHeads(layer.Kind))
                sources = [asking, keys, values];
            // Keras's attention takes sequences alone: a vector is a sequence of one timestep there.
            var isOfVector = KerasLayerKinds.IsAttending(layer.Kind) && sources[0].Shape.Length == 1;
            if (isOfVector)
                sources[0] = Reshaped(sources[0], [1, .. sources[0].Shape], masks);
            current = new(ClassOf(layer), layer.Name, isOfVector ? [1, .. layer.OutputShape] : layer.OutputShape)
            {
                Inputs = sources,
                Mask = masks.TakenBy(layer, sources),
                Layer = (layer, index),
            };
            masks.Give(current);
            current = given[layer.Name] = isOfVector ? Reshaped(current, layer.OutputShape, masks) : current;
        }

        return new(plan, inputs, current, masks);
    }

    /// <summary>The class under which Keras keeps a layer.</summary>
    public static string ClassOf(LayerPlan layer) => layer.Wrapper is null && !layer.IsTimeDistributed ? KerasActivation.Class(layer.Declaration) : layer.Kind;

    /// <summary>The layers' places among the model's, in the order in which Keras counts them.</summary>
    public static IReadOnlyList<int> Order(ModelPlan plan) => plan.IsSequential
        ? [.. Enumerable.Range(0, plan.Layers.Count)]
        : [.. from node in Of(plan).InFiles() where node.IsDeclared select node.Layer!.Value.Index];

    /// <summary>Whether what a node gives has a mask.</summary>
    public bool IsMasked(KerasNode node) => masks.Of(node) is not null;

    /// <summary>Everything, in the order in which Keras lists it.</summary>
    public List<KerasNode> InFiles() => KerasTraversal.FarthestFirst(Output, node => node.Sources);

    /// <summary>Inputs and layers, each behind what it takes.</summary>
    public List<KerasNode> BehindSources() => KerasTraversal.BehindSources(Output, node => node.Inputs);

    /// <summary>A layer that no one declares, which gives a shape that another needs.</summary>
    private static KerasNode Reshaped(KerasNode source, int[] shape, KerasMasks masks)
    {
        var declaration = shape is [var timesteps, var features] ? new ReshapeAttribute(timesteps, features) : new ReshapeAttribute(shape[0]);
        var plan = new LayerPlan(masks.NameOf(declaration.Kind), declaration, shape, 0);
        return new(declaration.Kind, plan.Name, shape) { Inputs = [source], Layer = (plan, KerasNode.Undeclared) };
    }
}
