namespace LstmDsl.Generators;

/// <summary>Turns attributes of layers that are one kernel and no product into it.</summary>
internal sealed class SimpleLayerBuilder(ModelDeclaration declaration, List<Fault> faults)
{
    private readonly WeightBuilder weights = new(declaration, faults);
    private readonly AffineBuilder affine = new(declaration, faults);

    /// <summary>Builds the kernel of a layer.</summary>
    public LayerSpec Build(int index, string name, string file, IReadOnlyDictionary<AttributeKind, int> found)
    {
        var attribute = declaration.Attributes[index];
        return attribute.Kind switch
        {
            AttributeKind.Activation => Activated(index, name, file),
            AttributeKind.Dropout => new DropoutSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                Rate = RecurrentBuilder.Rate(weights, index, "rate"),
                SameOverTime = false,
            },
            AttributeKind.SpatialDropout1D => new DropoutSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                Rate = RecurrentBuilder.Rate(weights, index, "rate"),
                SameOverTime = true,
            },
            AttributeKind.Reshape => new ReshapeSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                Timesteps = attribute.Find("timesteps") is null ? 0 : AttributeRules.Size(declaration, index, "timesteps", faults),
                Features = AttributeRules.Size(declaration, index, "features", faults),
            },
            AttributeKind.Permute => Permuted(index, name, file),
            AttributeKind.Masking => new MaskingSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                MaskValue = weights.Number(index, "MaskValue", otherwise: 0, _ => true, "values are finite 32-bit numbers"),
            },
            AttributeKind.RepeatVector => new RepeatSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                Count = AttributeRules.Size(declaration, index, "n", faults),
            },
            AttributeKind.Flatten => new FlattenSpec { Name = name, FileName = file, Attribute = index },
            AttributeKind.Embedding => new EmbeddingSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                InputDim = AttributeRules.Size(declaration, index, "inputDim", faults),
                OutputDim = AttributeRules.Size(declaration, index, "outputDim", faults),
                MaskZero = attribute.Flag("MaskZero", false),
                Embeddings = weights.Build(AttributeKind.Embeddings, found, index, Init.RandomUniform),
            },
            AttributeKind.Normalization => affine.Normalization(index, name, file),
            AttributeKind.Rescaling => affine.Rescaling(index, name, file),
            AttributeKind.LayerNormalization => new LayerNormalizationSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                Gamma = Gamma(index, found),
                Beta = Beta(index, found),
                Epsilon = Epsilon(index),
            },
            AttributeKind.BatchNormalization => new BatchNormalizationSpec
            {
                Name = name,
                FileName = file,
                Attribute = index,
                Gamma = Gamma(index, found),
                Beta = Beta(index, found),
                Epsilon = Epsilon(index),
                Momentum = weights.Number(
                    index, "Momentum", 0.99, momentum => momentum is >= 0 and <= 1, "a momentum is at least 0 and at most 1"),
            },
            _ => Pooling(index, name, file),
        };
    }

    private PermuteSpec Permuted(int index, string name, string file)
    {
        var attribute = declaration.Attributes[index];
        var (first, second) = (attribute.Integer("first"), attribute.Integer("second"));
        if ((first, second) is not ((1, 2) or (2, 1)))
        {
            faults.Add(Fault.OfAttribute(
                Descriptors.UnsuitableValue.Id, index, "first", "Permute", "first", $"{Text.Plain(first)}, with {Text.Plain(second)} after it",
                "the two are 1, the timesteps, and 2, the features, in either order"));
        }

        return new PermuteSpec { Name = name, FileName = file, Attribute = index, Turns = first == 2 };
    }

    private ActivationSpec Activated(int index, string name, string file)
    {
        var attribute = declaration.Attributes[index];
        var activation = AttributeRules.Choice(attribute, index, "activation", Activation.Linear, faults);
        var isLeaky = activation == Activation.LeakyRelu;
        return new ActivationSpec
        {
            Name = name,
            FileName = file,
            Attribute = index,
            Activation = activation,
            NegativeSlope = weights.Number(
                index,
                "NegativeSlope",
                ActivationSpec.UsualSlope,
                slope => slope >= 0 && (isLeaky || attribute.Find("NegativeSlope") is null),
                isLeaky
                    ? "a slope is a finite 32-bit number of at least 0"
                    : $"it is the slope of Activation.LeakyRelu alone, and this is Activation.{activation}"),
        };
    }

    private PoolingSpec Pooling(int index, string name, string file)
    {
        var attribute = declaration.Attributes[index];
        var takesMaximum = attribute.Kind is AttributeKind.MaxPooling1D or AttributeKind.GlobalMaxPooling1D;
        if (attribute.Kind is AttributeKind.GlobalMaxPooling1D or AttributeKind.GlobalAveragePooling1D)
            return new PoolingSpec { Name = name, FileName = file, Attribute = index, TakesMaximum = takesMaximum, Sliding = null };

        var size = attribute.Find("poolSize") is null ? 2 : AttributeRules.Size(declaration, index, "poolSize", faults);
        var strides = attribute.Find("Strides") is null ? size : AttributeRules.Size(declaration, index, "Strides", faults);
        var padding = AttributeRules.Choice(attribute, index, "Padding", Padding.Valid, faults);
        if (padding == Padding.Causal)
        {
            faults.Add(Fault.OfAttribute(
                Descriptors.UnsuitableValue.Id, index, "Padding", attribute.DisplayName, "Padding", nameof(Padding.Causal),
                "pooling takes Padding.Valid or Padding.Same"));
        }

        return new PoolingSpec
        {
            Name = name,
            FileName = file,
            Attribute = index,
            TakesMaximum = takesMaximum,
            Sliding = new SlidingWindow(size, strides, Dilation: 1, padding),
        };
    }

    private WeightSpec? Gamma(int index, IReadOnlyDictionary<AttributeKind, int> found) =>
        declaration.Attributes[index].Flag("Scale", true) ? weights.Build(AttributeKind.Gamma, found, index, Init.Ones) : null;

    private WeightSpec? Beta(int index, IReadOnlyDictionary<AttributeKind, int> found) =>
        declaration.Attributes[index].Flag("Center", true) ? weights.Build(AttributeKind.Beta, found, index, Init.Zeros) : null;

    private double Epsilon(int index) =>
        weights.Number(index, "Epsilon", 1e-3, epsilon => epsilon > 0, "what is added to a variance is above 0");
}
