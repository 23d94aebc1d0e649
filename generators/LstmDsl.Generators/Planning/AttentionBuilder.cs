using LstmDsl.CompilerServices;

namespace LstmDsl.Generators;

/// <summary>Turns attributes of attention layers into their kernels.</summary>
internal sealed class AttentionBuilder(ModelDeclaration declaration, List<Fault> faults)
{
    /// <summary>Builds the kernel.</summary>
    /// <param name="index">The attribute.</param>
    /// <param name="name">The layer's name in code.</param>
    /// <param name="file">Its name in files.</param>
    /// <param name="sources">The kernels of query, values and, where these have a name of their own, keys.</param>
    /// <param name="at">The place of its kernel.</param>
    public List<LayerSpec> Build(int index, string name, string file, IReadOnlyList<int> sources, int at)
    {
        var attribute = declaration.Attributes[index];
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
                Names = new AttentionNames(attribute.Text("Query"), attribute.Text("values") ?? "", attribute.Text("Keys")),
                InputFrom = at - sources[0],
                SecondFrom = at - sources[1],
                ThirdFrom = at - sources[sources.Count - 1],
            },
        ];
    }
}
