namespace LstmDsl.Generators;

/// <summary>A layer that maps each feature by two numbers: x·factor + addend, or, where it divides, (x − addend) / factor.</summary>
internal abstract record AffineSpec : LayerSpec
{
    /// <summary>Whether it divides.</summary>
    public abstract bool Divides { get; }

    /// <summary>Whether factors are given as variances.</summary>
    public abstract bool TakesVariances { get; }

    /// <summary>One for each feature, or one for all; none where they are weights.</summary>
    public abstract EquatableArray<double> Factors { get; }

    /// <summary>As many as factors.</summary>
    public abstract EquatableArray<double> Addends { get; }

    /// <summary>Whether factors and addends are weights.</summary>
    public bool HasWeights => Factors.Count == 0;

    /// <summary>Whether one weight of each kind serves all features.</summary>
    public virtual bool SharesWeights => false;

    public override bool Streams => true;

    public override bool CarriesMask => true;

    public override string RuntimeKind => "Affine";

    public override int OutputWidth(int timesteps, int width) => width;
}

/// <summary>Multiplies by a number and adds one.</summary>
internal sealed record RescalingSpec : AffineSpec
{
    /// <summary>What multiplies.</summary>
    public required double Scale { get; init; }

    /// <summary>What is added.</summary>
    public required double Offset { get; init; }

    public override bool Divides => false;

    public override bool TakesVariances => false;

    public override EquatableArray<double> Factors => new([Scale]);

    public override EquatableArray<double> Addends => new([Offset]);
}

/// <summary>Normalises features by moments that are known before training: declared ones, or weights that training leaves as they are.</summary>
internal sealed record FeatureNormalizationSpec : AffineSpec
{
    /// <summary>The declared means, one for each feature or one for all; none where they are weights.</summary>
    public required EquatableArray<double> Mean { get; init; }

    /// <summary>The declared variances, as many.</summary>
    public required EquatableArray<double> Variance { get; init; }

    /// <summary>Whether it goes the way back, from normalised values.</summary>
    public required bool Invert { get; init; }

    /// <summary>Whether each feature has moments of its own.</summary>
    public required bool PerFeature { get; init; }

    public override bool Divides => !Invert;

    public override bool TakesVariances => true;

    public override EquatableArray<double> Factors => Variance;

    public override EquatableArray<double> Addends => Mean;

    public override bool SharesWeights => !PerFeature;

    public override IEnumerable<TensorSpec> Tensors(int inputs)
    {
        if (!HasWeights)
            yield break;

        yield return Constant("Mean", PerFeature ? inputs : 1, !PerFeature, Init.Zeros);
        yield return Constant("Variance", PerFeature ? inputs : 1, !PerFeature, Init.Ones);
        yield return Constant("Count", 1, isScalar: true, Init.Zeros);
    }

    private TensorSpec Constant(string role, int columns, bool isScalar, Init init) =>
        new(role, 1, columns, new WeightSpec(new InitializerSpec(init)) { NamedBy = new(Attribute, "Normalization", "") })
        {
            IsConstant = true,
            IsScalar = isScalar,
        };
}
