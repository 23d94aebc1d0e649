using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A class of Keras's layers and how it is declared here.</summary>
/// <param name="Usual">The attribute with nothing but sizes declared.</param>
/// <param name="Options">What a declaration says, in the order of its arguments: sizes first.</param>
internal sealed record KerasLayerKind(LayerAttribute Usual, IReadOnlyList<KerasOption> Options)
{
    /// <summary>Keras's class.</summary>
    public string Class => Usual.Kind;

    /// <summary>The attribute's name.</summary>
    public string Attribute { get; init; } = Usual.Kind;

    /// <summary>What a declaration says by its place.</summary>
    public IEnumerable<KerasOption> Sizes => Options.Where(option => option.IsSize);

    /// <summary>What a declaration says by name.</summary>
    public IEnumerable<KerasOption> Named => Options.Where(option => !option.IsSize);

    /// <summary>What a declaration says, in the order in which Keras's files have it.</summary>
    public IReadOnlyList<KerasOption> Written { get; init; } = Options;

    /// <summary>What Keras writes of the class and a declaration does not say, with its value as JSON.</summary>
    public IReadOnlyList<(string Name, string Value)> Others { get; init; } = [];

    /// <summary>Its weights, by what the names of Keras's options begin with.</summary>
    public IReadOnlyList<(string Name, TensorRole Role)> Weights { get; init; } = [];

    /// <summary>How many axes a layer of a file gives, the samples' included; null where that is not known.</summary>
    public Func<KerasLayer, int?> OutputAxes { get; init; } = layer => layer.Axes;

    /// <summary>Whether Keras makes such a layer without looking at its input, and so says nothing of its shape.</summary>
    public bool IsBuiltAtOnce { get; init; }

    /// <summary>Whether it has weights that start as Keras has it, so that its files say nothing of them.</summary>
    public bool HasOtherWeights { get; init; }

    /// <summary>Whether Keras writes whether it is trained; of a class that does not, its constructor does not take it.</summary>
    public bool SaysTrainable { get; init; } = true;

    /// <summary>Whether it is a recurrent layer, which keeps its variables in a cell.</summary>
    public bool IsRecurrent => Usual is IRecurrentAttribute;

    /// <summary>Whether it takes what the layer's output costs: <c>ActivityL1</c>, <c>ActivityL2</c>.</summary>
    public bool TakesActivity => Usual is IActivityAttribute;

    /// <summary>The weights that a declaration says anything of.</summary>
    public IEnumerable<KerasWeightAttribute> DeclaredWeights =>
        from weight in Weights
        where weight.Role is not (TensorRole.MovingMean or TensorRole.MovingVariance)
        select new KerasWeightAttribute(
            weight.Name,
            weight.Role.ToString(),
            weight.Role switch
            {
                TensorRole.Kernel => Init.GlorotUniform,
                TensorRole.RecurrentKernel => Init.Orthogonal,
                TensorRole.Gamma => Init.Ones,
                TensorRole.Embeddings => Init.RandomUniform,
                _ => Init.Zeros,
            },
            weight.Role == TensorRole.Kernel && IsRecurrent);

    /// <summary>An option by its name; null where there is none of that name.</summary>
    public KerasOption? Find(string name) => Options.FirstOrDefault(option => option.Name == name);

    /// <summary>This with the order in which Keras's files have the options; a declaration does not say the last of them by name.</summary>
    public KerasLayerKind InFiles(params string[] names) => this with { Written = [.. names.Select(name => Find(name)!)] };
}

/// <summary>How a weight of a class of Keras is declared here.</summary>
/// <param name="Option">What the names of Keras's options begin with: <c>recurrent</c>.</param>
/// <param name="Attribute">The attribute that refines it.</param>
/// <param name="Default">The initializer that it has unless it is declared.</param>
/// <param name="IsPositional">Whether the layer's own attribute takes the initializer.</param>
internal sealed record KerasWeightAttribute(string Option, string Attribute, Init Default, bool IsPositional);
