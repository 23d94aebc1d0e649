namespace LstmDsl.Generators;

/// <summary>Writes a layer's options as JSON in Keras's argument names, for the files that Keras reads and writes.</summary>
internal static class KerasOptions
{
    /// <summary>The JSON of a declared layer; what its weights say of themselves (initializers, regularizers) stands in the tensor table.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="kernels">Its kernels.</param>
    public static string Of(DeclaredLayer layer, IReadOnlyList<LayerSpec> kernels) => Object(Options(layer, kernels));

    private static IEnumerable<(string Name, string Value)> Options(DeclaredLayer layer, IReadOnlyList<LayerSpec> kernels)
    {
        var recurrent = kernels.OfType<RecurrentSpec>().FirstOrDefault();
        if (layer.Kind == AttributeKind.Bidirectional && recurrent is not null)
        {
            yield return ("merge_mode", Quoted(kernels.OfType<MergeSpec>().First().Merge.ToString()));
            yield return ("layer", Object([("class_name", $"\"{recurrent.Kind.Name}\""), ("config", Object(Recurrent(recurrent, kernels)))]));
            yield break;
        }

        foreach (var option in recurrent is null ? Simple(kernels) : Recurrent(recurrent, kernels))
            yield return option;
    }

    private static IEnumerable<(string Name, string Value)> Recurrent(RecurrentSpec layer, IReadOnlyList<LayerSpec> kernels)
    {
        yield return ("units", Whole(layer.Units));
        yield return ("activation", Quoted(layer.Activation.ToString()));
        if (layer.Kind.HasGates)
            yield return ("recurrent_activation", Quoted(layer.RecurrentActivation.ToString()));
        if (layer.Kind.HasReset)
            yield return ("reset_after", Text.Code(!layer.Kind.ResetsBefore));
        yield return ("use_bias", Text.Code(layer.UseBias));
        if (layer.Kind.HasForgetBias)
            yield return ("unit_forget_bias", Text.Code(layer.Bias.Initializer.OnesCount > 0));
        yield return ("return_sequences", Text.Code(layer.ReturnSequences));
        yield return ("go_backwards", Text.Code(layer.GoBackwards));
        if (layer.Stateful)
            yield return ("stateful", Text.Code(layer.Stateful));
        yield return ("dropout", Real(layer.Dropout > 0 ? layer.Dropout : kernels.OfType<DropoutSpec>().FirstOrDefault()?.Rate ?? 0));
        yield return ("recurrent_dropout", Real(layer.RecurrentDropout));
        foreach (var option in Activity(layer))
            yield return option;
    }

    private static IEnumerable<(string Name, string Value)> Simple(IReadOnlyList<LayerSpec> kernels)
    {
        var last = kernels[kernels.Count - 1];
        foreach (var kernel in kernels)
        {
            switch (kernel)
            {
                case WindowsSpec { Sliding: var sliding }:
                    foreach (var option in Window("kernel_size", sliding))
                        yield return option;
                    yield return ("dilation_rate", $"[{Whole(sliding.Dilation)}]");
                    break;
                case DenseSpec dense:
                    yield return (dense.Window > 0 ? "filters" : "units", Whole(dense.Units));
                    yield return ("use_bias", Text.Code(dense.UseBias));
                    if (dense == last)
                        yield return ("activation", Quoted(dense.Activation.ToString()));
                    break;
                case ActivationSpec activation:
                    yield return ("activation", Quoted(activation.Activation.ToString()));
                    if (activation.HasOwnSlope)
                        yield return ("negative_slope", Real(activation.NegativeSlope));
                    break;
                case DropoutSpec { Rate: var rate }:
                    yield return ("rate", Real(rate));
                    break;
                case MaskingSpec { MaskValue: var value }:
                    yield return ("mask_value", Real(value));
                    break;
                case RepeatSpec { Count: var count }:
                    yield return ("n", Whole(count));
                    break;
                case PoolingSpec { Sliding: { } window }:
                    foreach (var option in Window("pool_size", window))
                        yield return option;
                    break;
                case EmbeddingSpec embedding:
                    yield return ("input_dim", Whole(embedding.InputDim));
                    yield return ("output_dim", Whole(embedding.OutputDim));
                    yield return ("mask_zero", Text.Code(embedding.MaskZero));
                    break;
                case FeatureNormalizationSpec features:
                    yield return ("axis", features.PerFeature ? "[-1]" : "[]");
                    yield return ("invert", Text.Code(features.Invert));
                    yield return ("mean", Numbers(features.Mean));
                    yield return ("variance", Numbers(features.Variance));
                    break;
                case RescalingSpec rescaling:
                    yield return ("scale", Real(rescaling.Scale));
                    yield return ("offset", Real(rescaling.Offset));
                    break;
                case NormalizationSpec normalization:
                    yield return ("epsilon", Real(normalization.Epsilon));
                    yield return ("center", Text.Code(normalization.Beta is not null));
                    yield return ("scale", Text.Code(normalization.Gamma is not null));
                    if (normalization is BatchNormalizationSpec { Momentum: var momentum })
                        yield return ("momentum", Real(momentum));
                    break;
            }
        }

        foreach (var option in Activity(last))
            yield return option;
    }

    private static IEnumerable<(string Name, string Value)> Window(string size, SlidingWindow window) =>
    [
        (size, $"[{Whole(window.Size)}]"),
        ("strides", $"[{Whole(window.Stride)}]"),
        ("padding", Quoted(window.Padding.ToString())),
    ];

    private static IEnumerable<(string Name, string Value)> Activity(LayerSpec layer)
    {
        if (!layer.Activity.IsNone)
            yield return ("activity_regularizer", Object([("l1", Real(layer.Activity.L1)), ("l2", Real(layer.Activity.L2))]));
    }

    private static string Object(IEnumerable<(string Name, string Value)> members) =>
        $"{{{string.Join(",", members.Select(member => $"\"{member.Name}\":{member.Value}"))}}}";

    private static string Quoted(string name) => $"\"{LayerNames.ToSnakeCase(name)}\"";

    /// <summary>A number that Python takes for a float, also where it is a whole one.</summary>
    private static string Real(double number)
    {
        var text = Text.Code(number);
        return text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text;
    }

    /// <summary>A list; one number as itself, none as null.</summary>
    private static string Numbers(EquatableArray<double> numbers) => numbers.Count switch
    {
        0 => "null",
        1 => Real(numbers[0]),
        _ => $"[{string.Join(",", numbers.Select(Real))}]",
    };

    private static string Whole(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
