namespace LstmDsl.Generators;

/// <summary>A layer that normalises, with a factor and an addend for each feature.</summary>
internal abstract record NormalizationSpec : LayerSpec
{
    /// <summary>γ; null without it.</summary>
    public required WeightSpec? Gamma { get; init; }

    /// <summary>β; null without it.</summary>
    public required WeightSpec? Beta { get; init; }

    /// <summary>What is added to the variance.</summary>
    public required double Epsilon { get; init; }

    public override bool Streams => true;

    public override bool CarriesMask => true;

    public override string OffsetsKind => "Normalization";

    public override int OutputWidth(int timesteps, int width) => width;

    public override IEnumerable<TensorSpec> Tensors(int inputs)
    {
        if (Gamma is not null)
            yield return new TensorSpec("Gamma", 1, inputs, Gamma);
        if (Beta is not null)
            yield return new TensorSpec("Beta", 1, inputs, Beta);
    }
}

/// <summary>Normalises rows.</summary>
internal sealed record LayerNormalizationSpec : NormalizationSpec
{
    public override string RuntimeKind => "LayerNormalization";
}

/// <summary>Normalises features over a batch.</summary>
internal sealed record BatchNormalizationSpec : NormalizationSpec
{
    /// <summary>How much of a moving average stays at each step.</summary>
    public required double Momentum { get; init; }

    public override string RuntimeKind => "BatchNormalization";

    public override IEnumerable<TensorSpec> Tensors(int inputs)
    {
        foreach (var tensor in base.Tensors(inputs))
            yield return tensor;
        yield return Moving("MovingMean", inputs, Init.Zeros);
        yield return Moving("MovingVariance", inputs, Init.Ones);
    }

    private TensorSpec Moving(string role, int inputs, Init init) =>
        new(role, 1, inputs, new WeightSpec(new InitializerSpec(init)) { NamedBy = new(Attribute, "BatchNormalization", "") })
        {
            Momentum = Momentum,
        };
}
