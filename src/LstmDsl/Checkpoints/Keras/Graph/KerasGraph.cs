using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>The graph that Keras has of a model: its inputs, its layers and, between them, the operations that make masks.</summary>
internal sealed class KerasGraph
{
    private const string NameOfOnlyInput = "input_layer";

    private readonly KerasMasks masks;

    private KerasGraph(ModelPlan plan, IReadOnlyList<KerasNode> inputs, KerasNode output, KerasMasks masks) =>
        (Plan, Inputs, Output, this.masks) = (plan, inputs, output, masks);

    /// <summary>The model.</summary>
    public ModelPlan Plan { get; }

    /// <summary>The inputs, in the order in which the model takes them.</summary>
    public IReadOnlyList<KerasNode> Inputs { get; }

    /// <summary>The layer whose output is the model's.</summary>
    public KerasNode Output { get; }

    /// <summary>Whether each layer takes what the one before it gives, so that Keras's <c>Sequential</c> holds them.</summary>
    public static bool IsSequential(ModelPlan plan) => plan.Layers.All(layer => layer.Inputs is null);

    /// <summary>The graph of a model.</summary>
    public static KerasGraph Of(ModelPlan plan)
    {
        var masks = new KerasMasks(plan);
        var given = new Dictionary<string, KerasNode>();
        List<KerasNode> inputs = [];
        foreach (var input in InputsOf(plan))
        {
            var isOfNumbers = Readers(plan, input.FileName).Any(reader => reader.Declaration is EmbeddingAttribute);
            int[] shape = isOfNumbers ? [input.Timesteps] : [input.Timesteps, input.Features];
            inputs.Add(given[input.FileName] = new(KerasNode.InputKind, input.FileName, shape));
        }

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

    /// <summary>A model's inputs, also the one without a name.</summary>
    public static IReadOnlyList<InputPlan> InputsOf(ModelPlan plan) =>
        plan.Inputs.Count > 0 ? plan.Inputs : [new(NameOfOnlyInput, NameOfOnlyInput, plan.Shape.Timesteps, plan.Shape.Features)];

    /// <summary>Whether another layer begins with the states that this one ends in, so that Keras has that return them.</summary>
    public static bool GivesStates(ModelPlan plan, string name) => plan.Layers.Any(layer =>
        layer is { Declaration: IRecurrentAttribute { InitialState: not null }, Inputs: [_, var source] } && source == name);

    /// <summary>How many states a layer ends in: of both directions, those of each.</summary>
    public static int StatesOf(LayerPlan layer) => (layer.Declaration is LstmAttribute ? 2 : 1) * (layer.Wrapper is null ? 1 : 2);

    /// <summary>The class under which Keras keeps a layer.</summary>
    public static string ClassOf(LayerPlan layer) => layer.Wrapper is null && !layer.IsTimeDistributed ? KerasActivation.Class(layer.Declaration) : layer.Kind;

    /// <summary>The layers' places among the model's, in the order in which Keras counts them.</summary>
    public static IReadOnlyList<int> Order(ModelPlan plan) => IsSequential(plan)
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

    /// <summary>The layers that take an input, or what a layer gives.</summary>
    private static IEnumerable<LayerPlan> Readers(ModelPlan plan, string name) =>
        plan.Layers.Where((layer, index) => layer.Inputs is { } names ? names.Contains(name) : index == 0);
}
