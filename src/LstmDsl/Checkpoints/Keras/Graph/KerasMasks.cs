using System.Globalization;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Follows the masks of a model as Keras does while its layers are called, and makes the operations that Keras makes for them: they are a
/// part of its graph, and of its files, where a layer takes the mask that they give.
/// </summary>
internal sealed class KerasMasks(ModelPlan plan)
{
    private readonly Dictionary<KerasNode, KerasNode> given = [];
    private readonly HashSet<string> names = [.. plan.Layers.Select(layer => layer.Name), .. plan.Inputs.Select(input => input.FileName)];

    /// <summary>
    /// The mask that a layer is called with; null for none, and for a layer that looks for masks itself. One that begins with another's states
    /// has none in Keras, whatever it takes.
    /// </summary>
    public KerasNode? TakenBy(LayerPlan layer, IReadOnlyList<KerasNode> sources) =>
        layer.IsTimeDistributed
        || layer.Declaration is IRecurrentAttribute { InitialState: null } or BatchNormalizationAttribute or GlobalAveragePooling1DAttribute
            ? Of(sources[0])
            : null;

    /// <summary>The name of a further object of a class, as Keras counts them.</summary>
    public string NameOf(string kind)
    {
        var stem = KerasNames.Snake(kind);
        var name = stem;
        for (var count = 1; !names.Add(name); count++)
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}_{count}");
        return name;
    }

    /// <summary>Makes the mask of what a layer gives, if it has one.</summary>
    public void Give(KerasNode node)
    {
        if (Made(node) is { } mask)
            given[node] = mask;
    }

    private KerasNode? Made(KerasNode node)
    {
        var source = node.Inputs[0];
        return node.Layer!.Value.Plan.Declaration switch
        {
            MaskingAttribute masking => Any(Operation("NotEqual", source.Shape, [source], masking.MaskValue)),
            EmbeddingAttribute { MaskZero: true } => Operation("NotEqual", source.Shape, [source], 0),
            ConcatenateAttribute concatenate => Concatenated(node, concatenate.Axis),
            MergingAttribute => Merged(node),
            AttentionAttribute or AdditiveAttentionAttribute =>
                Of(source) is { } asking ? Operation("ConvertToTensor", asking.Shape, [asking]) : null,
            IRecurrentAttribute { ReturnSequences: true } or MultiHeadAttentionAttribute => Of(source),
            DenseAttribute or ActivationAttribute or DropoutAttribute or SpatialDropout1DAttribute or LayerNormalizationAttribute
                or BatchNormalizationAttribute or NormalizationAttribute or RescalingAttribute => Of(source),
            _ => null,
        };
    }

    /// <summary>A timestep counts where it does in any of them; there is none as soon as one of them has none.</summary>
    private KerasNode? Merged(KerasNode node)
    {
        var masks = node.Inputs.Select(Of).ToList();
        return masks.Contains(null) ? null : masks.Aggregate((one, other) => Operation("LogicalOr", one!.Shape, [one, other!]));
    }

    /// <summary>Masks as wide as what they mask, joined as that is, all of whose timesteps count where there is no mask.</summary>
    private KerasNode? Concatenated(KerasNode node, int axis)
    {
        if (node.Inputs.All(input => Of(input) is null))
            return null;
        var wide = new List<KerasNode>();
        foreach (var input in node.Inputs)
        {
            wide.Add(Of(input) is { } mask
                ? Operation(
                    "LogicalOr",
                    input.Shape,
                    [Operation("ExpandDims", [.. mask.Shape, 1], [mask]), Operation("ZerosLike", input.Shape, [input])])
                : Operation("OnesLike", input.Shape, [input]));
        }

        return Any(Operation("Concatenate", node.Shape, wide, axis));
    }

    private KerasNode Any(KerasNode of) => Operation("Any", of.Shape[..^1], [of]);

    private KerasNode Operation(string kind, int[] shape, IReadOnlyList<KerasNode> inputs, double? number = null) =>
        new(kind, NameOf(kind), shape) { Inputs = inputs, Number = number };

    /// <summary>The mask of what a node gives; null for none.</summary>
    public KerasNode? Of(KerasNode node) => given.GetValueOrDefault(node);
}
