using LstmDsl.CompilerServices;

namespace LstmDsl.Generators;

/// <summary>
/// Writes a layer as the attribute that declares it, with what is not at its default; what its weights say of themselves (initializers,
/// regularizers) stands in the tensor table.
/// </summary>
internal static class LayerText
{
    /// <summary>The attribute; of a bidirectional layer that of the layer which it wraps.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="kernels">Its kernels.</param>
    public static string Attribute(DeclaredLayer layer, IReadOnlyList<LayerSpec> kernels)
    {
        var recurrent = kernels.OfType<RecurrentSpec>().FirstOrDefault();
        var arguments = new List<string>();
        var properties = new List<string>();
        if (kernels.OfType<AttentionSpec>().FirstOrDefault() is { Heads: { } heads } attention)
        {
            AddHeads(arguments, properties, attention, heads);
        }
        else if (recurrent is null)
        {
            foreach (var kernel in kernels)
                Add(arguments, properties, kernel);
        }
        else
        {
            arguments.Add(Text.Code(recurrent.Units));
            properties.AddRange(Recurrent(recurrent, kernels));
        }

        if (!kernels[0].IsTrainable)
            properties.Add("Trainable = false");
        AddActivity(properties, recurrent ?? kernels[kernels.Count - 1]);
        return New(layer.Inner.ToString(), arguments, properties);
    }

    /// <summary>The attribute that wraps a layer; null where none does.</summary>
    public static string? Wrapper(DeclaredLayer layer, IReadOnlyList<LayerSpec> kernels) => layer.Kind == AttributeKind.Bidirectional
        ? New(
            layer.Kind.ToString(),
            kernels.OfType<MergeSpec>().Select(merge => merge.Merge).Where(merge => merge != Merge.Concat).Select(Choice),
            [])
        : null;

    private static IEnumerable<string> Recurrent(RecurrentSpec layer, IReadOnlyList<LayerSpec> kernels)
    {
        if (layer.Activation != layer.Kind.UsualActivation)
            yield return $"Activation = {Choice(layer.Activation)}";
        if (layer.Kind.HasGates && layer.RecurrentActivation != Activation.Sigmoid)
            yield return $"RecurrentActivation = {Choice(layer.RecurrentActivation)}";
        if (!layer.UseBias)
            yield return "UseBias = false";
        if (layer.Kind.HasForgetBias && layer.Bias.Initializer.OnesCount == 0)
            yield return "UnitForgetBias = false";
        if (layer.Kind.ResetsBefore)
            yield return "ResetAfter = false";
        if (layer.ReturnSequences)
            yield return "ReturnSequences = true";
        if (layer.GoBackwards)
            yield return "GoBackwards = true";
        if (layer.Stateful)
            yield return "Stateful = true";
        if (layer.InitialState is { } initial)
            yield return $"InitialState = \"{initial}\"";
        var dropout = layer.Dropout > 0 ? layer.Dropout : kernels.OfType<DropoutSpec>().FirstOrDefault()?.Rate ?? 0;
        if (dropout > 0)
            yield return $"Dropout = {Text.Code(dropout)}";
        if (layer.RecurrentDropout > 0)
            yield return $"RecurrentDropout = {Text.Code(layer.RecurrentDropout)}";
    }

    private static void Add(List<string> arguments, List<string> properties, LayerSpec kernel)
    {
        switch (kernel)
        {
            case WindowsSpec { Sliding: var sliding }:
                AddWindow(properties, sliding, usualStride: 1);
                if (sliding.Dilation != 1)
                    properties.Add($"DilationRate = {Text.Code(sliding.Dilation)}");
                break;
            case DenseSpec dense:
                arguments.Add(Text.Code(dense.Units));
                if (dense.Window > 0)
                    arguments.Add(Text.Code(dense.Window));
                if (!dense.UseBias)
                    properties.Add("UseBias = false");
                if (dense.Activation != Activation.Linear)
                    properties.Add($"Activation = {Choice(dense.Activation)}");
                break;
            case ActivationSpec activation when arguments.Count > 0:
                properties.Add($"Activation = {Choice(activation.Activation)}");
                break;
            case ActivationSpec activation:
                arguments.Add(Choice(activation.Activation));
                if (activation.HasOwnSlope)
                    properties.Add($"NegativeSlope = {Text.Code(activation.NegativeSlope)}");
                break;
            case DropoutSpec { Rate: var rate }:
                arguments.Add(Text.Code(rate));
                break;
            case MaskingSpec { MaskValue: not 0 and var value }:
                properties.Add($"MaskValue = {Text.Code(value)}");
                break;
            case CombineSpec combine:
                if (arguments.Count == 0)
                    arguments.Add($"\"{combine.FirstName}\"");
                arguments.Add($"\"{combine.SecondName}\"");
                // Several are put together by several kernels.
                if (combine.AppendsTimesteps && !properties.Contains("Axis = 1"))
                    properties.Add("Axis = 1");
                break;
            case AttentionSpec attention:
                arguments.Add($"\"{attention.Names.Values}\"");
                AddAttention(properties, attention);
                break;
            case ReshapeSpec reshape:
                if (reshape.Timesteps > 0)
                    arguments.Add(Text.Code(reshape.Timesteps));
                arguments.Add(Text.Code(reshape.Features));
                break;
            case PermuteSpec { Turns: var turns }:
                arguments.AddRange(turns ? ["2", "1"] : ["1", "2"]);
                break;
            case RepeatSpec { Count: var count }:
                arguments.Add(Text.Code(count));
                break;
            case PoolingSpec { Sliding: { } window }:
                arguments.Add(Text.Code(window.Size));
                AddWindow(properties, window, usualStride: window.Size);
                break;
            case EmbeddingSpec embedding:
                arguments.Add(Text.Code(embedding.InputDim));
                arguments.Add(Text.Code(embedding.OutputDim));
                if (embedding.MaskZero)
                    properties.Add("MaskZero = true");
                break;
            case RescalingSpec rescaling:
                arguments.Add(Text.Code(rescaling.Scale));
                if (rescaling.Offset != 0)
                    arguments.Add(Text.Code(rescaling.Offset));
                break;
            case FeatureNormalizationSpec features:
                AddMoments(properties, features);
                break;
            case NormalizationSpec normalization:
                AddNormalization(properties, normalization);
                break;
        }
    }

    private static void AddHeads(List<string> arguments, List<string> properties, AttentionSpec attention, AttentionHeads heads)
    {
        arguments.Add(Text.Code(heads.Count));
        arguments.Add(Text.Code(heads.KeyDim));
        if (heads.ValueDim != heads.KeyDim)
            properties.Add($"ValueDim = {Text.Code(heads.ValueDim)}");
        if (attention.Names.Values is { } values)
            properties.Add($"Values = \"{values}\"");
        AddAttention(properties, attention);
        if (!heads.UseBias)
            properties.Add("UseBias = false");
    }

    private static void AddAttention(List<string> properties, AttentionSpec attention)
    {
        if (attention.Names.Query is { } query)
            properties.Add($"Query = \"{query}\"");
        if (attention.Names.Keys is { } keys)
            properties.Add($"Keys = \"{keys}\"");
        if (attention.UseScale != (attention.Score == AttentionScore.Additive))
            properties.Add($"UseScale = {Text.Code(attention.UseScale)}");
        if (attention.Score == AttentionScore.Concat)
            properties.Add($"ScoreMode = {Choice(ScoreMode.Concat)}");
        if (attention.IsCausal)
            properties.Add("Causal = true");
        if (attention.Dropout > 0)
            properties.Add($"Dropout = {Text.Code(attention.Dropout)}");
    }

    private static void AddWindow(List<string> properties, SlidingWindow window, int usualStride)
    {
        if (window.Stride != usualStride)
            properties.Add($"Strides = {Text.Code(window.Stride)}");
        if (window.Padding != Padding.Valid)
            properties.Add($"Padding = {Choice(window.Padding)}");
    }

    private static void AddMoments(List<string> properties, FeatureNormalizationSpec features)
    {
        if (!features.HasWeights)
        {
            properties.Add($"Mean = [{string.Join(", ", features.Mean.Select(Text.Code))}]");
            properties.Add($"Variance = [{string.Join(", ", features.Variance.Select(Text.Code))}]");
        }

        if (features.Invert)
            properties.Add("Invert = true");
        if (!features.PerFeature)
            properties.Add("PerFeature = false");
    }

    private static void AddNormalization(List<string> properties, NormalizationSpec normalization)
    {
        if (normalization is BatchNormalizationSpec { Momentum: not 0.99 and var momentum })
            properties.Add($"Momentum = {Text.Code(momentum)}");
        if (normalization.Epsilon != 1e-3)
            properties.Add($"Epsilon = {Text.Code(normalization.Epsilon)}");
        if (normalization.Beta is null)
            properties.Add("Center = false");
        if (normalization.Gamma is null)
            properties.Add("Scale = false");
    }

    private static void AddActivity(List<string> properties, LayerSpec layer)
    {
        if (layer.Activity.L1 != 0)
            properties.Add($"ActivityL1 = {Text.Code(layer.Activity.L1)}");
        if (layer.Activity.L2 != 0)
            properties.Add($"ActivityL2 = {Text.Code(layer.Activity.L2)}");
    }

    private static string New(string attribute, IEnumerable<string> arguments, List<string> properties)
    {
        var given = string.Join(", ", arguments);
        var type = $"new {EmissionContext.Library}{attribute}Attribute";
        return properties.Count == 0 ? $"{type}({given})"
            : $"{type}{(given.Length > 0 ? $"({given})" : "")} {{ {string.Join(", ", properties)} }}";
    }

    private static string Choice<TEnum>(TEnum value) where TEnum : struct, Enum => $"{EmissionContext.Library}{typeof(TEnum).Name}.{value}";
}
