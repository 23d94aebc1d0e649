using LstmDsl.CompilerServices;

namespace LstmDsl.Generators;

/// <summary>Turns attributes of attention layers into their kernels.</summary>
internal sealed class AttentionBuilder(ModelDeclaration declaration, List<Fault> faults)
{
    private readonly WeightBuilder weights = new(declaration, faults);

    /// <summary>Builds the kernels.</summary>
    /// <param name="index">The attribute.</param>
    /// <param name="name">The layer's name in code.</param>
    /// <param name="file">Its name in files.</param>
    /// <param name="sources">The kernels of query, values and, where these have a name of their own, keys.</param>
    /// <param name="at">The place of its first kernel.</param>
    /// <param name="found">Indices of its refinements.</param>
    public List<LayerSpec> Build(
        int index, string name, string file, IReadOnlyList<int> sources, int at, IReadOnlyDictionary<AttributeKind, int> found)
    {
        var attribute = declaration.Attributes[index];
        if (attribute.Kind == AttributeKind.MultiHeadAttention)
            return OfHeads(index, name, file, sources, at, found);

        var isAdditive = attribute.Kind == AttributeKind.AdditiveAttention;
        var mode = AttributeRules.Choice(attribute, index, "ScoreMode", ScoreMode.Dot, faults);
        return
        [
            new AttentionSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                Score = isAdditive ? AttentionScore.Additive : mode == ScoreMode.Concat ? AttentionScore.Concat : AttentionScore.Dot,
                UseScale = attribute.Flag("UseScale", isAdditive),
                IsCausal = attribute.Flag("Causal", false),
                Dropout = RecurrentBuilder.Rate(weights, index, "Dropout"),
                Names = new AttentionNames(attribute.Text("Query"), attribute.Text("values") ?? "", attribute.Text("Keys")),
                InputFrom = at - sources[0],
                SecondFrom = at - sources[1],
                ThirdFrom = at - sources[sources.Count - 1],
            },
        ];
    }

    /// <summary>Projections of query, keys and values, what the heads make of them, and the projection of what they give.</summary>
    private List<LayerSpec> OfHeads(
        int index, string name, string file, IReadOnlyList<int> sources, int at, IReadOnlyDictionary<AttributeKind, int> found)
    {
        var attribute = declaration.Attributes[index];
        var (count, keyDim) = (AttributeRules.Size(declaration, index, "heads", faults), AttributeRules.Size(declaration, index, "keyDim", faults));
        var valueDim = attribute.Find("ValueDim") is null ? keyDim : AttributeRules.Size(declaration, index, "ValueDim", faults);
        var heads = new AttentionHeads(count, keyDim, valueDim, attribute.Flag("UseBias", true));

        // What is said of kernels and biases is said of all four.
        var projection = new DenseSpec
        {
            Name = name,
            FileName = file + ".attention_output",
            Attribute = index,
            Units = 0,
            Heads = count,
            Activation = Activation.Linear,
            UseBias = heads.UseBias,
            Kernel = weights.Build(AttributeKind.Kernel, found, index, Init.GlorotUniform),
            Bias = weights.Build(AttributeKind.Bias, found, index, Init.Zeros),
        };
        return
        [
            Into("Query", ".query", keyDim, at - sources[0]),
            Into("Key", ".key", keyDim, at + 1 - sources[sources.Count - 1]),
            Into("Value", ".value", valueDim, at + 2 - sources[1]),
            new AttentionSpec
            {
                Name = name + "Heads",
                FileName = file,
                Attribute = index,
                Score = AttentionScore.Dot,
                UseScale = false,
                IsCausal = attribute.Flag("Causal", false),
                Dropout = RecurrentBuilder.Rate(weights, index, "Dropout"),
                Heads = heads,
                Names = new AttentionNames(attribute.Text("Query"), attribute.Text("Values"), attribute.Text("Keys")),
                InputFrom = 3,
                SecondFrom = 1,
                ThirdFrom = 2,
            },
            projection with { JoinsHeads = true, WidthFrom = 4 },
        ];

        // A product for all heads at once.
        DenseSpec Into(string part, string partFile, int width, int inputFrom) => projection with
        {
            Name = name + part,
            FileName = file + partFile,
            Units = (int)Math.Min((long)count * width, AttributeRules.LargestSize),
            InputFrom = inputFrom,
        };
    }
}
